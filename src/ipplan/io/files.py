"""Reading and writing whole files: encodings in, and outputs that are never left half written."""

from __future__ import annotations

import codecs
import os
import tempfile
from pathlib import Path

from ipplan.errors import ActualsError, Problem

__all__ = ["decode", "write_text"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ("utf-8", "gb18030")


def decode(data: bytes, *, place: str) -> str:
    """Text in UTF-8, in UTF-16 with its mark, or in GBK (read as GB18030, which contains it).

    Raises ActualsError where it is in none of them.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else _UNMARKED:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ActualsError(
        Problem(
            place=place,
            expected="text in UTF-8 or GBK",
            found="bytes that are neither",
            hint="save it as CSV UTF-8",
        )
    )


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all: into a new file beside it, then in its place."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        written = Path(file.name)
        try:
            file.write(text)
            file.close()
            mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
            written.chmod(mode)
            written.replace(path)
        except BaseException:
            file.close()
            written.unlink()
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
