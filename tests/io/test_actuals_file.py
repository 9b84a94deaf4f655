"""Actuals from CSV: long and wide, in several encodings, and every problem by row and column."""

from pathlib import Path

import pytest

import ipplan
from ipplan import Actuals, ActualsError, Delivery, Origin, Plan, Verification
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


# Benchmarks and reports of deliverables

COMBINED = (
    "kind,indicator,period,value,unit,origin,status,share,date,reason,evidence\n"
    "actual,pct_applications,2018,39,件,statistics,,,,,\n"
    "benchmark,patent_use,2020,1.2,,,,,,,\n"
    "deliverable,3.1.1.2,2017,,,,done,,2016-12-01,,a notice\n"
    ",质押融资金额,2017,22.4,亿元,,,,,,\n"
)
CHINESE = (
    "类型,指标,时期,数值,单位,填报方,状态,完成比例,完成日期,原因,佐证\n"
    "指标,pct_applications,2018年,39,件,统计部门,,,,,\n"
    "基准,patent_use,2020年,1.2,,,,,,,\n"
    "交付,3.1.1.2,2017年,,,,已完成,,2016-12-01,,a notice\n"
    "实际,质押融资金额,2017年,22.4,亿元,,,,,,\n"
)


@pytest.mark.parametrize("text", [COMBINED, CHINESE])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_combined_file(tmp_path: Path, text: str, encoding: str) -> None:
    found = read(tmp_path, text, encoding)
    first, second = found.observations
    assert (first.indicator, first.origin) == ("pct_applications", Origin.STATISTICS)
    assert (second.indicator, second.place) == ("pledge_financing", "actuals.csv row 5")
    [benchmark], [report] = found.benchmarks, found.reports
    assert (benchmark.indicator, benchmark.value) == ("patent_use", 1.2)
    assert (report.status, str(report.date), str(report.period)) == (
        Delivery.DONE, "2016-12-01", "2017",
    )  # fmt: skip
    assert (report.evidence, report.place) == ("a notice", "actuals.csv row 4")


@pytest.mark.parametrize(
    "text",
    [
        (
            "deliverable,status,period,share,date,reason\n"
            "3.1.1.1,in progress,2016,60%,,\n3.1.1.2,done,,,2016-12-01,\n"
            "3.1.1.3,cancelled,2017,,,merged\n3.1.1.4,not_started,2016,,,\n"
        ),
        (
            "应交付事项,进展,时期,完成比例,完成日期,取消原因\n"
            "3.1.1.1,进行中,2016年,60％,,\n3.1.1.2,已完成,,,2016-12-01,\n"
            "3.1.1.3,已取消,2017年,,,merged\n3.1.1.4,未开始,2016年,,,\n"
        ),
    ],
)
def test_a_file_of_deliverables_alone(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert [each.status for each in found.reports] == [
        Delivery.IN_PROGRESS, Delivery.DONE, Delivery.CANCELLED, Delivery.NOT_STARTED,
    ]  # fmt: skip
    assert (found.reports[0].share, found.reports[2].reason) == (0.6, "merged")
    assert [str(each.period) for each in found.reports] == ["2016", "2016-12-01", "2017", "2016"]
    assert found.observations == ()


def test_a_faulty_report_is_told_by_row_and_column(tmp_path: Path) -> None:
    text = (
        "deliverable,state,period,progress,done,原因\n"
        "3.1.1.2,done,,,2015-12-01,\n9.9.9,done,,,2016-12-01,\n3.1.1.1,in progress,2016,1.5,,\n"
        "3.1.1.3,cancelled,2016,,,\n3.1.1.4,done,2016,,,\n3.1.1.4,,2016,,,\n3.1.1.1,done,,,2016,\n"
        "3.1.1.1,not_started,2016,,,\n"
    )
    found = problems(tmp_path, text)
    places = [problem.split(": ")[0].removeprefix("actuals.csv ") for problem in found]
    assert places == [
        "row 2, column done", "row 3, column deliverable", "row 4, column progress",
        "row 5, column 原因", "row 6, column done", "row 7, column state", "row 9",
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["date", "日期", "完成日期"])
def test_in_a_file_of_figures_a_date_is_the_period(tmp_path: Path, header: str) -> None:
    [found] = read(tmp_path, f"indicator,{header},value\npct_applications,2018-06,3\n").observations
    assert str(found.period) == "2018-06"
    [problem] = problems(tmp_path, f"indicator,{header},value\npct_applications,x,3\n")
    assert problem.startswith(f"actuals.csv row 2, column {header}: ")


def test_beside_a_period_a_date_of_a_figure_is_told(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, "indicator,period,date,value\npct_applications,2018,2018-06,3\n")
    assert "column date: expected no date of what is actual" in problem


def test_a_wide_file_with_benchmarks(tmp_path: Path) -> None:
    text = "类型,指标,2019,2020\n基准,patent_use,1,1.2\n,patent_use,,0.9\n基准,case_growth,,\n"
    found = read(tmp_path, text)
    assert [(each.period.year, each.value) for each in found.benchmarks] == [(2019, 1), (2020, 1.2)]
    assert [(each.period.year, each.value) for each in found.observations] == [(2020, 0.9)]
    again = problems(tmp_path, text + "基准,patent_use,2,\n")
    assert len(again) == 1
    assert again[0].startswith("actuals.csv row 5, column 2019: expected one value a source")


def test_a_report_in_a_wide_file_has_its_own_time(tmp_path: Path) -> None:
    header = "kind,indicator,status,share,date,2016,2017\n"
    [report] = read(tmp_path, header + "deliverable,3.1.1.2,done,,2017-03-01,,\n").reports
    assert str(report.period) == "2017-03-01"
    [problem] = problems(tmp_path, header + "deliverable,3.1.1.2,in_progress,0.5,,,\n")
    assert problem == "actuals.csv row 2: expected when it was so, found none"
    [problem] = problems(tmp_path, header + "deliverable,3.1.1.2,done,,2017-03-01,5,\n")
    assert "column 2016: expected no value of a deliverable" in problem


def test_ragged_repeated_and_faulty_rows_are_told_in_their_order(tmp_path: Path) -> None:
    text = (
        "indicator,period,value\npct_applications,2018,3\npct_applications,2018,4\n"
        "pct_applications,2017\npct_applications,2017,5\nnope,2017,5\npct_applications,2016,1,2\n"
    )
    file = tmp_path / "actuals.csv"
    file.write_text(text, encoding="utf-8")
    places = [f"actuals.csv row {row}" for row in ("3", "4", "6, column indicator", "7")]
    assert [problem.split(": ")[0] for problem in problems(tmp_path, text)] == places
    found = ipplan.read_actuals(file, GANSU, faulty="set_aside")
    assert [each.place for each in found.problems] == ["actuals.csv row 2", *places]
    assert [each.value for each in found.observations] == [5.0]


def test_two_files_at_once(tmp_path: Path) -> None:
    for name, rows in {
        "b.csv": "pct_applications,2018,3,s\npct_applications,2017\nx,2018,1,\n",
        "a.csv": "pct_applications,2018,4,s\npct_applications,2016\n",
    }.items():
        (tmp_path / name).write_text(f"indicator,period,value,source\n{rows}", encoding="utf-8")
    files = [tmp_path / "b.csv", str(tmp_path / "a.csv")]
    found = ipplan.read_actuals(files, GANSU, faulty="set_aside")
    assert [each.place for each in found.problems] == [
        "b.csv row 2", "b.csv row 3", "b.csv row 4, column indicator", "a.csv row 2",
        "a.csv row 3",
    ]  # fmt: skip
    assert "4.0 beside 3.0 at b.csv row 2" in found.problems[3].found
    assert len(found) == 0
    assert len(ipplan.read_actuals([], GANSU)) == 0


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    files = [tmp_path / folder / "actuals.csv" for folder in ("north", "south")]
    for file in files:
        file.parent.mkdir()
        file.write_text("indicator,period,value\nnope,2018,1\n", encoding="utf-8")
    found = ipplan.read_actuals(files, GANSU, faulty="set_aside")
    assert [each.place for each in found.problems] == [
        f"{file.as_posix()} row 2, column indicator" for file in files
    ]


@pytest.mark.parametrize("faulty", ["refuse", "set_aside"])
def test_files_that_are_no_tables_are_all_told(tmp_path: Path, faulty: str) -> None:
    for name, content in {
        "a.csv": b"", "b.csv": b"indicator,wert\n", "c.csv": b"\x81\xff\xff", "d.csv": b'a,"b\n',
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ActualsError) as caught:
        ipplan.read_actuals(sorted(tmp_path.iterdir()), GANSU, faulty=faulty)
    assert list(dict.fromkeys(each.place[:5] for each in caught.value.problems)) == [
        "a.csv", "b.csv", "c.csv", "d.csv",
    ]  # fmt: skip
