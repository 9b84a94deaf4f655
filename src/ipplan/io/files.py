"""Reading and writing whole files: encodings in, and outputs that are never left half written."""

from __future__ import annotations

import codecs
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ipplan.errors import ActualsError, Problem

__all__ = ["decode", "replacing", "write_text"]

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
    at = _broken_at(data)
    if at is not None:
        raise ActualsError(
            Problem(
                place=place,
                expected="text in UTF-8 or GBK",
                found=f"UTF-8 that is broken at byte {at}",
                hint="the file was cut or damaged; save it again",
            )
        )
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


def _broken_at(data: bytes) -> int | None:
    """Where bytes that are UTF-8 but for a few are broken; None for others: in GBK, hardly any pair
    of bytes reads as UTF-8.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        few = text.count("\ufffd") * 3 < sum(character > "\x7f" for character in text)
        return error.start if few else None
    return None


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all: into a new file beside it, then in its place.

    A link is followed; a device or a pipe is written to as it is. OSError names the path given.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        return
    with replacing(path) as written:
        written.write_text(text, "utf-8", newline="")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """An empty file beside `path`, for its new content: it takes the place of `path` at the end, or
    is removed where something fails, and `path` stays as it was.

    A link is followed. OSError names the path given, before anything is written.
    """
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None
    os.close(handle)
    written = Path(name)
    try:
        yield written
        written.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        written.replace(target)
    except BaseException:
        written.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
