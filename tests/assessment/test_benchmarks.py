"""What is compared with another body's figure, and what is borrowed from its twin."""

from typing import Any

import pytest

import ipplan
from ipplan import Assessment, Bound, NotUsed, Policy, Reason, State, UnitError
from ipplan.model.observation import Origin
from ipplan.reasons import Unused
from tests.builders import indicator, plan

GANSU = ipplan.load("gansu-2016")


def own(value: float = 0.9, **fields: Any) -> dict[str, Any]:
    return {"indicator": "patent_use", "period": 2020, "value": value, **fields}


def bench(value: float = 1.2, **fields: Any) -> dict[str, Any]:
    return {"kind": "benchmark", **own(value), **fields}


def assessed(*records: dict[str, Any], **options: Any) -> Assessment:
    return GANSU.assess(records, **{"as_of": 2020, **options})


def unused(found: Assessment) -> list[tuple[float, Unused]]:
    return [(each.entry.value, each.why) for each in found.not_used]


@pytest.mark.parametrize(
    ("value", "met", "score"), [(0.9, False, 75.0), (1.2, True, 100.0), (1.5, True, 100.0)]
)
def test_patent_use_against_the_average_of_the_same_year(
    value: float, met: bool, score: float
) -> None:
    found = assessed(own(value), bench())
    result = found.quotas["patent_use"]
    assert (result.state, result.met, result.score) == (State.SCORED, met, score)
    assert (result.expected, result.target) == (1.2, None)
    assert result.ratio == pytest.approx(value / 1.2)
    assert result.compared_with is not None
    assert result.compared_with.taken.value == 1.2
    assert found.not_used == ()


def test_the_explanation_names_the_benchmark() -> None:
    result = assessed(own(), bench()).quotas["patent_use"]
    assert "times 1.2, the benchmark" in result.explain()
    assert "乘以基准的 1.2" in result.explain("zh")
    assert "the year before" not in result.explain()
    assert "上年" not in result.explain("zh")


@pytest.mark.parametrize("others", [[], [bench(period=2019)], [bench(period="2020-H1")]])
def test_without_a_benchmark_of_its_period_there_is_no_score(others: list[dict[str, Any]]) -> None:
    found = assessed(own(), *others)
    result = found.quotas["patent_use"]
    assert (result.state, result.reason) == (State.NOT_COMPUTABLE, Reason.BENCHMARK_MISSING)
    assert (result.met, result.score, result.expected, result.compared_with) == (None,) * 4
    assert unused(found) == [(1.2, Unused.NO_COMPARISON)] * len(others)
    assert "was not reported" in result.explain()


def test_a_benchmark_alone_answers_nothing() -> None:
    found = assessed(bench())
    assert found.quotas["patent_use"].state is State.MISSING
    assert unused(found) == [(1.2, Unused.NO_COMPARISON)]


def test_a_benchmark_of_what_is_not_relative_is_listed() -> None:
    record = {"kind": "benchmark", "indicator": "pct_applications", "period": 2020, "value": 3}
    found = assessed(record)
    assert unused(found) == [(3.0, Unused.NO_COMPARISON)]
    assert "nothing was compared with it" in found.to_table()
    assert "没有与之比较的数据" in found.to_table("zh")


def test_a_benchmark_after_the_time_asked_is_listed_as_such() -> None:
    assert unused(assessed(bench(period=2021))) == [(1.2, Unused.AFTER_AS_OF)]


