"""Catalog: an ordered, read-only mapping by id that knows what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar, overload

from attrs import field, frozen

from ipplan.errors import Problem, UnknownIdError, article, shown
from ipplan.model.fields import as_tuple, refuse

__all__ = ["Catalog"]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_HasId)
Default = TypeVar("Default")


def _members(values: Iterable[Any]) -> tuple[Any, ...]:
    return as_tuple(values)


@frozen(repr=False)
class Catalog(Mapping[str, Item], Generic[Item]):
    """Items in their order, found by id; equal, hashable and picklable like the tuple it holds.

    An unknown id raises UnknownIdError, which is a KeyError and lists the near ids. Two items of
    one id are refused with a ModelError.

    >>> from ipplan import Department, Text
    >>> finance = Department(id="finance", name=Text(zh="省财政厅"))
    >>> catalog = Catalog("department", [finance])
    >>> catalog["finance"] is finance
    True
    >>> catalog["finanse"]
    Traceback (most recent call last):
    ipplan.errors.UnknownIdError: expected the id of a department, found 'finanse' (near: finance)
    """

    kind: str
    members: tuple[Item, ...] = field(converter=_members)
    _by_id: dict[str, Item] = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        refuse(self._without_id())
        counts = Counter(item.id for item in self.members)
        refuse(
            Problem(
                place=id,
                expected=f"each {self.kind} id once",
                found=f"{count} of {shown(id)}",
            )
            for id, count in counts.items()
            if count > 1
        )
        object.__setattr__(self, "_by_id", {item.id: item for item in self.members})

    @classmethod
    def trusted(cls, kind: str, by_id: dict[str, Any]) -> Catalog[Any]:
        """A catalog of items that are known to have these ids: nothing is checked again."""
        catalog = object.__new__(cls)
        for name, value in (("kind", kind), ("members", (*by_id.values(),)), ("_by_id", by_id)):
            object.__setattr__(catalog, name, value)
        return catalog

    def _without_id(self) -> Iterator[Problem]:
        place, expected = f"{self.kind}s", f"{article(self.kind)} {self.kind} with an id"
        members: Any = self.members
        if not isinstance(members, tuple):
            yield Problem(
                place=place, expected=f"a list, each {expected}", found=shown(self.members)
            )
            return
        for index, item in enumerate(members):
            if not isinstance(getattr(item, "id", None), str):
                yield Problem(place=f"{place}[{index}]", expected=expected, found=shown(item))

    def __getitem__(self, id: str) -> Item:
        try:
            return self._by_id[id]
        except (KeyError, TypeError):
            raise UnknownIdError.of(self.kind, id, self._by_id) from None

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and id in self._by_id

    @overload
    def get(self, id: str, /) -> Item | None: ...
    @overload
    def get(self, id: str, /, default: Item | Default) -> Item | Default: ...
    def get(self, id: str, /, default: Any = None) -> Any:
        """The item of that id, or the default: no search for near ids, unlike the lookup."""
        return self._by_id[id] if id in self else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self.members)

    def __repr__(self) -> str:
        return f"Catalog({self.kind}: {', '.join(self)})"


def catalog_of(kind: str, items: Iterable[Item] | Mapping[str, Item]) -> Catalog[Item]:
    """A catalog out of items in order, or out of another catalog."""
    return Catalog(kind, tuple(items.values() if isinstance(items, Mapping) else items))
