"""Plan files: shipped plans by name, and plans and their parts as TOML or JSON."""

from __future__ import annotations

import datetime
import enum
import functools
import importlib.resources
import json
import tomllib
from collections import Counter
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, overload

from ipplan.choices import choose
from ipplan.errors import ModelError, PlanFileError, Problem, near_hint, one_of, shown
from ipplan.io.document import from_document, to_document
from ipplan.io.files import write_text
from ipplan.model.fields import refuse
from ipplan.plan import Plan

__all__ = ["Format", "dump", "dumps", "load", "loads", "shipped_plans"]

T = TypeVar("T")


class Format(enum.Enum):
    """The syntaxes of a document."""

    TOML = "toml"
    JSON = "json"


def shipped_plans() -> tuple[str, ...]:
    """The names of the plans that come with the package.

    >>> shipped_plans()
    ('gansu-2016',)
    """
    names = (file.name for file in _plans().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@overload
def load(source: str | Path) -> Plan: ...


@overload
def load(source: str | Path, *, into: type[T]) -> T: ...


def load(source: str | Path, *, into: type[Any] = Plan) -> Any:
    """A shipped plan by its name, or what stands in a `.toml` or `.json` file: a plan, or `into`.

    Raises PlanFileError with every problem in the file, and OSError where it cannot be read.

    >>> load("gansu-2016").title.en.split(":")[0]
    'Gansu'
    """
    path, of_a_plan = Path(source), into is Plan and isinstance(source, str)
    if of_a_plan and source in shipped_plans():
        return _shipped(str(source))
    if of_a_plan and not path.suffix and not path.exists():
        raise PlanFileError(
            Problem(
                expected=f"a shipped plan, {one_of(shipped_plans())}, or the path of a plan file",
                found=shown(source),
                hint=near_hint(source, shipped_plans()),
            )
        )
    format = _format_of(path)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanFileError.of(
            path, Problem(expected="text in UTF-8", found=str(error), hint="save it as UTF-8")
        ) from None
    return _read(text, format, into, str(path))


def loads(text: str, *, format: Format | str = Format.TOML, into: type[T]) -> T:
    """The model object in a text: a Plan, one of its parts (an Indicator ...), Actuals or a Policy.

    Raises PlanFileError with every problem in it.

    >>> from ipplan import Text
    >>> loads('{"zh": "财政投入"}', format="json", into=Text).zh
    '财政投入'
    """
    return _read(text, choose(Format, format, place="format"), into, "")


def dump(value: Any, path: str | Path) -> None:
    """Write a plan, one of its parts, actuals or a policy to a `.toml` or `.json` file.

    The file is written whole or not at all.
    """
    path = Path(path)
    write_text(path, dumps(value, format=_format_of(path)))


def dumps(value: Any, *, format: Format | str = Format.TOML) -> str:
    """A plan, one of its parts, actuals or a policy as text; `loads` reads it back, equal.

    Raises ModelError for an interpolation that is a callable, and for a scoring rule that is not
    found by its name: they cannot be written.
    """
    format = choose(Format, format, place="format")
    document = to_document(value)
    if format is Format.JSON:
        return (
            json.dumps(document, ensure_ascii=False, indent=2, default=datetime.date.isoformat)
            + "\n"
        )
    from ipplan.io.toml import toml_text

    return toml_text(document)


def _plans() -> Traversable:
    return importlib.resources.files("ipplan").joinpath("plans")


@functools.cache
def _shipped(name: str) -> Plan:
    file = _plans().joinpath(f"{name}.toml")
    return _read(file.read_text("utf-8"), Format.TOML, Plan, file.name)


def _format_of(path: Path) -> Format:
    suffix = path.suffix.lower().removeprefix(".")
    try:
        return choose(Format, suffix)
    except ModelError:
        raise PlanFileError.of(
            path, Problem(expected="a file ending in .toml or .json", found=shown(path.name))
        ) from None


def _read(text: str, format: Format, into: type[T], path: str) -> T:
    try:
        return from_document(_parsed(text, format), into)
    except ModelError as error:
        raise PlanFileError.of(path, *error.problems) from None
    except ValueError as error:  # both parsers', and Python's for a number of 5,000 digits
        problem = Problem(expected=f"{format.value.upper()}", found=str(error))
        raise PlanFileError.of(path, problem) from None
    except RecursionError:
        problem = Problem(expected="a plan, a few levels deep", found="too many levels")
        raise PlanFileError.of(path, problem) from None


def _parsed(text: str, format: Format) -> Any:
    if format is Format.TOML:
        return tomllib.loads(text)
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys stand once; JSON itself would keep the last and drop the rest."""
    counts = Counter(key for key, _ in pairs)
    refuse(
        Problem(place=key, expected="each key once", found=f"{count} of {shown(key)}")
        for key, count in counts.items()
        if count > 1
    )
    return dict(pairs)
