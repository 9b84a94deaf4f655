"""Published Chinese results: efficacy coefficient, composite index, pace and county attainment."""

import pytest

from ipplan import Bound, Progress, aggregate
from ipplan.scoring import Case, Goalposts, Pace, Scale
from tests.published.tables import table


def test_the_efficacy_coefficient() -> None:
    example, total = table("china_gongxiao_coefficient.csv")
    rule = Goalposts(
        lower=float(example["not_allowed"]),
        upper=float(example["satisfactory"]),
        scale=Scale(floor=None, cap=None, full=40, offset=60),
    )
    found = rule.attainment(Case.of(float(example["actual"]), Bound.at_least(rule.upper)))
    assert isinstance(found, float)
    assert rule.scale.score(found) == pytest.approx(float(example["published"]), abs=0.005)
    items = {str(i): float(x) for i, x in enumerate(total["actual"].split(";"))}
    score = aggregate(items, mean="geometric").score
    assert score == pytest.approx(float(total["published"]), abs=0.0005)


def test_the_composite_index_of_2018() -> None:
    [row] = table("china_cnipa_index_2018.csv")
    parts = {name: float(row[name]) for name in
             ("creation", "utilization", "protection", "environment")}  # fmt: skip
    score = aggregate(parts).score
    assert score == pytest.approx(float(row["published_composite"]), abs=0.05)


@pytest.mark.parametrize("row", table("china_xiaokang_pace.csv"), ids=lambda row: row["t1"])
def test_the_pace_towards_a_well_off_society(row: dict[str, str]) -> None:
    start, now, due = float(row["t0"]), float(row["t1"]), float(row["target_year"])
    baseline, actual, target = float(row["v0"]), float(row["v1"]), float(row["target"])
    case = Case.of(
        actual, Bound.at_least(target), at=now, baseline=baseline, baseline_at=start,
        target=target, due=due,
    )  # fmt: skip
    found = Pace().attainment(case)
    assert isinstance(found, float)
    needed = (target - baseline) / (due - start)
    # Both published steps are rounded to two decimals, one of them from unrounded inputs.
    assert found * needed == pytest.approx(float(row["published_actual_pace"]), abs=0.011)
    if row["published_required_pace_from_t0"]:
        published = float(row["published_required_pace_from_t0"])
        assert found * published == pytest.approx(float(row["published_actual_pace"]), abs=0.005)


@pytest.mark.parametrize(
    "row", table("china_xiaokang_county_attainment.csv"), ids=lambda row: row["target"]
)
def test_the_attainment_of_a_county(row: dict[str, str]) -> None:
    case = Case.of(
        float(row["actual"]), Bound.at_least(float(row["target"])), baseline=float(row["baseline"])
    )
    found = Progress().attainment(case)
    assert isinstance(found, float)
    decimals = len(row["published_attainment_pct"].partition(".")[2])
    published = float(row["published_attainment_pct"])
    assert 100 * found == pytest.approx(published, abs=0.6 * 10**-decimals)
