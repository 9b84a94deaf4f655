"""Parts of tasks are told by name and state, also those of a kind that only a caller knows."""

from attrs import evolve, frozen

from ipplan import Bound, Reason, State
from ipplan.assessment.parts import part_name, part_state
from ipplan.assessment.words import speaker
from ipplan.text import Lang
from tests.assessment.delivered import assessed, task
from tests.builders import indicator, plan

SAY = speaker(Lang.EN)


@frozen(kw_only=True)
class Other:
    """A result of another kind."""

    id: str = "other"
    state: State = State.MISSING
    score: float | None = None
    reason: Reason | None = Reason.NOT_REPORTED


def test_another_kind_is_told_by_its_id_and_state() -> None:
    found = assessed().tasks["2.1"]
    part = evolve(found.parts[0], result=Other())
    assert part_name(part, Lang.EN) == "other"
    assert part_state(part, found, SAY, Lang.EN) == "missing"


def test_two_quotas_that_read_as_an_indicator_outside_the_task_count_once() -> None:
    bounds = {2017: Bound.at_least(10)}
    given = plan(
        indicator("alpha", bounds),
        quotas=[
            indicator("beta", bounds, tasks=["2.1"], same_as="alpha"),
            indicator("gamma", bounds, tasks=["2.1"], same_as="alpha"),
        ],
        tasks=[task("2.1")],
    )
    found = given.assess({"alpha": 10}, as_of=2018).tasks["2.1"]
    told = [part_state(each, found, SAY, Lang.EN) for each in found.parts]
    assert told == ["met", "met, counted with Beta"]
    assert found.score == 100.0
    assert found.contributions == {"beta": 100.0}
