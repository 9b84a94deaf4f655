"""What comes on top of a mean: points within caps, and the veto that overrides it all."""

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import Caps, Group, ModelError, Reason, Substitute, Veto, aggregate
from ipplan.aggregation import unfit_adjustments, unfit_veto

CAPS = Caps(bonus=5, deduction=5)
SCORES = {"growth": 90.0, "safety": 50.0}


def summed(contributions: tuple[tuple[str, float], ...]) -> float:
    return math.fsum(share for _, share in contributions)


@pytest.mark.parametrize(
    ("points", "counted"),
    [
        ({}, {}),
        ({"award": 2.0}, {"award": 2.0}),
        ({"award": 5.0}, {"award": 5.0}),
        ({"award": 8.0}, {"award": 5.0}),
        ({"award": 4.0, "pilot": 6.0}, {"award": 2.0, "pilot": 3.0}),
        ({"late": -8.0}, {"late": -5.0}),
        ({"late": -10.0, "forged": -30.0}, {"late": -1.25, "forged": -3.75}),
        ({"award": 10.0, "late": -1.0}, {"award": 5.0, "late": -1.0}),
        ({"award": 1.0, "late": -10.0}, {"award": 1.0, "late": -5.0}),
        ({"award": 10.0, "late": -10.0, "no": 0.0}, {"award": 5.0, "late": -5.0, "no": 0.0}),
    ],
)
def test_points_are_cut_in_proportion_and_each_kind_by_itself(
    points: dict[str, float], counted: dict[str, float]
) -> None:
    assert dict(CAPS.limited(points)) == pytest.approx(counted, abs=1e-12)
    assert [id for id, _ in CAPS.limited(points)] == [*points]


LIMITS = st.just(0.0) | st.floats(0.01, 10)


@given(
    points=st.dictionaries(st.text("abc", min_size=1), st.floats(-20, 20), max_size=5),
    bonus=LIMITS,
    deduction=LIMITS,
)
def test_no_more_than_the_caps_is_added_or_taken_off(
    points: dict[str, float], bonus: float, deduction: float
) -> None:
    counted = dict(Caps(bonus=bonus, deduction=deduction).limited(points))
    added = math.fsum(each for each in counted.values() if each > 0.0)
    taken = -math.fsum(each for each in counted.values() if each < 0.0)
    assert added <= bonus + 1e-9
    assert taken <= deduction + 1e-9
    assert all(abs(each) <= abs(points[id]) for id, each in counted.items())
    assert all(each * points[id] >= 0.0 for id, each in counted.items())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"bonus": -1}, "bonus: expected zero or more points, found -1.0"),
        ({"deduction": -5}, "deduction: expected zero or more points, found -5.0"),
        ({"bonus": math.inf}, "bonus: expected zero, or a number between 1e-100 and 1e100 in size"),
        ({"deduction": "5"}, "deduction: expected a number, found '5'"),
    ],
)
def test_bad_caps_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        Caps(**{"bonus": 5, "deduction": 5, **options})
    assert words in str(caught.value)


def test_both_caps_are_told_at_once() -> None:
    with pytest.raises(ModelError) as caught:
        Caps(bonus=-1, deduction=math.nan)
    assert [problem.place for problem in caught.value.problems] == ["bonus", "deduction"]


def test_adjustments_come_on_top_of_the_mean_and_sum() -> None:
    total = aggregate(SCORES, adjustments={"award": 8, "late": Decimal(-2)}, caps=CAPS)
    assert total.score == 70.0 + 5.0 - 2.0
    assert total.contributions[2:] == (("award", 5.0), ("late", -2.0))
    assert summed(total.contributions) == total.score
    assert total.coverage == 1.0


def test_adjustments_may_lift_a_total_above_every_score() -> None:
    assert aggregate({"a": 100.0}, adjustments={"award": 3}, caps=CAPS).score == 103.0


def test_caps_alone_change_nothing() -> None:
    assert aggregate(SCORES, caps=CAPS) == aggregate(SCORES)


def test_adjustments_need_caps() -> None:
    with pytest.raises(ModelError) as caught:
        aggregate(SCORES, adjustments={"award": 3})
    assert str(caught.value) == (
        "adjustments: expected caps for bonuses and deductions, found none "
        "(name them: Caps(bonus=5, deduction=5))"
    )


def test_all_that_is_wrong_with_adjustments_is_told_at_once() -> None:
    points: Any = {
        "growth": 1,
        "g": 2,
        "veto": 3,
        "award": math.nan,
        "late": "1",
        "safety": math.inf,
    }
    problems = [*unfit_adjustments(points, None, ["growth", "safety", "g"])]
    assert [(problem.place, problem.expected) for problem in problems] == [
        ("adjustments", "caps for bonuses and deductions"),
        ("adjustments.growth", "an id that no score has"),
        ("adjustments.g", "an id that no score has"),
        ("adjustments.veto", "an id that no score has"),
        ("adjustments.award", "zero, or a number between 1e-100 and 1e100 in size"),
        ("adjustments.late", "a number"),
        ("adjustments.safety", "zero, or a number between 1e-100 and 1e100 in size"),
        ("adjustments.safety", "an id that no score has"),
    ]
    group = Group(id="g", members=["growth"])
    with pytest.raises(ModelError, match=r"adjustments\.g: expected an id that no score has"):
        aggregate(SCORES, groups=[group], adjustments={"g": 1}, caps=CAPS)


