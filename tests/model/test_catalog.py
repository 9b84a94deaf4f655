"""A catalog: an ordered, read-only mapping by id that lists near ids for an unknown one."""

import pickle
from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from ipplan import Department, IPPlanError, ModelError, Text, UnknownIdError
from ipplan.model.catalog import Catalog, catalog_of

FINANCE = Department(id="finance", name=Text(zh="省财政厅"))
COURT = Department(id="high_court", name=Text(zh="省法院"))
CATALOG = Catalog("department", [FINANCE, COURT])


def test_it_is_a_mapping_in_the_order_given() -> None:
    assert isinstance(CATALOG, Mapping)
    assert [*CATALOG.items()] == [("finance", FINANCE), ("high_court", COURT)]


def test_it_knows_how_many_it_holds() -> None:
    assert (len(CATALOG), len(Catalog("department", []))) == (2, 0)


def test_an_item_is_found_by_its_id() -> None:
    assert CATALOG["high_court"] is COURT


def test_an_unknown_id_is_a_key_error_that_lists_near_ids() -> None:
    with pytest.raises(KeyError) as caught:
        CATALOG["finanse"]
    assert isinstance(caught.value, UnknownIdError)
    assert caught.value.near == ("finance",)
    assert str(caught.value) == ("expected the id of a department, found 'finanse' (near: finance)")


@pytest.mark.parametrize("id", [None, 5, [], {}, ["finance"]])
def test_what_is_no_id_is_unknown(id: Any) -> None:
    with pytest.raises(UnknownIdError, match="expected the id of a department"):
        CATALOG[id]


@pytest.mark.parametrize(
    ("id", "held"), [("finance", True), ("finanse", False), (5, False), ([], False)]
)
def test_it_says_what_it_holds(id: Any, held: bool) -> None:
    assert (id in CATALOG) is held


def test_get_gives_the_item() -> None:
    assert CATALOG.get("finance") is FINANCE


@pytest.mark.parametrize("id", ["finanse", None, 5, []])
def test_get_gives_none_for_what_is_not_there(id: Any) -> None:
    assert CATALOG.get(id) is None


def test_get_gives_the_default_for_what_is_not_there() -> None:
    assert CATALOG.get("finanse", FINANCE) is FINANCE


def test_every_repeated_id_is_reported() -> None:
    with pytest.raises(ModelError) as caught:
        Catalog("department", [FINANCE, COURT, FINANCE, COURT, FINANCE])
    assert [str(problem) for problem in caught.value.problems] == [
        "finance: expected each department id once, found 3 of 'finance'",
        "high_court: expected each department id once, found 2 of 'high_court'",
    ]


@pytest.mark.parametrize("members", [[1], [None], ["finance"], 5])
def test_what_has_no_id_is_refused(members: Any) -> None:
    with pytest.raises(IPPlanError, match="department"):
        Catalog("department", members)


def test_the_repr_lists_kind_and_ids() -> None:
    assert repr(CATALOG) == "Catalog(department: finance, high_court)"


def test_catalogs_of_the_same_items_are_equal() -> None:
    assert Catalog("department", (FINANCE, COURT)) == CATALOG


@pytest.mark.parametrize(
    "other",
    [
        Catalog("department", [COURT, FINANCE]),
        Catalog("department", [FINANCE]),
        Catalog("task", [FINANCE, COURT]),
        {"finance": FINANCE, "high_court": COURT},
    ],
)
def test_other_items_another_order_or_another_kind_are_not_equal(other: object) -> None:
    assert other != CATALOG


def test_it_is_hashable_and_picklable() -> None:
    copy = pickle.loads(pickle.dumps(CATALOG))
    assert {CATALOG, copy} == {CATALOG}
    assert copy["finance"] == FINANCE


def test_it_is_read_only() -> None:
    with pytest.raises(TypeError):
        CATALOG["finance"] = COURT  # type: ignore[index]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        CATALOG.members = ()  # type: ignore[misc]


@pytest.mark.parametrize(
    "items", [[FINANCE, COURT], iter([FINANCE, COURT]), CATALOG, {"a": FINANCE, "b": COURT}]
)
def test_a_catalog_is_made_of_items_or_of_a_mapping(items: Any) -> None:
    assert catalog_of("department", items) == CATALOG
