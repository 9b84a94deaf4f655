"""Normalised and aggregated ASEM example of COINr 1.1.14, within 1e-12 relative."""

import pytest

from ipplan import Bound, Group, Reason, aggregate
from ipplan.scoring import Case, DistanceToTarget, Goalposts, Scale
from tests.published.tables import number, table

META = table("coinr_asem/asem_iMeta.csv")
INDICATORS = [row for row in META if row["Type"] == "Indicator"]
UNITS = {row["uCode"]: row for row in table("coinr_asem/asem_iData.csv")}
UNCLIPPED = Scale(floor=None, cap=None, full=1.0)
TOLERANCE = {"rel": 1e-12, "abs": 1e-12}


def figures(indicator: str) -> dict[str, float | None]:
    """An indicator's figures, as they stand: the normalised tables divide by no denominator."""
    return {code: number(row[indicator]) for code, row in UNITS.items()}


def normalised(name: str) -> dict[str, dict[str, float | None]]:
    rows = table(f"coinr_asem/{name}")
    return {
        row["uCode"]: {key: number(cell) for key, cell in row.items() if key != "uCode"}
        for row in rows
    }


def scored(rule: Goalposts | DistanceToTarget, figure: float, row: dict[str, str]) -> float:
    less = row["Direction"] == "-1"
    target = float(row["Target"])
    bound = Bound.at_most(target) if less else Bound.at_least(target)
    found = rule.attainment(Case.of(figure, bound, target=target))
    assert not isinstance(found, Reason)
    score: float = rule.scale.score(found)
    return score


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["iCode"])
def test_goalposts(row: dict[str, str]) -> None:
    posts = float(row["goalpost_lower"]), float(row["goalpost_upper"])
    lower, upper = reversed(posts) if row["Direction"] == "-1" else posts
    rule = Goalposts(lower=lower, upper=upper)
    expected = normalised("asem_norm_goalposts.csv")
    for code, figure in figures(row["iCode"]).items():
        if figure is not None:
            found = scored(rule, figure, row)
            assert found == pytest.approx(expected[code][row["iCode"]], **TOLERANCE)


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["iCode"])
def test_distance_to_target(row: dict[str, str]) -> None:
    known = {code: x for code, x in figures(row["iCode"]).items() if x is not None}
    worst = max(known.values()) if row["Direction"] == "-1" else min(known.values())
    rule = DistanceToTarget(worst=worst, scale=UNCLIPPED)
    expected = normalised("asem_norm_dist2targ.csv")
    for code, figure in known.items():
        assert scored(rule, figure, row) == pytest.approx(expected[code][row["iCode"]], **TOLERANCE)


WEIGHTS = {row["iCode"]: float(row["Weight"]) for row in META if row["Weight"]}
PARENTS = {row["Parent"] for row in META if row["Parent"]}


def branch(id: str) -> Group:
    """A group of the tree with all that is below it."""
    members = [row["iCode"] for row in META if row["Parent"] == id]
    return Group(id=id, members=[branch(each) if each in PARENTS else each for each in members])


TREE = branch("Index")


def up_the_tree(scores: dict[str, float | None], method: str) -> dict[str, float | None]:
    """The score of every group of the tree."""
    total = aggregate(scores, weights=WEIGHTS, method=method, groups=[TREE])
    return {id: group.score for id, group in total.groups}


@pytest.mark.parametrize(
    ("method", "inputs", "published"),
    [
        ("arithmetic", "asem_norm_goalposts.csv", "asem_agg_amean_goalposts.csv"),
        ("geometric", "asem_norm_minmax1.csv", "asem_agg_gmean_minmax1.csv"),
        ("harmonic", "asem_norm_minmax1.csv", "asem_agg_hmean_minmax1.csv"),
    ],
)
def test_aggregation_up_the_tree(method: str, inputs: str, published: str) -> None:
    expected = normalised(published)
    for code, scores in normalised(inputs).items():
        groups = up_the_tree(scores, method)
        assert set(groups) == set(expected[code])
        for group, score in groups.items():
            assert score == pytest.approx(expected[code][group], rel=1e-12)
