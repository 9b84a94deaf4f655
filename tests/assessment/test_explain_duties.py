"""Explanations of tasks, departments and phases: formulas whose numbers give what they say."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import Policy
from ipplan.assessment.credits import Credits
from ipplan.assessment.delivery_plain import scorecard_rows
from tests.assessment.delivered import SMALL, assessed

FOUND = assessed()


def formula(text: str) -> tuple[float, float]:
    """What the formula in an explanation comes to, and what it says that it does."""
    found = re.search(r"(?:weights|credits|权重) = (.*) = ([\d.]+)$", text, re.MULTILINE)
    assert found is not None
    assert re.fullmatch(r"[\d.+×/() ]+", found[1])
    return eval(found[1].replace("×", "*")), float(found[2])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("missing", ["skip", "zero", "substitute(40)"])
def test_formulas_give_the_scores(lang: str, missing: str) -> None:
    found = assessed(policy=Policy(missing=missing))
    for task in found.tasks.values():
        if task.score is not None:
            computed, said = formula(task.explain(lang))
            assert computed == pytest.approx(task.score, abs=0.01)
            assert said == pytest.approx(task.score, abs=0.01)
    for card in (*found.departments.values(), *found.scorecards(expand=True).values()):
        if card.score is not None:
            computed, said = formula(card.explain(lang))
            assert computed == pytest.approx(card.score, abs=0.01)
            assert said == pytest.approx(card.score, abs=0.01)


def test_a_task_tells_of_every_part() -> None:
    text = FOUND.tasks["2.1"].explain()
    assert text.startswith(
        "Task of 2.1 (task 2.1), as of 2018\n  part      indicator Alpha: not met"
    )
    assert "indicator Alpha: not met; score 80; weight 1" in text
    assert "quota Beta: exceeded, counted with Alpha; score 100\n" in text
    assert "deliverable Thing 3.3: ▼ late; 60% done by 2018; score 60; weight 1" in text
    assert "deliverable Thing 9.1: missing; nothing was reported; weight 1" in text
    assert "71.4% of the weight that is due has a score" in text
    assert "Credits (no standard is published): lead counts 1" in text
    assert "未报告;没有报告数据;权重 1" in FOUND.tasks["2.1"].explain("zh")


def test_a_department_tells_what_was_left_out_and_why() -> None:
    text = FOUND.departments["finance"].explain()
    assert "leads     2.1 Task of 2.1: score 68, credit 1" in text
    assert "supports  2.2 Task of 2.2: score – (nothing was reported), credit 0.5" in text
    assert "sum of credit x score / sum of credits = (1 × 68) / (1) = 68" in text
    assert "left out  2.2" in text
    assert "missing: skip" in text
    none = FOUND.departments["west"].explain("zh")
    assert "得分    – 仅作为“部门cities”的成员承担任务" in none


def test_another_mean_is_told_by_its_contributions() -> None:
    found = assessed(policy=Policy(method="minimum"))
    text = found.tasks["2.1"].explain()
    assert "minimum of the scores, shared out as contributions" in text
    assert text.count(" = 0\n") == 1
    assert "取最小值,分摊为各项贡献" in found.tasks["2.1"].explain("zh")


def test_a_phase_tells_which_deliverables_and_how_its_shares_follow() -> None:
    text = FOUND.phases["start"].explain()
    assert text.startswith("Start (start), 2016–2017, as of 2018\n")
    for line in (
        "due        5: 3.1, 3.2, 3.3, 3.4, 3.5",
        "done late  1: 3.2",
        "cancelled  1: 3.4",
        "missing    1: 3.5",
        "not due    –",
        "time gone  100.0% of the time from 2016 to 2017",
        "work done  (1 + 1 + 0.6) / 3 = 86.7%, known of 3 of 5",
    ):
        assert f"  {line}\n" in f"{text}\n"
    assert "(1 + 1 + 0.6) / 3 = 86.7%,5 项中 3 项已知" in FOUND.phases["start"].explain("zh")
    silent = SMALL.assess({}, as_of=2018).phases["start"]
    assert "work done  – no share was reported" in silent.explain()


@given(
    shares=st.lists(st.integers(0, 100), min_size=4, max_size=4),
    support=st.integers(1, 8),
    value=st.integers(0, 200),
)
def test_contributions_sum_to_the_score_whatever_is_reported(
    shares: list[int], support: int, value: int
) -> None:
    reports = [
        {"deliverable": id, "status": "in_progress", "period": 2018, "share": share / 100}
        for id, share in zip(("3.1", "3.2", "3.3", "3.5"), shares, strict=True)
    ]
    figure = {"indicator": "alpha", "period": 2017, "value": value}
    policy = Policy(credits=Credits(support=support / 8))
    found = SMALL.assess([figure, *reports], as_of=2018, policy=policy)
    for card in (*found.departments.values(), *found.scorecards(expand=True).values()):
        rows = [row["contribution"] for row in scorecard_rows(card) if row.get("contribution")]
        if card.score is None:
            assert rows == []
        else:
            assert math.fsum(rows) == pytest.approx(card.score, abs=1e-9)
            assert formula(card.explain())[0] == pytest.approx(card.score, abs=0.05)
