"""Pages: a title, lines, sections of tables and lines, and notes, for each style of output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from ipplan.tables import TableStyle, escaped, table
from ipplan.text import Lang

__all__ = ["Block", "Grid", "Page", "Section", "wrapped"]

# Runs of space, runs of narrow characters, and wide characters one by one, with the quotes, the
# stops and the mark that belong to them: a line may end after each.
_MARK = r"\s\?(?!\S)"
_PIECES = re.compile(
    rf"(?!{_MARK})\s+|(?:[^\s\u2e80-\uffff“”]+|[“《(]*\S[”》),。、;:]*)(?:{_MARK})?"
)


def wrapped(text: str, width: int) -> str:
    r"""The text in lines of at most that many columns; a longer word stands whole.

    >>> wrapped("Leading group set up", 13)
    'Leading group\nset up'
    >>> wrapped("强省建设领导小组到位", 12)
    '强省建设领导\n小组到位'
    """
    from wcwidth import wcswidth

    lines, used = [""], 0
    for piece in _PIECES.findall(" ".join(text.split())):
        columns = wcswidth(piece)
        if used and used + columns > width:
            lines.append("")
            used = 0
        if used or not piece.isspace():
            lines[-1] += piece
            used += columns
    return "\n".join(line.rstrip() for line in lines)


@frozen(kw_only=True)
class Grid:
    """A table yet to be drawn: `right` are the columns aligned to the right.

    `widths` are the columns in which a terminal wraps longer texts.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: Iterable[int] = ()
    widths: Mapping[int, int] = field(factory=dict)

    def drawn(self, style: TableStyle) -> str:
        """The table in a style."""
        rows = self.rows
        if style is TableStyle.TERMINAL:
            rows = tuple(tuple(self._cells(row)) for row in rows)
        return table(rows, self.headers, style=style, right=self.right)

    def _cells(self, row: tuple[str, ...]) -> Iterator[str]:
        for column, cell in enumerate(row):
            width = self.widths.get(column)
            yield cell if width is None else wrapped(cell, width)


Block: TypeAlias = Grid | str


@frozen(kw_only=True)
class Section:
    """A heading, with tables and lines below it."""

    heading: str
    blocks: tuple[Block, ...]


@frozen(kw_only=True)
class Page:
    """What is shown together: plain texts, which each style escapes as it needs."""

    lang: Lang
    title: str
    lines: tuple[str, ...] = ()
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()

    def to_text(self) -> str:
        """The page for a terminal."""
        parts = ["\n".join((self.title, *self.lines))]
        for section in self.sections:
            parts += [f"== {section.heading} ==", *self._drawn(section, TableStyle.TERMINAL)]
        return "\n\n".join((*parts, "\n".join(self.notes)))

    def to_markdown(self) -> str:
        """The page as a Markdown document."""
        style = TableStyle.MARKDOWN
        parts = [f"## {escaped(self.title, style)}", *_listed(self.lines)]
        for section in self.sections:
            parts += [f"### {escaped(section.heading, style)}", *self._drawn(section, style)]
        return "\n\n".join((*parts, *_listed(self.notes))) + "\n"

    def to_html(self) -> str:
        """The page as a fragment of HTML."""
        style = TableStyle.HTML
        parts = [f"<p><strong>{escaped(self.title, style)}</strong></p>"]
        parts += [f"<p>{escaped(line, style)}</p>" for line in self.lines]
        for section in self.sections:
            parts.append(f"<p><strong>{escaped(section.heading, style)}</strong></p>")
            parts += self._drawn(section, style)
        parts += [f"<p>{escaped(note, style)}</p>" for note in self.notes]
        return f'<div lang="{self.lang.value}">{"".join(parts)}</div>'

    def _drawn(self, section: Section, style: TableStyle) -> Iterator[str]:
        for block in section.blocks:
            if isinstance(block, Grid):
                yield block.drawn(style)
            else:
                told = escaped(block, style)
                yield f"<p>{told}</p>" if style is TableStyle.HTML else told


def _listed(lines: tuple[str, ...]) -> list[str]:
    """The lines as one Markdown list; none for no lines."""
    items = [f"- {escaped(line, TableStyle.MARKDOWN)}" for line in lines]
    return ["\n".join(items)] if items else []
