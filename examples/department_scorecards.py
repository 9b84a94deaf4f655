"""Scorecards of departments for the shipped plan: python examples/department_scorecards.py.

The figures of the indicators are published ones. The reports of deliverables are ILLUSTRATIVE: they
were made up to show how delivery is scored, and nobody reported them.
"""

from pathlib import Path

import ipplan

HERE = Path(__file__).parent
FILES = [HERE / "gansu-actuals.csv", HERE / "gansu-deliverables-illustrative.csv"]


def main() -> None:
    plan = ipplan.load("gansu-2016")
    assessment = plan.assess(ipplan.read_actuals(FILES, plan), as_of=2018)
    print(
        "ILLUSTRATIVE: the reports of deliverables were made up for this example, and nobody "
        "reported them.\nThe scores marked ? rest on them, and say nothing about any department."
    )
    print()
    print(assessment.departments_table())
    print()
    print(assessment.departments["leading_group"].to_table("en"))
    print()
    print("以下为示例:交付事项的进展系虚构,并非任何部门的实际情况。")
    print(assessment.departments["science_technology"].to_table("zh"))


if __name__ == "__main__":
    main()
