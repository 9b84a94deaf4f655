"""The page docs/published.md: `python -m tests.published.report` writes it anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from attrs import frozen

from ipplan.filling import fill
from ipplan.scoring import DistanceToTarget, Goalposts
from tests.published import test_china as china
from tests.published import test_coinr as coinr
from tests.published import test_filling as filling
from tests.published import test_hdi as hdi
from tests.published import test_pchip_nag as nag
from tests.published import test_programmes as programmes
from tests.published import test_statcan as statcan
from tests.published import test_trend as trend
from tests.published.tables import number

PAGE = Path(__file__).parents[2] / "docs" / "published.md"
Pairs = Iterable[tuple[float | None, float | None]]


@frozen(kw_only=True)
class Source:
    """One published table: what it says, and what the library's own rules give for its inputs."""

    title: str
    rules: str
    tolerance: float
    pairs: Callable[[], Pairs]
    left_out: str = ""

    def errors(self) -> list[float]:
        """How far each row is off; one that the library has no figure for is infinitely far off."""
        return [
            float("inf") if found is None or published is None else abs(found - published)
            for found, published in self.pairs()
        ]


def _same(found: object, published: object) -> tuple[float, float]:
    """A word as a pair: equal, or 1 apart."""
    return float(found == published), 1.0


def _statcan_values() -> Pairs:
    for row in statcan.AVAILABLE:
        yield statcan.result_of(row).value, number(row["published_progress_value"])


def _statcan_scores() -> Pairs:
    for row in statcan.AVAILABLE:
        yield statcan.result_of(row).score, number(row["published_score"])


def _statcan_statuses() -> Pairs:
    for row in statcan.AVAILABLE:
        status = statcan.result_of(row).status
        yield _same(status and status.id, row["published_status"])


def _statcan_indicators() -> Pairs:
    for row in statcan.INDICATORS:
        yield statcan.indicator_of(row)[0], number(row["published_score"])


def _statcan_indicator_statuses() -> Pairs:
    for row in statcan.INDICATORS:
        yield _same(statcan.indicator_of(row)[1], row["published_status"])


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


def _coinr_mean(method: str, inputs: str, published: str) -> Callable[[], Pairs]:
    def pairs() -> Pairs:
        expected = coinr.normalised(published)
        for code, scores in coinr.normalised(inputs).items():
            for group, score in coinr.up_the_tree(scores, method).items():
                yield score, expected[code][group]

    return pairs


def _fills() -> Pairs:
    for published, (how, longest_gap) in filling.METHODS.items():
        for unit in "AB":
            for indicator in "xy":
                given = filling.series(unit, indicator)
                expected = filling.series(unit, f"{indicator}_{published}")
                found = fill(given, how=how, longest_gap=longest_gap)
                for time, value in expected.items():
                    same = found[time] is None and value is None
                    yield (0.0, 0.0) if same else (found[time], value)


def _trend() -> Pairs:
    found, published = trend.found(), trend.PUBLISHED
    yield found.s, published["s"]
    yield found.variance, published["var_s"]
    for name in ("z", "p", "tau"):
        yield getattr(found, name), published[name]
    yield found.slope, published["sens_slope"]
    yield found.intercept, published["sens_intercept"]
    yield _same(found.direction.value, "none")


