"""Score scales: linear, knots, steps and deduction, and what they refuse."""

import math

import pytest

from ipplan import Lang, ModelError
from ipplan.ops import FLOATS
from ipplan.scoring import Deduction, Knots, Scale, ScoreScale, Steps

EACH: list[ScoreScale] = [
    Scale(),
    Knots(points=[(0, 0), (1, 100)]),
    Steps(points=[(0.6, 60), (1, 100)]),
    Deduction(full=15, points=1, step=0.03),
]


@pytest.mark.parametrize("scale", EACH)
def test_null_in_null_out(scale: ScoreScale) -> None:
    assert math.isnan(scale.score(FLOATS.null))


@pytest.mark.parametrize("scale", EACH)
@pytest.mark.parametrize("attainment", [-5.0, 0.0, 0.3, 0.6, 1.0, 7.0])
def test_a_score_stays_within_its_scale(scale: ScoreScale, attainment: float) -> None:
    assert scale.least <= scale.score(attainment) <= scale.greatest


@pytest.mark.parametrize("scale", EACH)
def test_a_scale_is_described_in_both_languages(scale: ScoreScale) -> None:
    assert scale.describe() != scale.describe(Lang.ZH)
    assert f"{scale.greatest:g}" in scale.describe()
    assert f"{scale.greatest:g}" in scale.describe(Lang.ZH)


def test_a_scale_without_limits_and_with_an_offset() -> None:
    scale = Scale(floor=None, cap=None, full=40, offset=60)
    assert (scale.score(-0.5), scale.score(2.0)) == (40.0, 140.0)
    assert (scale.least, scale.greatest) == (-math.inf, math.inf)
    assert scale.describe() == "limited to -∞..∞, times 40, plus 60"
    assert scale.describe(Lang.ZH) == "限于 -∞–∞,乘以 40,加 60"


@pytest.mark.parametrize(
    ("attainment", "score"),
    [(-1, -5), (-0.6, -5), (0.0, -2.5), (0.6, 0), (0.95, 2.5), (1.3, 5), (9, 5)],
)
def test_knots(attainment: float, score: float) -> None:
    knots = Knots(points=[(-0.6, -5), (0.6, 0), (1.3, 5)])
    assert knots.score(attainment) == pytest.approx(score, abs=1e-12)


@pytest.mark.parametrize(
    ("attainment", "score"),
    [(0.5, 10), (0.6, 60), (0.6 - 1e-12, 60), (0.6 - 1e-6, 10), (0.99, 60), (1.0, 100), (3.0, 100)],
)
def test_steps_are_inclusive_up_to_rounding(attainment: float, score: float) -> None:
    assert Steps(points=[(0.6, 60), (1.0, 100)], below=10).score(attainment) == score


@pytest.mark.parametrize(
    ("attainment", "whole", "score"),
    [
        (1.0, True, 15), (2.0, True, 15), (0.98, True, 15), (0.97, True, 14), (0.955, True, 14),
        (0.94, True, 13), (0.985, False, 14.5), (0.0, True, 0), (-3.0, False, 0),
    ],
)  # fmt: skip
def test_deduction(attainment: float, whole: bool, score: float) -> None:
    rule = Deduction(full=15, points=1, step=0.03, whole=whole)
    assert rule.score(attainment) == pytest.approx(score, abs=1e-9)


@pytest.mark.parametrize("cls", [Knots, Steps])
@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([], "points: expected two points or more"),
        ([(0, 0)], "points: expected two points or more"),
        (5, "points: expected two points or more"),
        ([(0, 0), (0, 1)], "points[1]: expected an attainment above 0.0"),
        ([(0, 0), (1, math.inf)], "points[1]: expected a pair of finite numbers"),
        ([(0, 0), 1], "points[1]: expected a pair of finite numbers"),
        ([(0, 0), ("a", 1)], "points[1]: expected a pair of finite numbers"),
    ],
)
def test_points_out_of_order_are_refused(cls: type, points: object, words: str) -> None:
    with pytest.raises(ModelError) as caught:
        cls(points=points)
    assert words in str(caught.value)


def test_all_that_is_wrong_with_a_scale_is_told() -> None:
    with pytest.raises(ModelError) as caught:
        Scale(floor=1, cap=1, full=0)
    assert [problem.place for problem in caught.value.problems] == ["cap", "full"]
    with pytest.raises(ModelError) as caught:
        Deduction(full=0, points=-1, step=0)
    assert [problem.place for problem in caught.value.problems] == ["full", "points", "step"]
    with pytest.raises(ModelError, match="cap: expected a number"):
        Scale(cap="x")  # type: ignore[arg-type]
