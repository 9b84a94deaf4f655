"""Laws of tasks, departments and deliverables, over drawn plans with reports of everything."""

import math
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ipplan import Actuals, Credits, DeliveryReport, Plan, Policy, Role, State
from tests.strategies import delivered_plans, delivery_reports, figures_for

POLICIES = st.builds(
    Policy,
    rule=st.sampled_from(("ratio", "canadian_indicator")),
    method=st.sampled_from(("arithmetic", "minimum")),
    missing=st.sampled_from(("skip", "require(0.5)", "substitute(3)")),
    credits=st.builds(
        Credits,
        lead=st.sampled_from((1.0, 2.0)),
        support=st.sampled_from((0.0, 0.3, 1.0)),
        deliverable=st.sampled_from((0.0, 1.0, 5.0)),
        late=st.sampled_from((0.0, 0.7, 1.0)),
        cancelled=st.sampled_from((None, 0.0, 0.5)),
    ),
)
YEARS = st.integers(2015, 2021)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plan, Actuals, int, Policy]:
    plan = draw(delivered_plans())
    actuals = Actuals(observations=draw(figures_for(plan)), reports=draw(delivery_reports(plan)))
    return plan, actuals, draw(YEARS), draw(POLICIES)


@given(cases())
def test_the_parts_sum_to_the_score(case: Any) -> None:
    plan, actuals, year, policy = case
    found = plan.assess(actuals, as_of=year, policy=policy)
    for each in (*found.tasks.values(), *found.departments.values()):
        assert (each.score is None) is (each.state is not State.SCORED)
        assert (each.reason is None) is (each.state is State.SCORED)
        assert 0.0 <= each.coverage <= 1.0
        if each.score is not None:
            assert math.fsum(each.contributions.values()) == each.score
            assert policy.rule.scale.least - 1e-9 <= each.score
            assert each.score <= policy.rule.scale.greatest + 1e-9


@given(cases())
def test_expanding_a_collective_keeps_totals(case: Any) -> None:
    """The credits given for each task stay, and so does what all of them are worth."""
    plan, actuals, year, policy = case
    found = plan.assess(actuals, as_of=year, policy=policy)
    totals = []
    for cards in (found.scorecards(), found.scorecards(expand=True)):
        given_for: dict[str, list[float]] = {}
        for card in cards.values():
            for task, credit in card.credits:
                given_for.setdefault(task, []).append(credit)
        totals.append({task: math.fsum(credits) for task, credits in given_for.items()})
    assert totals[0] == pytest.approx(totals[1], rel=1e-12, abs=1e-12)
    worth = [
        math.fsum(
            credit * (found.tasks[task].score or 0.0)
            for card in cards.values()
            for task, credit in card.credits
        )
        for cards in (found.scorecards(), found.scorecards(expand=True))
    ]
    assert worth[0] == pytest.approx(worth[1], rel=1e-12, abs=1e-9)


@given(cases())
def test_credits_of_a_task_are_those_of_its_leads_and_supports(case: Any) -> None:
    plan, actuals, year, policy = case
    found = plan.assess(actuals, as_of=year, policy=policy)
    for id, task in plan.tasks.items():
        credits = policy.credits
        expected = len(task.lead) * credits.lead + len(task.support) * credits.support
        told = math.fsum(dict(card.credits).get(id, 0.0) for card in found.departments.values())
        assert told == pytest.approx(expected, rel=1e-12)
    for card in found.departments.values():
        roles = {(duty.task, duty.role) for duty in card.duties}
        assert {(task.id, Role.LEAD) for task in card.leads} <= roles
        assert len(card.leads) + len(card.supports) == len(card.duties)


def told(each: Any) -> tuple[Any, ...]:
    return each.id, each.state, each.reason, each.total


@given(cases())
def test_what_is_reported_later_changes_nothing_now(case: Any) -> None:
    plan, actuals, year, policy = case
    known = Actuals(
        observations=[each for each in actuals.observations if each.period.position <= year],
        reports=[each for each in actuals.reports if each.at <= year],
    )
    whole = plan.assess(actuals, as_of=year, policy=policy)
    cut = plan.assess(known, as_of=year, policy=policy)
    assert [*map(told, whole.tasks.values())] == [*map(told, cut.tasks.values())]
    assert [*map(told, whole.departments.values())] == [*map(told, cut.departments.values())]
    assert whole.phases == cut.phases
    assert whole.workstreams == cut.workstreams


@given(cases(), st.data())
def test_more_done_never_lowers_a_task(case: Any, data: st.DataObject) -> None:
    """With the arithmetic mean, where what was due and reported is reported as done instead."""
    plan, actuals, year, policy = case
    policy = evolve(policy, method="arithmetic", credits=evolve(policy.credits, late=1.0))
    before = plan.assess(actuals, as_of=year, policy=policy)
    scored = [each for each in before.deliverables.values() if each.score is not None]
    if not scored:
        return
    chosen = data.draw(st.sampled_from(scored))
    done = DeliveryReport(deliverable=chosen.id, status="done", date=chosen.due)
    others = [each for each in actuals.reports if each.deliverable != chosen.id]
    after = plan.assess(evolve(actuals, reports=[*others, done]), as_of=year, policy=policy)
    for id, task in before.tasks.items():
        if task.score is not None:
            score = after.tasks[id].score
            assert score is not None
            assert score >= task.score - 1e-9


@given(cases())
def test_each_deliverable_is_counted_once_in_its_phase(case: Any) -> None:
    plan, actuals, year, policy = case
    found = plan.assess(actuals, as_of=year, policy=policy)
    phased = [each for each in plan.deliverables.values() if each.phase is not None]
    assert sum(sum(each.counts.values()) for each in found.phases.values()) == len(phased)
    for section in (*found.phases.values(), *found.workstreams.values()):
        assert len(section.due) + len(section.not_due) == len(section.deliverables)
        assert 0.0 <= section.time_share <= 1.0
        assert (section.share is None) is (section.coverage == 0.0)


@given(cases())
def test_what_is_missing_has_no_score(case: Any) -> None:
    plan, actuals, year, policy = case
    found = plan.assess(actuals, as_of=year, policy=policy)
    told = {each.deliverable for each in actuals.reports if each.at <= year}
    for id, each in found.deliverables.items():
        if id not in told:
            assert each.score is None
            assert each.state is (State.MISSING if each.is_due else State.NOT_DUE)