def test_without_a_score_there_is_nothing_to_adjust_or_veto() -> None:
    total = aggregate(
        {"a": None}, adjustments={"award": 3}, caps=CAPS, veto=Veto(of=["a"], below=60)
    )
    assert (total.score, total.reason) == (None, Reason.NOTHING_SCORED)
    assert (total.contributions, total.vetoed_by) == ((), ())


@pytest.mark.parametrize(
    ("score", "vetoed"),
    [
        (60.0, False),
        (60.0 - 1e-12, False),
        (60.0 - 9e-10, False),
        (60.0 - 1e-8, True),
        (0.0, True),
        (61.0, False),
        (None, False),
    ],
)
def test_a_score_below_vetoes_and_rounding_decides_nothing(
    score: float | None, vetoed: bool
) -> None:
    total = aggregate({"safety": score, "growth": 90.0}, veto=Veto(of="safety", below=60))
    assert total.vetoed_by == (("safety",) if vetoed else ())
    assert (total.score == 0.0) is vetoed
    assert (total.contributions == (("veto", 0.0),)) is vetoed
    assert summed(total.contributions) == total.score


def test_a_veto_overrides_a_bonus_and_the_rest_and_is_the_one_contribution() -> None:
    total = aggregate(
        SCORES, adjustments={"award": 5}, caps=CAPS, veto=Veto(of=["safety"], below=60, total=20)
    )
    assert total.score == 20.0
    assert total.contributions == (("veto", 20.0),)
    assert summed(total.contributions) == total.score
    assert total.vetoed_by == ("safety",)
    assert total.coverage == 1.0


def test_a_veto_may_be_of_a_group() -> None:
    groups = [Group(id="core", members=["growth", "safety"])]
    scores = {**SCORES, "other": 100.0}
    total = aggregate(scores, groups=groups, veto=Veto(of=["core", "other"], below=75))
    assert total.vetoed_by == ("core",)
    assert (total.score, total.contributions) == (0.0, (("veto", 0.0),))
    core = total.group("core")
    assert core is not None
    assert core.score == 70.0
    assert aggregate(scores, groups=groups, veto=Veto(of=["core"], below=70)).score == 85.0


def test_a_veto_that_nobody_casts_changes_nothing() -> None:
    assert aggregate(SCORES, veto=Veto(of=["safety"], below=10)) == aggregate(SCORES)


def test_all_who_veto_are_named() -> None:
    veto = Veto(of=["safety", "growth", "absent"], below=95)
    assert veto.cast_by({"growth": 90.0, "safety": 50.0}) == ("safety", "growth")


def test_unknown_ids_of_a_veto_list_near_ones() -> None:
    problems = [*unfit_veto(Veto(of=["growth", "safty", "x"], below=1), SCORES)]
    assert [str(problem) for problem in problems] == [
        "veto.of[1]: expected the id of a score or a group, found 'safty' (near: safety)",
        "veto.of[2]: expected the id of a score or a group, found 'x'",
    ]
    assert [*unfit_veto(None, SCORES)] == []
    with pytest.raises(ModelError, match=r"veto\.of\[0\]: expected the id of a score or a group"):
        aggregate(SCORES, veto=Veto(of=["safty"], below=60))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"of": []}, "of: expected a list of ids, not empty, found ()"),
        ({"of": 5}, "of: expected a list of ids, not empty, found 5"),
        ({"of": ["a", 5]}, "of: expected a list of ids, not empty, found ('a', 5)"),
        ({"below": math.nan}, "below: expected zero, or a number between"),
        ({"below": None}, "below: expected a number, found None"),
        ({"total": "0"}, "total: expected a number, found '0'"),
    ],
)
def test_a_bad_veto_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError) as caught:
        Veto(**{"of": ["a"], "below": 60, **options})
    assert words in str(caught.value)


def test_all_that_is_wrong_with_a_veto_is_told_at_once() -> None:
    bad: Any = {"of": [], "below": "low", "total": math.inf}
    with pytest.raises(ModelError) as caught:
        Veto(**bad)
    assert [problem.place for problem in caught.value.problems] == ["of", "below", "total"]


def test_one_id_may_stand_for_itself() -> None:
    assert Veto(of="safety", below=60) == Veto(of=("safety",), below=60)


