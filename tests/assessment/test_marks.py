"""Every output of an assessment marks what is unverified, in both languages."""

from collections.abc import Callable, Iterator

import pytest

from ipplan import Assessment
from ipplan.assessment.delivery_plain import SCORECARD_FIELDS, scorecard_rows
from ipplan.assessment.marks import is_unverified
from ipplan.assessment.plain import ROW_FIELDS, result_row
from ipplan.report.output import csv_text
from tests.assessment.delivered import SMALL

GIVEN = [
    {"indicator": "alpha", "period": 2017, "value": 80},
    {"deliverable": "3.1", "status": "done", "date": "2016-05"},
]
DOUBTED = SMALL.assess([each | {"verification": "unverified"} for each in GIVEN], as_of=2018)
SOUND = SMALL.assess([each | {"verification": "published"} for each in GIVEN], as_of=2018)

SHOWN: dict[str, Callable[[Assessment, str], str]] = {
    "table": lambda a, lang: a.to_table(lang),
    "markdown": lambda a, lang: a.to_markdown(lang),
    "explain": lambda a, lang: a.explain(lang),
    "delivery": lambda a, lang: a.delivery_table(lang),
    "delivery_markdown": lambda a, lang: a.delivery_markdown(lang),
    "departments": lambda a, lang: a.departments_table(lang),
    "departments_expanded": lambda a, lang: a.departments_table(lang, expand=True),
    "scorecard": lambda a, lang: a.departments["finance"].to_table(lang),
    "scorecard_markdown": lambda a, lang: a.departments["finance"].to_markdown(lang),
    "scorecard_explain": lambda a, lang: a.departments["finance"].explain(lang),
    "member": lambda a, lang: a.scorecards(expand=True)["west"].to_table(lang),
    "task_explain": lambda a, lang: a.tasks["2.1"].explain(lang),
    "phase_explain": lambda a, lang: a.phases["start"].explain(lang),
    "workstream_explain": lambda a, lang: a.workstreams["works"].explain(lang),
    "result_explain": lambda a, lang: a["alpha"].explain(lang),
    "borrowed_explain": lambda a, lang: a.quotas["beta"].explain(lang),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", SHOWN)
def test_every_text_marks_what_is_unverified(name: str, lang: str) -> None:
    words = "UNVERIFIED" if lang == "en" else "未经核实"
    assert words in SHOWN[name](DOUBTED, lang)
    assert words not in SHOWN[name](SOUND, lang)


@pytest.mark.parametrize(
    "show", [Assessment._repr_html_, lambda a: a.departments["finance"]._repr_html_()]
)
def test_html_marks_it_too(show: Callable[[Assessment], str]) -> None:
    assert "UNVERIFIED" in show(DOUBTED)
    assert "UNVERIFIED" not in show(SOUND)


def test_the_cells_themselves_are_marked() -> None:
    assert "  80 ?  " in DOUBTED.to_table()
    assert "Beta (number): 80 ? / ≥ 10" in DOUBTED.to_table()
    assert "  90.0 ?  " in DOUBTED.departments_table()
    card = DOUBTED.departments["finance"].to_table()
    assert "● done ?; 2016-05" in card
    assert "not met ?" in card
    assert "Start ?" in DOUBTED.delivery_table()
    assert "● done ?" in DOUBTED.delivery_table()


def unverified(plain: object, place: str = "") -> Iterator[str]:
    """Where plain values say that something is unverified."""
    if isinstance(plain, dict):
        if plain.get("verification") == "unverified":
            yield place
        for name, each in plain.items():
            yield from unverified(each, f"{place}.{name}")
    elif isinstance(plain, list):
        for each in plain:
            yield from unverified(each, place)


def test_plain_values_and_rows_mark_it() -> None:
    places = {*unverified(DOUBTED.to_dict())}
    assert places >= {
        ".results.observation",
        ".quotas.observation",
        ".deliverables",
        ".deliverables.report",
        ".phases",
        ".workstreams",
        ".tasks",
        ".tasks.parts",
        ".departments",
        ".departments.tasks",
    }
    assert not {*unverified(SOUND.to_dict())}
    assert '"unverified"' in DOUBTED.to_json()
    assert "unverified" in csv_text([result_row(DOUBTED["alpha"])], ROW_FIELDS)
    card = DOUBTED.departments["finance"]
    assert "unverified" in csv_text(scorecard_rows(card), SCORECARD_FIELDS)
    assert "unverified" not in csv_text(
        scorecard_rows(SOUND.departments["finance"]), SCORECARD_FIELDS
    )


def test_a_sub_plan_and_what_was_not_used_are_marked() -> None:
    figure = {"indicator": "acre", "period": 2017, "value": 5, "verification": "unverified"}
    found = SMALL.assess([figure], as_of=2018)
    assert "50.0 of 100 (coverage 100% of what is due) (? UNVERIFIED)" in found.to_table()
    earlier = {"indicator": "alpha", "period": 2016, "value": 5, "verification": "unverified"}
    assert "2016 (? UNVERIFIED)" in SMALL.assess([earlier, *GIVEN], as_of=2018).to_table()


def test_what_does_not_count_does_not_mark_the_whole() -> None:
    twin = {"indicator": "beta", "period": 2017, "value": 9, "verification": "unverified"}
    found = SMALL.assess([*GIVEN, twin], as_of=2018)
    assert is_unverified(found.quotas["beta"])
    assert not is_unverified(found.tasks["2.1"])
    assert not is_unverified("something else")
