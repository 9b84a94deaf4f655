"""Strategies that only these tests need; those of plans and their parts are `ipplan.testing`'s."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipplan import Interpolation, Trajectory
from ipplan.interpolation import Easing

DIMENSIONS = {
    "money": ("元", "万元", "百万元", "亿元", "十亿元"),
    "count": ("件", "个", "家", "项", "万件"),
    "occurrence": ("次",),
    "person": ("人", "万人"),
    "share": ("%",),
    "share difference": ("百分点",),
    "duration": ("年",),
}
"""Spellings of units that convert into each other, by what they measure."""

UNITS = tuple(unit for units in DIMENSIONS.values() for unit in units)


def near(figure: float) -> SearchStrategy[float]:
    """Figures equal to one, as close to it as rounding errors are, and further away."""
    steps = st.sampled_from((0.0, 1e-12, -1e-12, 1e-8, -1e-8, 0.01, -0.01))
    return steps.map(lambda step: figure * (1.0 + step))


def smoothstep(start: float, end: float, share: float) -> float:
    """An easing of a caller's own that stays between its neighbours."""
    return start + (end - start) * share * share * (3.0 - 2.0 * share)


def overshoot(start: float, end: float, share: float) -> float:
    """An easing of a caller's own that leaves its neighbours."""
    return start + 3.0 * (end - start) * share


def half_of_the_end(start: float, end: float, share: float) -> float:
    """An easing of a caller's own that hits neither neighbour."""
    return end / 2.0


def interpolations() -> SearchStrategy[Interpolation | Easing]:
    """The named interpolations, and easings of a caller's own."""
    return st.sampled_from((*Interpolation, smoothstep, overshoot, half_of_the_end))


@st.composite
def positions(draw: st.DrawFn, trajectory: Trajectory, *, around: float = 0.0) -> float:
    """Positions from a trajectory's first point to its last, or that much further out."""
    first, last = trajectory.start.position, trajectory.target.period.position
    return draw(st.floats(first - around, last + around))
