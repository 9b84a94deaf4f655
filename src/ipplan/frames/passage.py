"""Passage: how a frame of the caller's gets to the engine that works on it, and back."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any

import narwhals as current
import narwhals.stable.v2 as nw
from attrs import frozen

from ipplan.errors import EngineError, Problem, shown

__all__ = ["Passage", "collected"]


@frozen(kw_only=True)
class Passage:
    """A caller's frame; pandas and PyArrow go through Polars where it is there."""

    frame: Any
    wrap: Callable[[Any], Any]
    embedded: bool

    @classmethod
    def of(cls, given: Any) -> Passage:
        """The passage of a frame; raises EngineError for what is none that narwhals knows."""
        native = current.to_native(given, pass_through=True)
        try:
            frame = nw.from_native(native)
        except TypeError:
            raise EngineError(
                Problem(
                    place="scored",
                    expected="the frame that Plan.assess_frame gave",
                    found=shown(native),
                )
            ) from None
        eager = isinstance(frame, nw.DataFrame)
        kind = frame.implementation
        through = kind.is_pandas() or kind.is_pyarrow()
        known = all(importlib.util.find_spec(each) is not None for each in ("polars", "pyarrow"))
        return cls(
            frame=frame,
            wrap=_wrap_of(given),
            embedded=eager and (kind.is_polars() or (through and known)),
        )

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [*self.frame.collect_schema()]

    def entered(self, columns: Sequence[str]) -> Any:
        """These columns of the frame, as narwhals has them where the work is done."""
        taken = self.frame.select(*columns)
        if not self._through(taken):
            return taken
        return nw.from_native(taken.to_polars().lazy())

    def _through(self, taken: Any) -> bool:
        """Whether the way leads through Polars, which has no columns of mixed things."""
        return self.embedded and nw.Object not in taken.collect_schema().values()

    def left(self, found: Any, keys: Sequence[str]) -> Any:
        """What was found as a frame of the caller's kind; eager ones are sorted by columns."""
        native = found.to_native()
        if isinstance(self.frame, nw.DataFrame):
            native = self._collected(native)
            found = nw.from_native(native).sort(*keys)
        return self.wrap(found.to_native())

    def _collected(self, native: Any) -> Any:
        """What was worked out in Polars in the caller's library again."""
        if not isinstance(nw.from_native(native), nw.LazyFrame):
            return native
        frame = native.collect(engine="streaming")
        kind = self.frame.implementation
        if kind.is_pandas():
            return self._like_given(frame.to_pandas())
        return frame.to_arrow() if kind.is_pyarrow() else frame

    def _like_given(self, frame: Any) -> Any:
        """A pandas frame whose key columns have the types that they came with."""
        given = self.frame.to_native().dtypes
        return frame.astype({name: given[name] for name in frame if name in given})


def _wrap_of(given: Any) -> Callable[[Any], Any]:
    """What makes a frame of the caller's kind out of a library's own: narwhals has two."""
    if isinstance(given, nw.DataFrame | nw.LazyFrame):
        return nw.from_native
    if isinstance(given, current.DataFrame | current.LazyFrame):
        return current.from_native
    return lambda native: native


def collected(frame: Any) -> Any:
    """A frame of narwhals that is in memory; Polars streams on the way."""
    native = frame.to_native()
    if isinstance(frame, nw.LazyFrame) and frame.implementation.is_polars():
        return nw.from_native(native.collect(engine="streaming"))
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame
