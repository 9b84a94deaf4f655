"""Progress words while a plan runs, final words when a target is due, never mixed; and scales."""

import copy
import pickle
from typing import Any

import pytest

from ipplan import Band, ModelError, Status, StatusClass, StatusScale, Text, Words, words
from ipplan.status import (
    ARROWS,
    DELIVERABLES,
    EUROSTAT_WITHOUT_TARGET,
    FINAL,
    FISCAL,
    HEALTHY_PEOPLE,
    HELD,
    PROGRESS,
    PROJECTION,
    SCALES,
    STATCAN,
    STATCAN_SCORES,
    STATCAN_WITHOUT_TARGET,
    TIME_SHARE,
    WORDS,
    Graded,
)

# The colours of Okabe and Ito (2008), and black.
OKABE_ITO = {
    "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
}  # fmt: skip
SINGLE = [
    *(scale for scale in SCALES.values() if isinstance(scale, StatusScale)),
    WORDS.progress,
    WORDS.final,
    TIME_SHARE.progress,
    TIME_SHARE.final,
]
NAMED = pytest.mark.parametrize("scale", SINGLE, ids=lambda scale: scale.name)


@pytest.mark.parametrize(
    ("attainment", "word"),
    [
        (1.2, Status.AHEAD),
        (1.05, Status.AHEAD),
        (1.05 - 1e-12, Status.AHEAD),
        (1.04, Status.ON_TRACK),
        (0.95, Status.ON_TRACK),
        (0.949, Status.BEHIND),
        (-1.0, Status.BEHIND),
    ],
)
def test_progress_words(attainment: float, word: StatusClass) -> None:
    assert PROGRESS.of(attainment) is word


def test_a_target_met_early_comes_first() -> None:
    assert PROGRESS.of(0.1, achieved=True) is Status.ACHIEVED_EARLY


@pytest.mark.parametrize(
    ("attainment", "achieved", "exceeded", "overdue", "word"),
    [
        (1.2, True, True, False, Status.EXCEEDED),
        (1.2, True, False, False, Status.MET),
        (1.0, True, False, False, Status.MET),
        (1.0, False, False, False, Status.NEARLY_MET),
        (0.9, False, False, False, Status.NEARLY_MET),
        (0.89, False, False, False, Status.NOT_MET),
        (1.2, False, True, False, Status.NEARLY_MET),
        (0.99, False, False, True, Status.OVERDUE),
        (1.2, True, True, True, Status.EXCEEDED),
        (1.0, True, False, True, Status.MET),
    ],
)
def test_final_words(
    attainment: float, achieved: bool, exceeded: bool, overdue: bool, word: StatusClass
) -> None:
    found = FINAL.of(attainment, achieved=achieved, exceeded=exceeded, overdue=overdue)
    assert found is word
    assert found not in PROGRESS.classes


def test_a_scale_without_the_special_classes_goes_by_its_thresholds() -> None:
    for flags in ({"achieved": True}, {"achieved": True, "exceeded": True}, {"overdue": True}):
        assert FISCAL.of(85.0, **flags).id == "good"
    assert PROGRESS.of(1.2, achieved=True, exceeded=True) is Status.ACHIEVED_EARLY
    assert HELD.of(7.0).id == "target_open"
    assert HELD.of(-7.0, achieved=True).id == "target_holds"
    assert DELIVERABLES.achieved is None
    assert DELIVERABLES.of(0.5, achieved=True).id == "partly"
    assert DELIVERABLES.of(1.0, achieved=True).id == "fully"


def test_whether_a_target_holds_is_told_without_the_final_words() -> None:
    assert [(each.text.zh, each.text.en) for each in HELD.classes] == [
        ("尚未达到目标", "target not reached yet"),
        ("已达到目标", "target holds"),
    ]
    final = {each.id for each in FINAL.classes} | {each.text for each in FINAL.classes}
    assert not final & {each.id for each in HELD.classes}
    assert not final & {each.text for each in HELD.classes}


