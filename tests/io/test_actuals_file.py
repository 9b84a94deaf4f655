"""Actuals from CSV: long and wide, in several encodings, and every problem by row and column."""

from pathlib import Path

import pytest

import ipplan
from ipplan import Actuals, ActualsError, Plan, Verification
from ipplan.errors import shown
from tests.plans.gansu_2016_retyped import TABLE

GANSU = ipplan.load("gansu-2016")
EXAMPLES = Path(__file__).parents[2] / "examples"


def read(tmp_path: Path, text: str, encoding: str = "utf-8", plan: Plan = GANSU) -> Actuals:
    file = tmp_path / "actuals.csv"
    file.write_bytes(text.encode(encoding))
    return ipplan.read_actuals(file, plan)


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ActualsError) as caught:
        read(tmp_path, text)
    return [str(problem) for problem in caught.value.problems]


LONG = "indicator,period,value,unit\npct_applications,2018,39,件\n质押融资金额,2017,224000,万元\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, LONG, encoding)
    assert [each.value for each in found.observations] == [39.0, 22.4]
    assert [each.unit for each in found.observations] == ["件", "亿元"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    assert len(read(tmp_path, LONG.replace(",", delimiter))) == 2


def test_chinese_headers_and_all_columns(tmp_path: Path) -> None:
    text = (
        "指标,年份,数值,单位,来源,网址,备注,核实\n"
        "质押融资金额,2017年,22.4,亿元,某报,http://example.org,一条备注,derived\n"
    )
    [found] = read(tmp_path, text).observations
    assert (found.indicator, str(found.period), found.value) == ("pledge_financing", "2017", 22.4)
    assert (found.source, found.address, found.note) == ("某报", "http://example.org", "一条备注")
    assert found.verification is Verification.DERIVED
    assert found.place == "actuals.csv row 2"


def test_wide_like_the_plans_own_table(tmp_path: Path) -> None:
    rows = [
        ",".join((f"{name}({unit})", *(figure.lstrip(">") for figure in figures.values())))
        for name, (unit, figures) in TABLE.items()
    ]
    found = read(tmp_path, "\n".join(("指标,2016年,2017年,2020年", *rows)))
    assert len(found) == 30
    assert GANSU.assess(found, as_of=2017).score == 100.0


def test_an_empty_cell_of_a_wide_file_is_nothing_reported(tmp_path: Path) -> None:
    found = read(tmp_path, "indicator,unit,2016,2017-H1\npct_applications,件,,12\n")
    [observation] = found.observations
    assert str(observation.period) == "2017-H1"
    assert GANSU.assess(found, as_of=2016)["pct_applications"].state.value == "missing"


def test_blank_lines_do_not_count_and_rows_are_numbered_as_in_a_sheet(tmp_path: Path) -> None:
    text = 'indicator,period,value\n\npct_applications,2018,"3\n9"\n,,\npct_applications,2019,x\n'
    first, second = problems(tmp_path, text)
    assert first.startswith("actuals.csv row 3, column value")
    assert second.startswith("actuals.csv row 5, column value")


def test_every_bad_row_is_told_in_the_order_of_rows(tmp_path: Path) -> None:
    text = (
        "indicator,period,value,unit\n"
        "pct_aplications,2018,39,件\n"
        "pct_applications,2018\n"
        'pct_applications,2018,"1,000",件\n'
        "pct_applications,2018x,约20,件\n"
        "pledge_financing,2017,3 件,\n"
        "pledge_financing,2017,,亿元\n"
        "case_growth,1916,20,%\n"
        "case_growth,2016,20,%\n"
        "case_growth,2016,21,%\n"
    )
    found = problems(tmp_path, text)
    assert [problem.split(":")[0] for problem in found] == [
        "actuals.csv row 2, column indicator",
        "actuals.csv row 3",
        "actuals.csv row 4, column value",
        "actuals.csv row 5, column period",
        "actuals.csv row 5, column value",
        "actuals.csv row 6, column value",
        "actuals.csv row 7, column value",
        "actuals.csv row 8, column period",
        "actuals.csv row 10",
    ]
    assert "expected 4 cells, as in the header, found 2" in found[1]


@pytest.mark.parametrize("cell", ["1,000", "约20", "—", "NaN", "inf", "0x10", "٣", "1_0", "1e5"])
def test_a_bad_cell_of_a_wide_file_has_its_column(tmp_path: Path, cell: str) -> None:
    [problem] = problems(tmp_path, f'indicator,2016,2017\npct_applications,1,"{cell}"\n')
    assert problem.startswith("actuals.csv row 2, column 2017: expected a ")
    assert shown(cell) in problem or "x10" in problem


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("indicator,period", "expected a column value (or actual, "),
        ("period,value", "expected a column indicator (or id, "),
        ("indicator,period,value,colour", "column 4: expected a header like kind"),
        ("indicator,period,value,unti", "near: unit"),
        ("indicator,period,value,数值", "found '数值' beside 'value'"),
        ("indicator,2016,2016年", "expected one column for 2016, found '2016年' beside '2016'"),
        ("indicator,2016,value", "expected columns of periods, or one of period and one of value"),
        ("indicator,", "found ''"),
    ],
)
def test_a_bad_header_is_told(tmp_path: Path, header: str, words: str) -> None:
    found = problems(tmp_path, f"{header}\npct_applications,2016,1\n")
    assert any(words in problem for problem in found)
    assert all(problem.startswith("actuals.csv row 1") for problem in found)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    assert "expected a header row and rows of figures, found nothing" in problems(tmp_path, "")[0]


