"""Timings against the budgets of docs/benchmarks.md; run with `--benchmark-only`.

`python -m pytest tests/benchmarks --benchmark-only` prints them. They gate nothing.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ipplan
from ipplan.assessment.evaluate import evaluate
from ipplan.io.plan_file import _shipped

ACTUALS = Path(__file__).parents[2] / "examples" / "gansu-actuals.csv"
GANSU = ipplan.load("gansu-2016")


def python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.benchmark(group="fresh process: import")
@pytest.mark.parametrize("code", ["pass", "import attrs", "import ipplan"])
def test_import(benchmark: Any, code: str) -> None:
    benchmark.pedantic(python, args=(code,), rounds=25, warmup_rounds=2)


@pytest.mark.benchmark(group="fresh process: load")
@pytest.mark.parametrize("code", ["pass", "import ipplan; ipplan.load('gansu-2016')"])
def test_first_load(benchmark: Any, code: str) -> None:
    benchmark.pedantic(python, args=(code,), rounds=25, warmup_rounds=2)


@pytest.mark.benchmark(group="load again")
def test_load_again_parsed_anew(benchmark: Any) -> None:
    def load() -> ipplan.Plan:
        _shipped.cache_clear()
        return ipplan.load("gansu-2016")

    assert benchmark(load) == GANSU


@pytest.mark.benchmark(group="assess")
def test_assess_the_published_figures(benchmark: Any) -> None:
    actuals = ipplan.read_actuals(ACTUALS, GANSU)
    assert benchmark(lambda: GANSU.assess(actuals, as_of=2017)).coverage == 0.3


@pytest.mark.benchmark(group="assess")
def test_assess_three_years_of_every_indicator(benchmark: Any) -> None:
    actuals = GANSU.actuals({id: {2016: 10, 2017: 20, 2018: 30} for id in GANSU.indicators})
    assert benchmark(lambda: GANSU.assess(actuals, as_of=2018)).coverage == 1.0


@pytest.mark.benchmark(group="assess")
def test_assess_three_years_out_of_a_mapping(benchmark: Any) -> None:
    mapping = {id: {2016: 10, 2017: 20, 2018: 30} for id in GANSU.indicators}
    assert benchmark(lambda: GANSU.assess(mapping, as_of=2018)).coverage == 1.0


def everything() -> ipplan.Actuals:
    """Five years of all that the plan measures, and a report of every deliverable."""
    figures = {id: dict.fromkeys(range(2016, 2021), 50) for id in GANSU.measured}
    reports = {
        id: {promise.due.year: (0.5, "done", "not_started")[index % 3]}
        for index, (id, promise) in enumerate(GANSU.promised.items())
    }
    return GANSU.actuals({**figures, **reports})


@pytest.mark.benchmark(group="assess everything")
def test_assess_everything_reported(benchmark: Any) -> None:
    actuals = everything()
    found = benchmark(lambda: GANSU.assess(actuals, as_of=2020))
    assert found.phases["upgrade"].coverage == 1.0


@pytest.mark.benchmark(group="assess everything")
def test_assess_everything_and_read_every_scorecard(benchmark: Any) -> None:
    actuals = everything()
    cards = benchmark(lambda: GANSU.assess(actuals, as_of=2020).departments)
    assert cards["ip_office"].score is not None


@pytest.mark.benchmark(group="assess everything")
def test_assess_the_published_figures_and_read_every_scorecard(benchmark: Any) -> None:
    actuals = ipplan.read_actuals(ACTUALS, GANSU)
    cards = benchmark(lambda: GANSU.assess(actuals, as_of=2017).departments)
    assert cards["ip_office"].score is not None


@pytest.mark.benchmark(group="further")
def test_a_yearly_plan(benchmark: Any) -> None:
    actuals = everything()
    assert benchmark(lambda: GANSU.annual(2018, actuals))["pct_applications"].step is not None


@pytest.mark.benchmark(group="further")
def test_a_check(benchmark: Any) -> None:
    assert benchmark(GANSU.check).worst is not None


@pytest.mark.benchmark(group="one indicator")
def test_one_result(benchmark: Any) -> None:
    actuals = GANSU.actuals({"pct_applications": {2018: 39}})
    indicator, policy = GANSU.indicators["pct_applications"], ipplan.Policy()
    when = ipplan.Period.of(2018)
    result = benchmark(lambda: evaluate(indicator, actuals, as_of=when, policy=policy))
    assert result.status is ipplan.Status.BEHIND