CONFLICT = [
    bench(1.2, source="a", origin="self_reported"), bench(1.0, source="b", origin="statistics"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("prefer", "taken", "other", "score"), [([], 1.2, 1.0, 75), (["statistics"], 1.0, 1.2, 90)]
)
def test_of_conflicting_benchmarks_the_policy_says_which_counts(
    prefer: list[str], taken: float, other: float, score: float
) -> None:
    found = assessed(own(), *CONFLICT, policy=Policy(prefer=prefer))
    result = found.quotas["patent_use"]
    assert (result.expected, result.score) == (taken, pytest.approx(score))
    assert result.compared_with is not None
    assert [each.value for each in result.compared_with.conflicts] == [other]
    assert unused(found) == [(other, Unused.OTHER_SOURCE)]


def test_a_conflict_of_benchmarks_is_told() -> None:
    result = assessed(own(), *CONFLICT, policy=Policy(prefer=["statistics"])).quotas["patent_use"]
    assert (
        "sources disagree on what it is compared with (2020): "
        "1 (statistics bureau, verification not stated) was taken, "
        "not 1.2 (self-reported, verification not stated)"
    ) in result.explain()
    assert "用于比较的数据(2020)来源不一致:采用 1(统计部门,未说明核实情况)" in result.explain("zh")
    tolerant = assessed(own(), *CONFLICT, policy=Policy(tolerance=0.2)).quotas["patent_use"]
    assert "sources disagree" not in tolerant.explain()


def test_an_own_figure_and_a_benchmark_of_one_source_do_not_repeat_each_other() -> None:
    found = assessed(own(source="a"), bench(source="a"))
    assert found.quotas["patent_use"].score == 75.0


# What reads as the same thing


def agencies(value: float, id: str = "service_agencies", **fields: Any) -> dict[str, Any]:
    return {"indicator": id, "period": 2020, "value": value, **fields}


def test_a_twin_without_a_figure_of_its_own_borrows_it_in_its_own_unit() -> None:
    found = assessed(agencies(49))
    first, twin = found["service_agencies"], found.quotas["service_agencies_2020"]
    assert (first.actual, twin.actual, twin.score) == (49.0, 49.0, 98.0)
    assert twin.observation is not None
    assert (twin.observation.unit, twin.observation.indicator) == ("家", "service_agencies")
    assert found.not_used == ()


def test_an_own_figure_is_preferred() -> None:
    found = assessed(agencies(49), agencies(60, "service_agencies_2020"))
    assert found.quotas["service_agencies_2020"].actual == 60.0
    assert found["service_agencies"].actual == 49.0
    assert found.not_used == ()


def test_nothing_is_borrowed_the_other_way() -> None:
    found = assessed(agencies(60, "service_agencies_2020"))
    assert found["service_agencies"].state is State.MISSING


def test_an_own_figure_that_answers_nothing_is_in_nobodys_way() -> None:
    found = assessed(agencies(49), agencies(5, "service_agencies_2020", period=2016))
    twin = found.quotas["service_agencies_2020"]
    assert (twin.actual, twin.state) == (49.0, State.SCORED)
    assert unused(found) == [(5.0, Unused.NOTHING_DUE)]


def test_conflicts_are_borrowed_too_and_converted() -> None:
    small = plan(
        indicator("alpha", unit="万件", bounds={2030: Bound.at_least(9)}),
        quotas=[indicator("beta", unit="件", same_as="alpha", bounds={2018: Bound.at_least(9)})],
    )
    records = [
        {"indicator": "alpha", "period": 2018, "value": value, "source": origin, "origin": origin}
        for value, origin in ((0.0005, "self_reported"), (0.0006, "statistics"))
    ]
    found = small.assess(records, policy=Policy(prefer=["statistics"]))
    twin = found.quotas["beta"]
    assert (twin.actual, twin.unit) == (6.0, "件")
    assert [(each.value, each.unit) for each in twin.conflicts] == [(5.0, "件")]
    assert twin.observation is not None
    assert twin.observation.origin is Origin.STATISTICS
    # Alpha asks for nothing yet; its figure is used all the same, by its twin.
    assert found["alpha"].state is State.NOT_DUE
    assert [(each.entry.value, each.why) for each in found.not_used] == [
        (0.0005, Unused.NOTHING_DUE)
    ]
    assert all(isinstance(each, NotUsed) for each in found.not_used)


def test_units_that_do_not_convert_are_not_borrowed() -> None:
    small = plan(
        indicator("alpha", unit="元"), quotas=[indicator("beta", unit="件", same_as="alpha")]
    )
    found = small.assess({"alpha": {2020: 100}})
    assert found.quotas["beta"].state is State.MISSING
    with pytest.raises(UnitError):
        small.assess({"beta": {2020: "3 元"}})