def test_healthy_people_are_met_by_the_bound_alone() -> None:
    assert [band.threshold for band in HEALTHY_PEOPLE.bands] == [-0.10, 0.10]
    for value in (-0.5, 0.0, 0.5, 1.0, 1.5):
        assert HEALTHY_PEOPLE.of(value, achieved=True).id == "met_or_exceeded"
        assert HEALTHY_PEOPLE.of(value).id != "met_or_exceeded"
    assert HEALTHY_PEOPLE.classes[-1].id == "met_or_exceeded"


def test_the_words_have_nine_classes_and_the_two_vocabularies_share_none() -> None:
    own = {each for each in vars(Status).values() if isinstance(each, StatusClass)}
    assert len(own) == 9
    assert {*PROGRESS.classes} | {*FINAL.classes} == own
    assert not {*PROGRESS.classes} & {*FINAL.classes}
    assert (WORDS.name, TIME_SHARE.name) == ("words", "time_share")


def test_thresholds_of_the_words_may_be_others() -> None:
    mine = words(ahead=1.2, on_track=0.8, nearly_met=0.5)
    assert mine.progress.of(1.1) is Status.ON_TRACK
    assert mine.progress.of(0.79) is Status.BEHIND
    assert mine.final.of(0.5) is Status.NEARLY_MET
    assert words() == WORDS
    of_time: Any = {"ahead": 0.05, "on_track": -0.05, "nearly_met": -0.1}
    assert words(**of_time, name="time_share") == TIME_SHARE
    unnamed = words(**of_time)
    assert (unnamed.name, unnamed.progress, unnamed.final) == (
        "words",
        TIME_SHARE.progress,
        TIME_SHARE.final,
    )


def test_words_may_have_a_name_of_their_own() -> None:
    mine = words(name="mine")
    assert mine.name == "mine"
    assert (mine.progress, mine.final) == (WORDS.progress, WORDS.final)
    assert mine != WORDS
    assert Words(progress=PROGRESS, final=FINAL) == WORDS
    for bad in ("", "My words", None, 5):
        given: Any = bad
        with pytest.raises(ModelError, match="name: expected a snake_case id"):
            words(name=given)


def test_thresholds_in_the_wrong_order_are_refused() -> None:
    for options in ({"on_track": 1.1}, {"ahead": 0.95}, {"ahead": -1}):
        with pytest.raises(ModelError, match=r"bands\[1\]\.threshold: expected more than"):
            words(**options)
    with pytest.raises(ModelError) as caught:
        words(on_track=1.1)
    assert str(caught.value) == (
        "bands[1].threshold: expected more than 1.1, the one before, found 1.05"
    )
    with pytest.raises(ModelError, match="threshold: expected zero, or a number between"):
        words(nearly_met=float("nan"))


def test_two_scales_are_wanted_for_words() -> None:
    bad: Any = {"name": "My words", "progress": WORDS, "final": "final"}
    with pytest.raises(ModelError) as caught:
        Words(**bad)
    assert [(each.place, each.expected) for each in caught.value.problems] == [
        ("name", "a snake_case id of at most 64 characters"),
        ("progress", "StatusScale"),
        ("final", "StatusScale"),
    ]


@NAMED
def test_every_class_has_a_word_in_both_languages_a_colour_and_a_symbol(scale: StatusScale) -> None:
    for each in scale.classes:
        assert each.text.zh
        assert each.text.en
        assert each.value == each.id
        assert each.colour in OKABE_ITO
        assert len(each.symbol) == 1


@NAMED
def test_classes_of_a_scale_are_told_apart_by_word_and_symbol(scale: StatusScale) -> None:
    ids = [each.id for each in scale.classes]
    assert len({*ids}) == len(ids)
    assert len({each.text for each in scale.classes}) == len(ids)
    symbols = {each.id: each.symbol for each in scale.classes}
    if scale is ARROWS:  # who is green already keeps the arrow up
        assert symbols.pop("achieved") == symbols["on_track"] == "↑"
    assert len({*symbols.values()}) == len(symbols)


