"""Quotas have results of their own, beside the total; relative bounds are multiples."""

import pytest

import ipplan
from ipplan import (
    Bound,
    Indicator,
    Milestone,
    Plan,
    Reason,
    State,
    Text,
    Trajectory,
    Unused,
)

GANSU = ipplan.load("gansu-2016")


def test_a_quota_has_a_result_and_no_part_in_the_total() -> None:
    found = GANSU.assess({"pct_applications": 39, "exhibitions_attended": 2}, as_of=2018)
    alone = GANSU.assess({"pct_applications": 39}, as_of=2018)
    assert (found.total, len(found)) == (alone.total, 10)
    quota = found.quotas["exhibitions_attended"]
    assert (quota.expected, quota.met, quota.score) == (3.0, False, pytest.approx(200 / 3))
    assert found.result("exhibitions_attended") is quota
    assert "exhibitions_attended" not in found
    assert found.quotas["ecommerce_cases"].state is State.MISSING
    assert not found.not_used


def test_half_a_year_of_a_quota_is_compared_with_half_of_it() -> None:
    found = GANSU.assess({"ecommerce_cases": {"2018-06": 3}})
    assert (found.quotas["ecommerce_cases"].expected, found.quotas["ecommerce_cases"].score) == (
        3.0,
        100.0,
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "Asked for outside the table of indicators",
                "Exhibitions attended (time): 2 / ≥ 3 (2018), behind",
                "33 quotas and further targets: nothing reported",
            ],
        ),
        ("zh", ["指标表以外的要求", "2 / ≥ 3 (2018),滞后", "33 项定额与其他目标:未报告"]),
    ],
)
def test_the_table_tells_what_was_reported_of_them(lang: str, words: list[str]) -> None:
    table = GANSU.assess({"exhibitions_attended": 2}, as_of=2018).to_table(lang)
    assert all(each in table for each in words)


def test_quotas_are_among_the_plain_values() -> None:
    whole = GANSU.assess({"exhibitions_attended": 2}, as_of=2018).to_dict()
    assert len(whole["results"]) == 10
    assert {each["indicator"] for each in whole["quotas"]} == {*GANSU.quotas}


def growing(relative_to: str = "previous") -> Plan:
    return Plan(
        id="growing",
        title=Text(en="Growing"),
        start=2016,
        end=2020,
        indicators=[
            Indicator(
                id="copyrights",
                name=Text(en="Copyright registrations", zh="著作权登记"),
                unit="件",
                accrual="flow",
                trajectory=Trajectory(
                    milestones=[
                        Milestone(period=2016, bound=Bound.more_than(1)),
                        Milestone(period=2020, bound=Bound.more_than(1)),
                    ],
                    relative_to=relative_to,
                ),
            )
        ],
    )


@pytest.mark.parametrize(("actual", "met"), [(101, True), (100, False), (90, False)])
def test_what_keeps_growing_is_more_than_the_year_before(actual: float, met: bool) -> None:
    found = growing().assess({"copyrights": {2017: 100, 2018: actual}})["copyrights"]
    assert (found.expected, found.met) == (100.0, met)
    assert found.ratio == pytest.approx(actual / 100, rel=1e-12)
    assert "times 100, the year before" in found.explain()
    assert "乘以上年的 100" in found.explain("zh")


def test_part_of_a_year_is_compared_with_that_part_of_the_year_before() -> None:
    found = growing().assess({"copyrights": {"2017-06": 40, "2018-06": 50}})["copyrights"]
    assert (found.expected, found.ratio, found.met) == (40.0, 1.25, True)


@pytest.mark.parametrize(
    ("relative_to", "reason"),
    [("previous", Reason.PREVIOUS_MISSING), ("benchmark", Reason.BENCHMARK_MISSING)],
)
def test_without_the_other_figure_there_is_a_reason(relative_to: str, reason: Reason) -> None:
    found = growing(relative_to).assess({"copyrights": {2018: 50}})["copyrights"]
    assert (found.state, found.reason) == (State.NOT_COMPUTABLE, reason)
    assert (found.score, found.met, found.expected) == (None, None, None)
    assert found.explain()
    assert found.explain("zh")


def test_the_figure_of_the_year_before_is_used_as_what_the_later_one_is_compared_with() -> None:
    found = growing().assess({"copyrights": {2016: 99, 2017: 100, 2018: 101}})
    assert [each.why for each in found.not_used] == [Unused.SUPERSEDED]
    assert found.not_used[0].entry.period == ipplan.Period.of(2016)
    compared = found.result("copyrights").compared_with
    assert compared is not None
    assert compared.taken.value == 100.0


def test_a_step_within_a_phase_rests_on_no_straight_line() -> None:
    found = GANSU.assess({"exhibitions_attended": 2, "pct_applications": 39}, as_of=2018)
    about = {each.about for each in found.quotas["exhibitions_attended"].assumptions}
    assert "interpolation" not in about
    assert "interpolation" in {each.about for each in found["pct_applications"].assumptions}


def test_what_the_year_before_decides_is_no_figure_yet() -> None:
    plan = growing()
    assert plan.expected(2018) == {"copyrights": None}
    found = plan.assess({"copyrights": {2017: 100, 2018: 90}})["copyrights"]
    assert (found.target, found.met) == (None, False)
    assert found.status is not None
    assert found.status.id == "behind"
    assert "> 1 times the year before" in found.explain()
    assert "> 1 倍于上年" in found.explain("zh")


@pytest.mark.parametrize("policy", ["statcan", "eurostat", "sdsn", "healthy_people"])
def test_an_on_track_rule_knows_no_target_that_is_a_multiple(policy: str) -> None:
    found = growing().assess({"copyrights": {2016: 50, 2017: 100, 2018: 90}}, policy=policy)
    result = found["copyrights"]
    # Statistics Canada's rule has another for what has no target, which misses a baseline then.
    missing = Reason.NO_BASELINE if policy == "statcan" else Reason.NO_TARGET
    assert (result.score, result.reason, result.status) == (None, missing, None)


def test_a_multiple_has_no_baseline() -> None:
    with pytest.raises(ipplan.ModelError, match="baseline: expected none, where figures are mult"):
        Trajectory(
            milestones=[Milestone(period=2020, bound=Bound.more_than(1))],
            baseline=ipplan.Baseline(period=2015, value=3),
            relative_to="previous",
        )