GOALPOSTS, MINMAX = "asem_norm_goalposts.csv", "asem_norm_minmax1.csv"
NOT_AVAILABLE = f"{len(statcan.OTHERS)} series that the source marks not available"
SOURCES = (
    Source(title="UNDP, HDI 2000, 2010, 2022", rules="preset `hdi`", tolerance=0.0005,
           pairs=lambda: [(hdi.index_of(row), float(row["hdi"])) for row in hdi.ROWS]),
    Source(title="UNDP, worked example: income index", rules="log Goalposts", tolerance=5e-5,
           pairs=lambda: [(hdi.income_index(), hdi.NOTE["published_income_index"])]),
    Source(title="UNDP, worked example: HDI", rules="geometric mean", tolerance=5e-3,
           pairs=lambda: [(hdi.index_of_the_note(), hdi.NOTE["published_hdi"])]),
    Source(title="Statistics Canada, progress values", rules="preset `statcan`", tolerance=1e-9,
           pairs=_statcan_values, left_out=NOT_AVAILABLE),
    Source(title="Statistics Canada, scores of series", rules="preset `statcan`", tolerance=1e-4,
           pairs=_statcan_scores, left_out=NOT_AVAILABLE),
    Source(title="Statistics Canada, statuses of series", rules="preset `statcan`", tolerance=0.0,
           pairs=_statcan_statuses, left_out=NOT_AVAILABLE),
    Source(title="Statistics Canada, scores of indicators", rules="arithmetic mean",
           tolerance=1e-4, pairs=_statcan_indicators,
           left_out="indicators without a published score"),
    Source(title="Statistics Canada, statuses of indicators", rules="`STATCAN_SCORES`",
           tolerance=0.0, pairs=_statcan_indicator_statuses,
           left_out="indicators without a published score"),
    Source(title="COINr, goalposts", rules="Goalposts", tolerance=1e-10, pairs=_coinr_goalposts),
    Source(title="COINr, distance to target", rules="DistanceToTarget", tolerance=1e-12,
           pairs=_coinr_distance),
    Source(title="COINr, arithmetic means up the tree", rules="groups, arithmetic mean",
           tolerance=1e-10,
           pairs=_coinr_mean("arithmetic", GOALPOSTS, "asem_agg_amean_goalposts.csv")),
    Source(title="COINr, geometric means up the tree", rules="groups, geometric mean",
           tolerance=1e-10,
           pairs=_coinr_mean("geometric", MINMAX, "asem_agg_gmean_minmax1.csv")),
    Source(title="COINr, harmonic means up the tree", rules="groups, harmonic mean",
           tolerance=1e-10,
           pairs=_coinr_mean("harmonic", MINMAX, "asem_agg_hmean_minmax1.csv")),
    Source(title="COINr, gaps filled: latest, constant, linear", rules="`fill`", tolerance=1e-12,
           pairs=_fills),
    Source(title="NAG e01bec, monotone cubic", rules="pchip", tolerance=5e-5,
           pairs=lambda: [(nag.value_at(x), float(y)) for x, y in nag.PUBLISHED]),
    Source(title="pyMannKendall, trend test and Sen's slope", rules="`mann_kendall`",
           tolerance=1e-6, pairs=_trend),
    Source(title="WHO, fixed target", rules="linear interpolation", tolerance=1e-12,
           pairs=lambda: [(programmes.WAY.value(float(year)), value)
                          for year, value in programmes.FIXED["expected"].items()]),
    Source(title="IATI, worked example: met", rules="preset `results_framework`", tolerance=0.0,
           pairs=lambda: [_same(programmes.result_of_iati().met, True)]),
    Source(title="Efficacy coefficient, an examination's item", rules="Goalposts, `EFFICACY`",
           tolerance=0.005,
           pairs=lambda: [(china.efficacy_of_the_example(), float(china.EXAMPLE["published"]))]),
    Source(title="Improved efficacy coefficient, four items", rules="geometric mean",
           tolerance=0.0005,
           pairs=lambda: [(china.efficacy_of_the_items(), float(china.TOTAL["published"]))]),
    Source(title="CNIPA, composite index 2018", rules="arithmetic mean", tolerance=0.05,
           pairs=lambda: [(china.composite(), float(china.COMPOSITE["published_composite"]))]),
    Source(title="Pace towards a well-off society (小康)", rules="preset `sdsn`",
           tolerance=0.006,
           pairs=lambda: [(china.pace_of(row).value, china.published_pace(row))
                          for row in china.PACES],
           left_out="published steps have two decimals"),
    Source(title="Attainment of a Chinese county", rules="preset `results_framework`",
           tolerance=0.6,
           pairs=lambda: [(china.attainment_of(row).score, float(row["published_attainment_pct"]))
                          for row in china.COUNTIES],
           left_out="published in whole percent or to one decimal"),
)  # fmt: skip


def page() -> str:
    """The page's text."""
    lines = [
        "# Published results, reproduced",
        "",
        "Inputs and results of others, and what the library's public functions give for them.",
        "Written by `python -m tests.published.report`; the tables and their sources stand in",
        "`tests/published/data/`.",
        "",
        "| source | by | rows | reproduced | largest error | tolerance | remarks |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for source in SOURCES:
        errors = source.errors()
        good = sum(error <= source.tolerance for error in errors)
        lines.append(
            f"| {source.title} | {source.rules} | {len(errors)} | {good} | {max(errors):.1e} "
            f"| {source.tolerance:g} | {source.left_out or '–'} |"
        )
    lines += [
        "",
        "Not reproduced: the national total of the 小康 monitoring of 2008 (one row), whose source",
        "prints six components and no weights; the mid-term words of the 14th five-year plan (16",
        "rows), whose source prints words and no figures.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