def test_what_is_no_csv_is_told(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, 'indicator,period,value\n"pct"x,1,2\n')
    assert problem.startswith("actuals.csv row 2: expected CSV")


def test_bytes_in_no_known_encoding_are_told(tmp_path: Path) -> None:
    file = tmp_path / "actuals.csv"
    file.write_bytes(b"indicator,\xff\xff\xff")
    with pytest.raises(ActualsError, match="expected text in UTF-8 or GBK"):
        ipplan.read_actuals(file, GANSU)
    file.write_bytes(b"\xef\xbb\xbfindicator,\xff")
    with pytest.raises(ActualsError, match="save it as CSV UTF-8"):
        ipplan.read_actuals(file, GANSU)


def test_a_directory_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        ipplan.read_actuals(tmp_path, GANSU)


def test_the_published_figures_of_gansu() -> None:
    actuals = ipplan.read_actuals(EXAMPLES / "gansu-actuals.csv", GANSU)
    assert all(each.source and each.address for each in actuals.observations)
    assert [
        (report.taken.value, [other.value for other in report.conflicts])
        for report in actuals.conflicts
    ] == [(1.59, [1.58])]
    values = [each.value for each in actuals.observations]
    assert 2.3 not in values  # the yearly targets of 2017 and 2018 are no actuals
    assert 2.65 not in values
    found = GANSU.assess(actuals, as_of=2017)
    assert {id for id in found if found[id].state.value == "scored"} == {
        "invention_patents_per_10k",
        "pct_applications",
        "pledge_financing",
    }
    assert found.coverage == 0.3
    assert found.score == pytest.approx((100 + 100 * 8 / 26 + 100) / 3, rel=1e-12)


def test_a_damaged_utf8_file_is_not_read_as_gbk(tmp_path: Path) -> None:
    file = tmp_path / "actuals.csv"
    text = "indicator,period,value,source\npct_applications,2018,39,甘肃日报报告\n"
    file.write_bytes(text.encode()[:-3] + b"\n")
    with pytest.raises(ActualsError, match="UTF-8 that is broken at byte"):
        ipplan.read_actuals(file, GANSU)


def test_an_unknown_indicator_without_any_figure_is_told(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, "indicator,2016,2017\nnosuch,,\npct_applications,,\n")
    assert problem.startswith("actuals.csv row 2, column indicator: expected the id or the name")