def test_one_id_has_one_look_in_all_of_a_familys_scales() -> None:
    words = [scale for each in (WORDS, TIME_SHARE) for scale in (each.progress, each.final)]
    for family in ((STATCAN, STATCAN_WITHOUT_TARGET, STATCAN_SCORES), (*words, HELD)):
        looks = {(each.id, each) for scale in family for each in scale.classes}
        assert len(looks) == len({id for id, _ in looks})


def test_a_scale_is_found_by_its_name() -> None:
    assert SCALES["words"] is WORDS
    assert SCALES["time_share"] is TIME_SHARE
    for name, scale in SCALES.items():
        assert scale.name == name
    assert [*SCALES] == [
        "words",
        "time_share",
        "held",
        "statcan",
        "statcan_without_target",
        "statcan_scores",
        "eurostat",
        "eurostat_without_target",
        "arrows",
        "projection",
        "healthy_people",
        "fiscal",
        "deliverables",
    ]


EXCLUSIVE = {
    ("eurostat_without_target", -0.01),
    ("eurostat_without_target", -0.001),
    ("healthy_people", -0.10),
}
"""The thresholds that do not belong to the class above them, as their sources have it."""
BANDS = [
    pytest.param(scale, place, id=f"{scale.name} {band.threshold:g}")
    for scale in SINGLE
    for place, band in enumerate(scale.bands)
]


@pytest.mark.parametrize(("scale", "place"), BANDS)
def test_each_threshold_is_inclusive_or_not_and_rounding_decides_nothing(
    scale: StatusScale, place: int
) -> None:
    band = scale.bands[place]
    lower = scale.bands[place - 1].status if place else scale.below
    inclusive = (scale.name, band.threshold) not in EXCLUSIVE
    assert band.inclusive is inclusive
    at = band.status if inclusive else lower
    for noise in (0.0, 9e-10, -9e-10):
        assert scale.of(band.threshold + noise) is at
        assert band.reached_by(band.threshold + noise) is inclusive
    assert scale.of(band.threshold + 1e-6) is band.status
    assert scale.of(band.threshold - 1e-6) is lower
    assert scale.classes[place] is lower
    assert scale.classes[place + 1] is band.status


@pytest.mark.parametrize(
    ("scale", "value", "id"),
    [
        (FISCAL, 90, "excellent"),
        (FISCAL, 89.99, "good"),
        (FISCAL, 60, "fair"),
        (FISCAL, 59, "poor"),
        (DELIVERABLES, 1.0, "fully"),
        (DELIVERABLES, 0.9, "basically"),
        (DELIVERABLES, 0.19, "none"),
        (ARROWS, 1.0, "on_track"),
        (ARROWS, 0.5, "improving"),
        (ARROWS, -0.01, "decreasing"),
        (PROJECTION, 0.95, "on_track"),
        (PROJECTION, 0.09, "little_or_none"),
        (HEALTHY_PEOPLE, 1.0, "improving"),
        (HEALTHY_PEOPLE, 0.10, "improving"),
        (HEALTHY_PEOPLE, 0.0, "little_or_none"),
        (HEALTHY_PEOPLE, -0.10, "getting_worse"),
        (EUROSTAT_WITHOUT_TARGET, 0.001, "some_progress"),
        (EUROSTAT_WITHOUT_TARGET, -0.001, "some_regress"),
        (EUROSTAT_WITHOUT_TARGET, -0.01, "clear_regress"),
        (EUROSTAT_WITHOUT_TARGET, 0.0, "hardly_any_change"),
        (STATCAN_WITHOUT_TARGET, 0.015, "substantial_progress"),
        (STATCAN_WITHOUT_TARGET, 0.015 - 1e-15, "substantial_progress"),
        (STATCAN_WITHOUT_TARGET, 0.014999, "moderate_progress"),
        (STATCAN_SCORES, -5.0, "deterioration"),
        (STATCAN_SCORES, 5.0, "substantial_progress"),
    ],
)
def test_the_classes_of_the_sources(scale: StatusScale, value: float, id: str) -> None:
    assert scale.of(value).id == id


def test_classes_are_ranked_and_the_special_ones_come_last() -> None:
    assert [each.id for each in FINAL.classes] == [
        "not_met",
        "nearly_met",
        "met",
        "exceeded",
        "overdue",
    ]
    assert [each.id for each in HELD.classes] == ["target_open", "target_holds"]
    assert [each.id for each in HEALTHY_PEOPLE.classes] == [
        "getting_worse",
        "little_or_none",
        "improving",
        "met_or_exceeded",
    ]
    assert [each.id for each in DELIVERABLES.classes] == [
        "none",
        "little",
        "partly",
        "basically",
        "fully",
    ]
    once = StatusScale(name="once", below=Status.MET, achieved=Status.MET)
    assert once.classes == (Status.MET,)


def test_a_threshold_may_be_exclusive_and_achieved_may_be_absent() -> None:
    good = FISCAL.bands[-1].status
    scale = StatusScale(
        name="mine",
        below=FISCAL.below,
        bands=[Band(status=good, threshold=1.0, inclusive=False)],
    )
    assert scale.of(1.0) is FISCAL.below
    assert scale.of(1.0 + 1e-6) is good
    assert scale.of(0.0, achieved=True) is FISCAL.below
    assert STATCAN.of(-1.0, achieved=True).id == "target_achieved"


def test_a_scale_grades_values_or_scores() -> None:
    assert StatusScale(name="mine", below=Status.MET, graded="score").graded is Graded.SCORE
    by_score = [scale.name for scale in SINGLE if scale.graded is Graded.SCORE]
    assert by_score == ["statcan_scores", "fiscal"]
    with pytest.raises(ModelError, match="graded: expected one of value, score, found 'scores'"):
        StatusScale(name="mine", below=Status.MET, graded="scores")


def test_overlapping_bands_and_odd_classes_are_refused() -> None:
    one, two = FISCAL.bands[:2]
    with pytest.raises(ModelError, match=r"bands\[1\]\.threshold: expected more than 80"):
        StatusScale(name="mine", below=FISCAL.below, bands=[two, one])
    with pytest.raises(ModelError, match=r"bands\[2\]\.threshold: expected more than 80"):
        StatusScale(name="mine", below=FISCAL.below, bands=[one, two, two])
    with pytest.raises(ModelError, match="colour: expected a colour like #0072B2, found 'red'"):
        StatusClass(id="a", text=FISCAL.below.text, colour="red", symbol="x")
    for symbol in ("", "xx", "\n", None):
        with pytest.raises(ModelError, match="symbol: expected one printable character"):
            StatusClass(id="a", text=FISCAL.below.text, colour="#000000", symbol=symbol)


def test_all_that_is_wrong_is_told_at_once() -> None:
    bad: Any = {"id": "A", "text": "a", "colour": "#00", "symbol": 5}
    with pytest.raises(ModelError) as caught:
        StatusClass(**bad)
    assert [each.place for each in caught.value.problems] == ["id", "text", "colour", "symbol"]
    bad = {"status": "met", "threshold": "1", "inclusive": 1}
    with pytest.raises(ModelError) as caught:
        Band(**bad)
    assert [each.place for each in caught.value.problems] == ["status", "threshold", "inclusive"]
    bad = {"name": "", "below": 1, "bands": [1], "achieved": 2, "exceeded": 3, "overdue": 4}
    with pytest.raises(ModelError) as caught:
        StatusScale(**bad, graded="x")
    assert [each.place for each in caught.value.problems] == [
        "name",
        "below",
        "bands[0]",
        "achieved",
        "exceeded",
        "overdue",
        "graded",
    ]


# Palettes


def test_a_palette_changes_colours_and_symbols_wherever_the_class_stands() -> None:
    palette = {"not_met": ("#000000", "!"), "nearly_met": ("#F0E442", "~"), "met": ("#CC79A7", "+")}
    palette |= {"exceeded": ("#56B4E9", "*"), "overdue": ("#D55E00", "-")}
    mine = FINAL.with_palette(palette)
    assert {each.id: (each.colour, each.symbol) for each in mine.classes} == palette
    assert [each.text for each in mine.classes] == [each.text for each in FINAL.classes]
    assert mine.of(0.9).symbol == "~"
    assert mine.of(0.9, achieved=True, exceeded=True).symbol == "*"
    assert [band.threshold for band in mine.bands] == [band.threshold for band in FINAL.bands]


