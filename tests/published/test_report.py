"""The page of published results is what its command writes, and shows every row reproduced."""

import re

import pytest

from tests.published.report import PAGE, SOURCES, Source, page


def shape(text: str) -> str:
    """The text without the sizes of rounding errors, which differ by machine."""
    return re.sub(r"\d\.\de[+-]\d\d", "x", text)


def test_the_page_is_up_to_date() -> None:
    assert shape(PAGE.read_text("utf-8")) == shape(page())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.title)
def test_every_row_is_reproduced(source: Source) -> None:
    errors = source.errors()
    assert errors
    assert max(errors) <= source.tolerance
