"""Assess the shipped plan on the published figures: python examples/assess_gansu.py."""

from pathlib import Path

import ipplan
from ipplan import Plan, Policy, Result, State

FIGURES = Path(__file__).parent / "gansu-actuals.csv"


def behind(plan: Plan, year: int) -> list[Result]:
    """The results of a year that miss what was expected, the farthest behind first."""
    actuals = ipplan.read_actuals(FIGURES, plan)
    assessment = plan.assess(actuals, as_of=year, policy=Policy(missing="skip"))
    missed = [result for result in assessment.values() if result.met is False]
    return sorted(missed, key=lambda result: result.attainment or 0.0)


def main() -> None:
    plan = ipplan.load("gansu-2016")
    for year in (2016, 2017, 2018):
        for result in behind(plan, year):
            status = "" if result.status is None else result.status.text.en
            print(f"{year}: {result.name.en}, {result.actual} of {result.required}: {status}")
    missing = plan.assess({}, as_of=2020)
    absent = [id for id, result in missing.items() if result.state is State.MISSING]
    print(f"without any report, {len(absent)} of {len(missing)} results of 2020 would be missing")


if __name__ == "__main__":
    main()