def test_what_is_wrong_on_top_is_told_with_the_rest() -> None:
    with pytest.raises(ModelError) as caught:
        aggregate(
            {"a": math.nan},
            weights={"a": 0},
            groups=[Group(id="g", members=["b"])],
            veto=Veto(of=["c"], below=1),
            adjustments={"a": 1},
        )
    assert [problem.place for problem in caught.value.problems] == [
        "scores.a",
        "weights.a",
        "weights.g",
        "groups.g.members[0]",
        "veto.of[0]",
        "adjustments",
        "adjustments.a",
    ]


def test_a_vetoed_total_is_exactly_what_the_veto_says() -> None:
    scores = {"a": 0.1, "b": 0.2, "c": 0.33, "d": 71.7, "e": 1.9}
    weights = {"a": 1, "b": 3, "c": 7, "d": 9, "e": 2}
    for says in (0.0, 0.1 + 0.2, -7.3):
        total = aggregate(scores, weights=weights, veto=Veto(of="a", below=1, total=says))
        assert summed(total.contributions) == total.score == says
        assert total.contributions == (("veto", says),)


def test_nothing_may_be_called_veto_where_there_is_a_veto() -> None:
    expected = "scores.veto: expected another id, where there is a veto, found 'veto'"
    veto = Veto(of="safety", below=60)
    assert [str(problem) for problem in unfit_veto(veto, [*SCORES, "veto"])] == [expected]
    assert [*unfit_veto(None, [*SCORES, "veto"])] == []
    options: list[dict[str, Any]] = [
        {"scores": {**SCORES, "veto": 10.0}},
        {"scores": SCORES, "groups": [Group(id="veto", members=["growth"])]},
        {
            "scores": SCORES,
            "groups": [Group(id="core", members=[Group(id="veto", members=["growth"])])],
        },
    ]
    for each in options:
        with pytest.raises(ModelError) as caught:
            aggregate(**each, veto=veto)
        assert str(caught.value) == expected
        assert aggregate(**each).score is not None


@pytest.mark.parametrize("points", [1e101, -1e101, 1e-101])
def test_points_too_large_or_too_small_are_refused(points: float) -> None:
    with pytest.raises(ModelError, match=r"adjustments\.award: expected zero, or a number between"):
        aggregate(SCORES, adjustments={"award": points}, caps=CAPS)


@pytest.mark.parametrize("total", [70.0, 70.1, 100.0])
def test_a_veto_raises_no_total_and_names_who_cast_it(total: float) -> None:
    found = aggregate(SCORES, veto=Veto(of="safety", below=60, total=total))
    assert (found.score, found.vetoed_by) == (70.0, ("safety",))
    assert found.contributions == (("growth", 45.0), ("safety", 25.0))
    lower = aggregate(SCORES, veto=Veto(of="safety", below=60, total=69.9))
    assert (lower.score, lower.contributions) == (69.9, (("veto", 69.9),))


def test_a_veto_looks_at_the_total_with_its_adjustments() -> None:
    veto = Veto(of="safety", below=60, total=72)
    assert aggregate(SCORES, veto=veto).score == 70.0
    raised = aggregate(SCORES, veto=veto, caps=CAPS, adjustments={"award": 5})
    assert (raised.score, raised.contributions) == (72.0, (("veto", 72.0),))


def test_a_veto_counts_where_the_scores_allow_no_mean() -> None:
    scores = {"safety": 0.0, "growth": 90.0}
    without = aggregate(scores, method="geometric")
    assert (without.score, without.reason) == (None, Reason.SCORE_NOT_POSITIVE)
    vetoed = aggregate(scores, method="geometric", veto=Veto(of="safety", below=60, total=2))
    assert (vetoed.score, vetoed.reason, vetoed.coverage) == (2.0, None, 1.0)
    assert (vetoed.contributions, vetoed.vetoed_by) == ((("veto", 2.0),), ("safety",))
    unmoved = aggregate(scores, method="geometric", veto=Veto(of="growth", below=60, total=2))
    assert (unmoved.score, unmoved.reason) == (None, Reason.SCORE_NOT_POSITIVE)


def test_a_veto_counts_where_coverage_is_too_low() -> None:
    scores = {"safety": 50.0, "growth": None}
    assert aggregate(scores, missing="require(0.9)").score is None
    vetoed = aggregate(scores, missing="require(0.9)", veto=Veto(of="safety", below=60))
    assert (vetoed.score, vetoed.reason, vetoed.coverage) == (0.0, None, 0.5)


@pytest.mark.parametrize(
    ("missing", "vetoed"),
    [
        ("skip", False),
        ("require(0.5)", False),
        ("zero", True),
        ("substitute(59)", True),
        ("substitute(60)", False),
        (Substitute(scores={"safety": 59}), True),
        (Substitute(scores={"other": 59}), False),
    ],
)
def test_what_stands_for_a_missing_score_may_veto(missing: Any, vetoed: bool) -> None:
    scores = {"safety": None, "growth": 90.0}
    total = aggregate(scores, missing=missing, veto=Veto(of="safety", below=60, total=-1))
    assert total.vetoed_by == (("safety",) if vetoed else ())
    assert (total.score == -1.0) is vetoed
    assert total.coverage == 0.5
