"""Amendments: what they may hold, one order for equal ones, and every fault at once."""

import datetime
import pickle
from typing import Any

import pytest

from ipplan import Bound, Indicator, Milestone, ModelError, Task, Text
from ipplan.model.amendment import Added, Amendment, Changed, PlanPart, Withdrawn, changeable
from tests.builders import amendment, indicator

MILESTONE = Milestone(period=2020, bound=Bound.at_least(120))


def problems(make: Any) -> dict[str, str]:
    with pytest.raises(ModelError) as caught:
        make()
    return {problem.place: str(problem) for problem in caught.value.problems}


def test_changes_stand_in_one_order_and_what_is_added_in_its_own() -> None:
    changes = [
        Withdrawn(part="tasks", id="2.2"),
        Withdrawn(part="tasks", id="2.1"),
        Added(part="indicators", item=indicator("zeta")),
        Added(part="indicators", item=indicator("beta")),
        Changed(part="quotas", id="b", fields={"clause": "2"}),
        Changed(part="indicators", id="b", fields={"clause": "2", "better": "up"}),
        Changed(part="indicators", id="a", fields={"better": "up", "clause": "2"}),
    ]
    made = amendment("x", "2018-03-01", *changes)
    assert [change.place for change in made.changes] == [
        "changed.indicators.a",
        "changed.indicators.b",
        "changed.quotas.b",
        "added.indicators.zeta",
        "added.indicators.beta",
        "withdrawn.tasks.2.1",
        "withdrawn.tasks.2.2",
    ]
    assert made.changes[0].fields == made.changes[1].fields


def test_amendments_are_equal_hashed_and_pickled_by_what_they_hold() -> None:
    changed = Changed(part="indicators", id="a", fields={"milestones": [MILESTONE], "limit": 200})
    again = Changed(part=PlanPart.INDICATORS, id="a", fields=changed.fields)
    assert changed == again
    assert dict(changed.fields) == {"limit": 200.0, "milestones": (MILESTONE,)}
    one = amendment("x", "2018-03-01", changed, Withdrawn(part="quotas", id="b"))
    other = amendment("x", "2018-03-01", Withdrawn(part="quotas", id="b"), again)
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_change_puts_the_keys_of_a_trajectory_into_it_and_leaves_the_rest() -> None:
    before = indicator(
        "a", {2018: Bound.at_least(50), 2020: Bound.at_least(100)}, baseline=(2015, 1)
    )
    fields = {"milestones": [MILESTONE], "baseline": None, "clause": "2.1"}
    after = Changed(part="indicators", id="a", fields=fields).applied(before)
    assert after.trajectory.milestones == (MILESTONE,)
    assert after.trajectory.baseline is None
    assert after.trajectory.interpolation is before.trajectory.interpolation
    assert (after.clause, after.name, after.unit) == ("2.1", before.name, before.unit)
    assert before.trajectory.baseline is not None


def test_what_may_be_changed_is_all_but_the_id() -> None:
    assert "id" not in changeable(Task)
    assert {"lead", "support", "title"} <= {*changeable(Task)}
    names = {*changeable(Indicator)}
    assert {"milestones", "baseline", "unit", "same_as"} <= names
    assert not {"id", "trajectory", "_direction"} & names


def test_every_bad_field_of_a_change_is_told() -> None:
    fields = {"unit": "furlong", "accrual": "flw", "milestone": [], "limit": "x", "id": "b"}
    found = problems(lambda: Changed(part="indicators", id="a", fields=fields))
    assert set(found) == {*fields}
    assert "near: milestones" in found["milestone"]
    assert "near: flow" in found["accrual"]


@pytest.mark.parametrize(
    ("make", "place", "words"),
    [
        (lambda: Changed(part="indicatr", id="a", fields={"clause": "1"}), "part", "near: indicat"),
        (lambda: Changed(part="tasks", id="a", fields={}), "fields", "at least one"),
        (lambda: Changed(part="tasks", id="a", fields=3), "fields", "found 3"),
        (lambda: Changed(part="tasks", id=3, fields={"kind": "task"}), "id", "expected text"),
        (lambda: Withdrawn(part="tasks", id=3), "id", "expected text"),
        (lambda: Added(part="tasks", item=indicator()), "item", "expected Task"),
        (lambda: amendment("X"), "id", "lower-case"),
        (lambda: amendment("x", "2018-03-01", 3), "changes[0]", "a Changed, an Added or"),
    ],
)
def test_a_bad_part_is_told_with_its_place(make: Any, place: str, words: str) -> None:
    assert words in problems(make)[place]


def made_of(**fields: Any) -> Amendment:
    good = {
        "id": "x",
        "date": datetime.date(2018, 3, 1),
        "document": "A notice",
        "reason": Text(en="Why"),
        "changes": [Withdrawn(part="tasks", id="2.1")],
    }
    return Amendment(**{**good, **fields})


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"date": "2018-03-01"}, "date", "expected a date"),
        ({"date": datetime.datetime(2018, 3, 1)}, "date", "expected a date"),
        ({"reason": "why"}, "reason", "expected a Text"),
        ({"changes": 3}, "changes", "expected a list"),
        ({"changes": []}, "changes", "at least one change"),
        ({"document": ""}, "document", "the document that amends"),
        (
            {
                "changes": [
                    Withdrawn(part="tasks", id="2.1"),
                    Changed(part="tasks", id="2.1", fields={"kind": "task"}),
                ]
            },
            "withdrawn.tasks.2.1",
            "found a second one",
        ),
    ],
)
def test_a_bad_amendment_is_told(fields: dict[str, Any], place: str, words: str) -> None:
    assert words in problems(lambda: made_of(**fields))[place]
