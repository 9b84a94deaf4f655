"""The page docs/published.md: `python -m tests.published.report` writes it anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from attrs import frozen

from ipplan import Bound, Progress, Reason, aggregate
from ipplan.interpolation import Interpolation, interpolate
from ipplan.ops import FLOATS
from ipplan.scoring import Case, DistanceToTarget, Goalposts
from tests.published import test_coinr as coinr
from tests.published import test_hdi as hdi
from tests.published import test_statcan as statcan
from tests.published.tables import document, number, table

PAGE = Path(__file__).parents[2] / "docs" / "published.md"
Pairs = Iterable[tuple[float, float]]


@frozen(kw_only=True)
class Source:
    """One published table: what it says, and what the library's rules give for its inputs."""

    title: str
    rules: str
    tolerance: float
    pairs: Callable[[], Pairs]
    left_out: str = ""


def _hdi() -> Pairs:
    return [(hdi.hdi(row), float(row["hdi"])) for row in hdi.ROWS]


def _statcan_values() -> Pairs:
    for row in statcan.AVAILABLE:
        rule = statcan.WITH_TARGET if row["target"] else statcan.WITHOUT_TARGET
        value = rule.attainment(statcan.case_of(row))
        assert isinstance(value, float)
        yield value, float(row["published_progress_value"])


def _statcan_scores() -> Pairs:
    for row in statcan.AVAILABLE:
        rule = statcan.WITH_TARGET if row["target"] else statcan.WITHOUT_TARGET
        case = statcan.case_of(row)
        value = rule.attainment(case)
        assert isinstance(value, float)
        score = rule.scale.score(rule.graded(value, case, FLOATS))
        achieved = row["published_status"] == "target_achieved"
        yield (rule.scale.greatest if achieved else score), float(row["published_score"])


def _statcan_indicators() -> Pairs:
    for row in table("statcan_cif_indicator.csv"):
        scores = {str(i): number(x) for i, x in enumerate(row["series_scores"].split(";"))}
        published = number(row["published_score"])
        if published is not None:
            score = aggregate(scores).score
            assert score is not None
            yield score, published


def _coinr_goalposts() -> Pairs:
    published = coinr.normalised("asem_norm_goalposts.csv")
    for row in coinr.INDICATORS:
        posts = float(row["goalpost_lower"]), float(row["goalpost_upper"])
        lower, upper = reversed(posts) if row["Direction"] == "-1" else posts
        yield from _coinr(row, Goalposts(lower=lower, upper=upper), published)


def _coinr_distance() -> Pairs:
    published = coinr.normalised("asem_norm_dist2targ.csv")
    for row in coinr.INDICATORS:
        known = [x for x in coinr.figures(row["iCode"]).values() if x is not None]
        worst = max(known) if row["Direction"] == "-1" else min(known)
        yield from _coinr(row, DistanceToTarget(worst=worst, scale=coinr.UNCLIPPED), published)


def _coinr(
    row: dict[str, str],
    rule: Goalposts | DistanceToTarget,
    published: dict[str, dict[str, float | None]],
) -> Pairs:
    for code, figure in coinr.figures(row["iCode"]).items():
        expected = published[code][row["iCode"]]
        if figure is not None and expected is not None:
            yield coinr.scored(rule, figure, row), expected


def _coinr_mean(mean: str, inputs: str, published: str) -> Callable[[], Pairs]:
    def pairs() -> Pairs:
        expected = coinr.normalised(published)
        for code, scores in coinr.normalised(inputs).items():
            for group, score in coinr.up_the_tree(scores, mean).items():
                value = expected[code][group]
                if score is not None and value is not None:
                    yield score, value

    return pairs


def _pchip() -> Pairs:
    case = document("../pchip_nag_e01bec.json")
    x, y = tuple(map(float, case["x"])), tuple(map(float, case["y"]))
    for at, value in zip(case["x_eval"], case["published"], strict=True):
        yield interpolate(Interpolation.PCHIP, x, y, float(at)), float(value)


def _counties() -> Pairs:
    for row in table("china_xiaokang_county_attainment.csv"):
        bound = Bound.at_least(float(row["target"]))
        found = Progress().attainment(
            Case.of(float(row["actual"]), bound, baseline=float(row["baseline"]))
        )
        assert not isinstance(found, Reason)
        yield 100 * found, float(row["published_attainment_pct"])


GOALPOSTS, MINMAX = "asem_norm_goalposts.csv", "asem_norm_minmax1.csv"
NOT_AVAILABLE = f"{len(statcan.OTHERS)} series that the source marks not available: a reason each"
SOURCES = (
    Source(title="UNDP, HDI 2000, 2010, 2022", rules="Goalposts, log Goalposts, arithmetic and "
           "geometric mean", tolerance=0.0005, pairs=_hdi),
    Source(title="Statistics Canada, progress values", rules="GrowthRatio, Growth",
           tolerance=1e-9, pairs=_statcan_values, left_out=NOT_AVAILABLE),
    Source(title="Statistics Canada, scores of series", rules="Knots", tolerance=1e-4,
           pairs=_statcan_scores, left_out=NOT_AVAILABLE),
    Source(title="Statistics Canada, scores of indicators", rules="arithmetic mean",
           tolerance=1e-9, pairs=_statcan_indicators,
           left_out="indicators without a published score"),
    Source(title="COINr, goalposts", rules="Goalposts", tolerance=1e-10, pairs=_coinr_goalposts),
    Source(title="COINr, distance to target", rules="DistanceToTarget", tolerance=1e-12,
           pairs=_coinr_distance),
    Source(title="COINr, arithmetic means up the tree", rules="arithmetic mean", tolerance=1e-10,
           pairs=_coinr_mean("arithmetic", GOALPOSTS, "asem_agg_amean_goalposts.csv")),
    Source(title="COINr, geometric means up the tree", rules="geometric mean", tolerance=1e-10,
           pairs=_coinr_mean("geometric", MINMAX, "asem_agg_gmean_minmax1.csv")),
    Source(title="COINr, harmonic means up the tree", rules="harmonic mean", tolerance=1e-10,
           pairs=_coinr_mean("harmonic", MINMAX, "asem_agg_hmean_minmax1.csv")),
    Source(title="NAG e01bec, monotone cubic", rules="pchip", tolerance=5e-5, pairs=_pchip),
    Source(title="Attainment of a Chinese county", rules="Progress", tolerance=0.6,
           pairs=_counties, left_out="published in whole percent or to one decimal"),
)  # fmt: skip


def page() -> str:
    """The page's text."""
    lines = [
        "# Published results, reproduced",
        "",
        "Inputs and results of others, and what the library's own rules give for the inputs.",
        "Written by `python -m tests.published.report`; the tables and their sources stand in",
        "`tests/published/data/`. Further cases (efficacy coefficient, CNIPA index, 小康 pace,",
        "WHO's fixed target, IATI's example) are tests in `tests/published/`.",
        "",
        "| source | rules | rows | reproduced | largest error | tolerance | left out |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for source in SOURCES:
        errors = [abs(found - published) for found, published in source.pairs()]
        good = sum(error <= source.tolerance for error in errors)
        lines.append(
            f"| {source.title} | {source.rules} | {len(errors)} | {good} | {max(errors):.1e} "
            f"| {source.tolerance:g} | {source.left_out or '–'} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
