"""Tables of text: for a terminal, for Markdown and for HTML, each escaped as it needs."""

from __future__ import annotations

import enum
import html
from collections.abc import Iterable, Sequence

__all__ = ["TableStyle", "escaped", "table"]


class TableStyle(enum.Enum):
    """Where a table is shown; the values are tabulate's names."""

    TERMINAL = "simple"
    MARKDOWN = "pipe"
    HTML = "html"


_MARKDOWN = str.maketrans({"|": "\\|", "<": "&lt;", "\n": "<br>"})


def escaped(text: str, style: TableStyle) -> str:
    """The text so that it is shown, and never acts, in that style.

    >>> escaped("a <script>", TableStyle.MARKDOWN)
    'a &lt;script>'
    """
    if style is TableStyle.MARKDOWN:
        return text.translate(_MARKDOWN)
    return html.escape(text) if style is TableStyle.HTML else text


def table(
    rows: Sequence[Sequence[str]],
    headers: Sequence[str],
    *,
    style: TableStyle = TableStyle.TERMINAL,
    right: Iterable[int] = (),
) -> str:
    """Rows of text as a table; `right` are the columns aligned to the right.

    Widths count a Chinese character as two columns (wcwidth).
    """
    from tabulate import tabulate

    to_right = set(right)
    aligned = ["right" if index in to_right else "left" for index in range(len(headers))]
    # tabulate escapes HTML by itself.
    shown = TableStyle.TERMINAL if style is TableStyle.HTML else style
    return str(
        tabulate(
            [[escaped(cell, shown) for cell in row] for row in rows],
            headers=[escaped(header, shown) for header in headers],
            tablefmt=style.value,
            colalign=aligned if rows else None,
            disable_numparse=True,
        )
    )
