"""Plain values as JSON and CSV."""

import pytest

from ipplan.report.output import csv_text, json_text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (39.0, "39"),
        (1e22, "10000000000000000000000"),
        (1.5e-7, "0.00000015"),
        (0.1 + 0.2, "0.30000000000000004"),
        ("a,b", '"a,b"'),
    ],
)
def test_a_cell(value: object, cell: str) -> None:
    assert csv_text([{"a": value, "b": 1}], ["a", "b"]) == f"a,b\n{cell},1\n"


def test_json_keeps_chinese_and_refuses_what_json_has_not() -> None:
    assert json_text({"a": "甲"}) == '{\n  "a": "甲"\n}'
    with pytest.raises(ValueError, match="Out of range float"):
        json_text(float("nan"))