def test_a_palette_leaves_the_rest_and_the_original_as_they_are() -> None:
    before = copy.deepcopy(STATCAN)
    mine = STATCAN.with_palette({"deterioration": ("#000000", "!")})
    assert before == STATCAN
    assert mine.classes[1:] == STATCAN.classes[1:]
    assert mine.below.colour == "#000000"
    assert STATCAN.with_palette({}) == STATCAN


def test_a_palette_of_the_words_changes_both_vocabularies() -> None:
    mine = WORDS.with_palette({"behind": ("#000000", "!"), "not_met": ("#CC79A7", "+")})
    assert (mine.progress.below.colour, mine.progress.below.symbol) == ("#000000", "!")
    assert (mine.final.below.colour, mine.final.below.symbol) == ("#CC79A7", "+")
    assert mine.progress.classes[1:] == PROGRESS.classes[1:]
    assert mine.final.classes[1:] == FINAL.classes[1:]
    assert (mine.name, mine.progress.below.text) == ("words", Status.BEHIND.text)
    assert WORDS.progress.below is Status.BEHIND
    assert WORDS.with_palette({}) == WORDS
    both = Words(progress=FISCAL, final=FISCAL).with_palette({"poor": ("#000000", "!")})
    assert both.progress.below == both.final.below
    assert both.final.below.symbol == "!"


def test_an_unknown_class_of_a_palette_of_the_words_lists_those_of_both() -> None:
    with pytest.raises(ModelError) as caught:
        WORDS.with_palette({"behnd": ("#000000", "!"), "not_mt": ("#000000", "!"), "met": 5})
    first, second, third = caught.value.problems
    assert first.place == "palette.behnd"
    assert {*first.expected.removeprefix("one of ").split(", ")} == {
        each.id for each in (*PROGRESS.classes, *FINAL.classes)
    }
    assert (first.found, first.hint) == ("'behnd'", "near: behind")
    assert (second.place, second.hint) == ("palette.not_mt", "near: not_met")
    assert (third.place, third.expected, third.found) == ("palette.met", "(colour, symbol)", "5")
    with pytest.raises(ModelError, match="colour: expected a colour like #0072B2, found 'blue'"):
        WORDS.with_palette({"overdue": ("blue", "!")})


def test_an_unknown_class_of_a_palette_lists_the_classes_and_near_ones() -> None:
    with pytest.raises(ModelError) as caught:
        STATCAN.with_palette({"deteriorated": ("#000000", "!"), "zzz": ("#000000", "!")})
    classes = (
        "deterioration, limited_progress, moderate_progress, substantial_progress, target_achieved"
    )
    first, second = caught.value.problems
    assert (first.place, first.expected) == ("palette.deteriorated", f"one of {classes}")
    assert (first.found, first.hint) == ("'deteriorated'", "near: deterioration")
    assert (second.place, second.found, second.hint) == ("palette.zzz", "'zzz'", "")


def test_a_bad_colour_or_symbol_of_a_palette_is_refused() -> None:
    with pytest.raises(ModelError, match="colour: expected a colour like #0072B2, found 'blue'"):
        STATCAN.with_palette({"deterioration": ("blue", "!")})
    with pytest.raises(ModelError, match="symbol: expected one printable character, found '!!'"):
        STATCAN.with_palette({"target_achieved": ("#000000", "!!")})


@pytest.mark.parametrize("scale", [*SCALES.values()], ids=[*SCALES])
def test_a_scale_pickles_and_hashes(scale: StatusScale | Words) -> None:
    assert pickle.loads(pickle.dumps(scale)) == scale
    assert hash(copy.deepcopy(scale)) == hash(scale)


def test_a_class_is_a_value() -> None:
    again = StatusClass(
        id="met", text=Text(zh="完成", en="met"), colour=Status.MET.colour, symbol="●"
    )
    assert again == Status.MET
    assert again != Status.EXCEEDED
