"""The shipped plan against a table typed a second time from the plan's text."""

import unicodedata

import pytest

import ipplan
from ipplan import BoundKind, Lang, TaskKind
from ipplan.model.bound import Bound
from ipplan.model.links import PartKind
from ipplan.model.trajectory import Reference
from tests.plans.gansu_2016_retyped import (
    ALL_OF_SOMETHING,
    AT_THE_LEVEL_OF_OTHERS,
    CITIES_AND_PREFECTURES,
    DELIVERABLES,
    FIGURES,
    GROWING,
    INDICATOR_TASKS,
    NO_YEAR,
    NOT_EVERY_YEAR_IN_EACH_PHASE,
    PHASE_CLAUSES,
    PHASE_QUOTAS,
    PHASES,
    QUOTA_TASKS,
    SAFEGUARDS,
    SAME_AS,
    SECTION_NAMES,
    TABLE,
    TARGETS_OF_2020,
    TASKS,
    WORKSTREAMS,
    YEARLY_QUOTAS,
    ZONE,
)

PLAN = ipplan.load("gansu-2016")
ZONE_PLAN = PLAN.subplans["lanzhou-baiyin"]
IDS = [
    "invention_patents_per_10k",
    "pct_applications",
    "pledge_financing",
    "case_growth",
    "case_closure_rate",
    "strong_cities",
    "strong_counties",
    "strong_enterprises",
    "service_agencies",
    "fiscal_input",
]


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def bound(written: str) -> Bound:
    """The bound that a figure of the retyped tables stands for; a plain one is at least."""
    if "—" in written:
        return Bound.between(*map(float, written.split("—")))
    if written.startswith(">"):
        return Bound.more_than(float(written[1:]))
    return Bound.at_least(float(written.removeprefix("≥")))


def about(id: str) -> set[str]:
    return {each.about for each in PLAN.quotas[id].assumptions}


def test_counts() -> None:
    assert [*PLAN.indicators] == IDS
    assert len(PLAN.tasks) == 29
    assert [task.kind for task in PLAN.tasks.values()].count(TaskKind.SAFEGUARD) == 4
    assert len(PLAN.departments) == 32 + 12
    assert len(PLAN.phases) == 3
    assert len(PLAN.quotas) == 34
    assert len(PLAN.workstreams) == 5
    assert len(PLAN.deliverables) == 55
    assert [*PLAN.subplans] == ["lanzhou-baiyin"]
    assert (len(PLAN.measured), len(PLAN.promised)) == (10 + 34 + 6, 55 + 1)


@pytest.mark.parametrize(("id", "name"), [*zip(IDS, TABLE, strict=True)])
def test_each_row_of_the_table(id: str, name: str) -> None:
    indicator = PLAN.indicators[id]
    unit, figures = TABLE[name]
    assert folded(indicator.name.zh) == folded(name)
    assert indicator.unit == unit
    assert indicator.clause == "1.3"
    found = {each.period.year: each.bound for each in indicator.trajectory.milestones}
    assert [*found] == [*figures]
    for year, written in figures.items():
        strict = written.startswith(">")
        assert found[year].kind is (BoundKind.MORE_THAN if strict else BoundKind.AT_LEAST)
        assert found[year].figures == (float(written.lstrip(">")),)


def test_the_table_has_thirty_values() -> None:
    assert sum(len(each.trajectory.milestones) for each in PLAN.indicators.values()) == 30


@pytest.mark.parametrize("clause", [*TASKS, *SAFEGUARDS])
def test_each_task_its_leads_and_its_supports(clause: str) -> None:
    title, leads, supports = (TASKS | SAFEGUARDS)[clause]
    task = PLAN.tasks[clause]
    names = {id: department.name.zh for id, department in PLAN.departments.items()}
    assert folded(task.title.zh) == folded(title)
    assert tuple(names[id] for id in task.lead) == leads
    assert tuple(names[id] for id in task.support) == supports


def test_tasks_stand_in_the_order_of_the_text() -> None:
    assert [*PLAN.tasks] == [*TASKS, *SAFEGUARDS]


def test_only_two_tasks_name_two_leads() -> None:
    assert [id for id, task in PLAN.tasks.items() if len(task.lead) == 2] == ["2.4.2", "2.4.3"]


def test_phases() -> None:
    found = {
        phase.clause: (folded(phase.name.zh), phase.start.year, phase.end.year)
        for phase in PLAN.phases.values()
    }
    assert found == {clause: (folded(name), a, b) for clause, (name, a, b) in PHASES.items()}


def test_every_department_is_in_some_task() -> None:
    named = {id for task in PLAN.tasks.values() for id in (*task.lead, *task.support)}
    meant = {id for each in PLAN.departments.values() for id in each.members}
    assert len(named) == 32
    assert named | meant == set(PLAN.departments)
    assert named & meant == {"lanzhou_city", "baiyin_city"}


def test_the_governments_of_cities_and_prefectures() -> None:
    collectives = {id: each.members for id, each in PLAN.departments.items() if each.members}
    assert [*collectives] == ["cities_and_prefectures"]
    [members] = collectives.values()
    assert tuple(PLAN.departments[id].name.zh for id in members) == CITIES_AND_PREFECTURES
    assert len(members) == 14
    duties = PLAN.links.expanded["linxia_prefecture"]
    assert [each.task for each in duties] == [
        id
        for id, task in PLAN.tasks.items()
        if "cities_and_prefectures" in task.lead + task.support
    ]
    assert {each.share for each in duties} == {1 / 14}


def test_everything_has_both_languages() -> None:
    texts = [
        PLAN.title,
        ZONE_PLAN.title,
        *(each.name for each in PLAN.measured.values()),
        *(each.description for each in PLAN.measured.values()),
        *(each.title for each in PLAN.tasks.values()),
        *(each.description for each in PLAN.tasks.values()),
        *(each.name for each in PLAN.departments.values()),
        *(each.name for each in PLAN.phases.values()),
        *(each.text for each in (*PLAN.assumptions, *ZONE_PLAN.assumptions)),
        *(each.text for some in PLAN.measured.values() for each in some.assumptions),
        *(each.name for each in PLAN.workstreams.values()),
        *(each.deliverable.title for each in PLAN.promised.values()),
    ]
    assert all(text and text.zh and text.en for text in texts)


def test_what_the_text_leaves_open_is_an_assumption() -> None:
    about = {id: {a.about for a in each.assumptions} for id, each in PLAN.indicators.items()}
    assert "accrual" in about["pledge_financing"]
    assert {"accrual", "scope"} <= about["fiscal_input"]
    assert {each.about for each in PLAN.assumptions} == {"interpolation", "bound", "departments"}
    assert {each.about for each in ZONE_PLAN.assumptions} == {"scope"}
    shown = PLAN.assess({"pledge_financing": {2018: 12}})["pledge_financing"].explain(Lang.EN)
    assert "annual, cumulative or outstanding" in shown
    assert "straight line" in shown
    assert "14 in all" not in shown  # who answers has no bearing on a figure


def test_expected_values_between_milestones() -> None:
    expected = PLAN.expected(2018)
    assert expected["pct_applications"] == pytest.approx(36 + 64 / 3, rel=1e-12)
    assert expected["fiscal_input"] == pytest.approx(4000 + 2000 / 3, rel=1e-12)
    assert set(PLAN.expected(2015).values()) == {None}


@pytest.mark.parametrize(("id", "name"), [*zip(IDS, INDICATOR_TASKS, strict=True)])
def test_the_tasks_of_each_row_of_the_table(id: str, name: str) -> None:
    assert folded(PLAN.indicators[id].name.zh) == folded(name)
    assert PLAN.indicators[id].tasks == INDICATOR_TASKS[name]
    assert PLAN.indicators[id].same_as is None


def test_every_quota_is_retyped() -> None:
    retyped = [*PHASE_QUOTAS, *YEARLY_QUOTAS, *TARGETS_OF_2020, *GROWING]
    assert sorted(PLAN.quotas) == sorted(retyped)


def test_quotas_stand_in_the_order_of_their_clauses() -> None:
    clauses = [[*map(int, each.clause.split("."))] for each in PLAN.quotas.values()]
    assert clauses == sorted(clauses)


@pytest.mark.parametrize("id", PHASE_QUOTAS)
def test_each_quota_of_the_phases(id: str) -> None:
    quota = PLAN.quotas[id]
    unit, figures = PHASE_QUOTAS[id]
    assert (quota.unit, quota.accrual.value, quota.clause) == (unit, "flow", "3.1.5")
    found = [(each.period.year, each.clause, each.bound) for each in quota.trajectory.milestones]
    assert found == [
        (year, clause, bound(written))
        for (year, clause), written in zip(PHASE_CLAUSES.items(), figures, strict=True)
    ]
    last = bound(figures[-1]).value
    values = [quota.trajectory.value(year) for year in (2018, 2019, 2020)]
    assert values == [last, last, last]


@pytest.mark.parametrize("id", YEARLY_QUOTAS)
def test_each_yearly_quota(id: str) -> None:
    quota = PLAN.quotas[id]
    unit, written = YEARLY_QUOTAS[id]
    assert (quota.unit, quota.clause) == (unit, "2.4.3")
    assert quota.accrual.value == ("rate" if unit == "%" else "flow")
    found = [(each.period.year, each.bound) for each in quota.trajectory.milestones]
    assert found == [(2016, bound(written)), (2020, bound(written))]
    values = {quota.trajectory.value(year) for year in range(2016, 2021)}
    assert values == {bound(written).value}


@pytest.mark.parametrize("id", TARGETS_OF_2020)
def test_each_target_of_2020(id: str) -> None:
    quota = PLAN.quotas[id]
    clause, unit, written = TARGETS_OF_2020[id]
    assert (quota.clause, quota.unit) == (clause, unit)
    [milestone] = quota.trajectory.milestones
    assert (milestone.period.year, milestone.bound) == (2020, bound(written))
    assert milestone.clause == ("3.3.5" if id == "assistance_coverage" else "")


def relative_to(reference: Reference) -> list[str]:
    return [id for id, each in PLAN.quotas.items() if each.trajectory.relative_to is reference]


def test_what_is_measured_against_others() -> None:
    assert relative_to(Reference.BENCHMARK) == [*AT_THE_LEVEL_OF_OTHERS]
    assert all("definition" in about(id) for id in AT_THE_LEVEL_OF_OTHERS)


def test_what_grows() -> None:
    assert relative_to(Reference.PREVIOUS) == [*GROWING]
    for id, (clause, unit, years) in GROWING.items():
        quota = PLAN.quotas[id]
        assert (quota.clause, quota.unit, quota.accrual.value) == (clause, unit, "flow")
        assert quota.same_as is None
        assert "bound" in about(id)
        asked = {year: quota.trajectory.at(float(year)) for year in range(2016, 2021)}
        assert tuple(year for year, each in asked.items() if each and not each.held) == years
        assert all(asked[year].bound == Bound.more_than(1) for year in years)


def test_growth_is_over_the_year_before() -> None:
    inputs = {2016: 3100, 2017: 3100, 2018: 3101}
    found = PLAN.assess({"provincial_fiscal_input": inputs}, as_of=2018)
    assert found.result("provincial_fiscal_input").score == 100.0
    found = PLAN.assess({"provincial_fiscal_input": inputs}, as_of=2017)
    assert found.result("provincial_fiscal_input").met is False


def test_what_is_all_of_something_has_a_limit_and_a_definition() -> None:
    limited = [id for id, each in PLAN.quotas.items() if each.limit is not None]
    assert limited == [*ALL_OF_SOMETHING]
    for id in limited:
        assert PLAN.quotas[id].limit == 100
        assert "definition" in about(id)


def test_a_plain_figure_is_an_assumption() -> None:
    plain = {id for id, (_, figures) in PHASE_QUOTAS.items() if figures[0].isdigit()}
    plain |= {id for id, (_, written) in YEARLY_QUOTAS.items() if written.isdigit()}
    plain |= {id for id, (*_, written) in TARGETS_OF_2020.items() if written[0].isdigit()}
    open_otherwise = {"pct_applications_2020", *GROWING}
    assert {id for id in PLAN.quotas if "bound" in about(id)} == plain | open_otherwise


def test_what_the_text_leaves_open_about_years_is_an_assumption() -> None:
    phases = {id for id in PHASE_QUOTAS if "accrual" in about(id)}
    assert phases == {*NOT_EVERY_YEAR_IN_EACH_PHASE}
    assert {id for id in PLAN.quotas if "period" in about(id)} == {*NO_YEAR}


def test_what_reads_as_the_same_thing() -> None:
    assert {id: each.same_as for id, each in PLAN.quotas.items() if each.same_as} == SAME_AS
    both = {**PLAN.indicators, **PLAN.quotas}
    assert all(both[same].same_as is None for same in SAME_AS.values())
    assert all(both[id].accrual is both[same].accrual for id, same in SAME_AS.items())


def test_no_two_indicators_or_quotas_share_a_name() -> None:
    both = [*PLAN.measured.values()]
    assert len({folded(each.name.zh) for each in both}) == len(both)
    assert len({folded(each.name.en) for each in both}) == len(both)


def test_the_tasks_of_the_quotas() -> None:
    for id, quota in PLAN.quotas.items():
        assert quota.tasks == QUOTA_TASKS.get(id, (quota.clause,))


def test_workstreams() -> None:
    assert [*PLAN.workstreams] == [*WORKSTREAMS]
    names = {WORKSTREAMS[id]: each.name.zh for id, each in PLAN.workstreams.items()}
    assert {number: names[number] for number in SECTION_NAMES} == SECTION_NAMES


def test_deliverables_stand_in_the_order_of_the_text() -> None:
    ids = [f"{clause}.{n + 1}" for clause, items in DELIVERABLES.items() for n in range(len(items))]
    assert [*PLAN.deliverables] == ids


@pytest.mark.parametrize("clause", DELIVERABLES)
def test_each_section_of_a_phase(clause: str) -> None:
    phase, section = clause.rsplit(".", 1)
    found = [each for each in PLAN.deliverables.values() if each.clause == clause]
    assert len(found) == len(DELIVERABLES[clause])
    for item, (words, tasks) in zip(found, DELIVERABLES[clause].items(), strict=True):
        assert words in item.title.zh
        assert item.tasks == tasks
        assert item.workstream is not None
        assert PLAN.phases[item.phase].clause == phase
        assert WORKSTREAMS[item.workstream] == int(section)
        assert item.due is None


def test_every_task_that_is_named_exists() -> None:
    linked = [*PLAN.indicators.values(), *PLAN.quotas.values(), *PLAN.deliverables.values()]
    assert {task for each in linked for task in each.tasks} <= {*PLAN.tasks}
    measured = {**PLAN.indicators, **PLAN.quotas}
    assert [id for id, each in measured.items() if not each.tasks] == ["main_indicators_level"]
    loose = [id for id, each in PLAN.deliverables.items() if not each.tasks]
    assert loose == ["3.1.1.1", "3.1.1.3"]


def test_quotients() -> None:
    assert {id: each.per for id, each in PLAN.measured.items() if each.per is not None} == {
        "invention_patents_per_10k": 10000,
        "zone_invention_patents_per_10k": 10000,
    }


def test_the_plan_of_the_zone() -> None:
    assert (ZONE_PLAN.start.year, ZONE_PLAN.end.year) == (2016, 2020)
    assert ZONE_PLAN.under == ("2.3.1.1",)
    assert PLAN.links.of("2.3.1.1", PartKind.SUBPLAN) == ("lanzhou-baiyin",)
    assert [*ZONE_PLAN.indicators] == [*ZONE]
    assert not ZONE_PLAN.quotas
    [promise] = ZONE_PLAN.promised.values()
    assert (promise.id, promise.deliverable.clause, promise.due.year) == (
        "2.3.1.1.1",
        "2.3.1.1",
        2020,
    )
    assert "三合一" in promise.deliverable.title.zh


@pytest.mark.parametrize("id", ZONE)
def test_each_indicator_of_the_zone(id: str) -> None:
    indicator = ZONE_PLAN.indicators[id]
    words, unit, written = ZONE[id]
    about = {each.about for each in indicator.assumptions}
    assert words in indicator.name.zh
    assert (indicator.unit, indicator.clause, indicator.tasks) == (unit, "2.3.1.1", ())
    assert "accrual" in about
    found = [(each.period.year, each.bound) for each in indicator.trajectory.milestones]
    if written == "growing":
        assert indicator.trajectory.relative_to is Reference.PREVIOUS
        assert found == [(2017, Bound.more_than(1)), (2020, Bound.more_than(1))]
        assert [indicator.trajectory.value(year) for year in (2016, 2018, 2019)] == [None, 1, 1]
        assert {"bound", "period"} <= about
    else:
        assert indicator.trajectory.relative_to is None
        assert found == [(2020, bound(written))]
        assert ("bound" in about) is written.isdigit()


def test_everything_countable_in_the_text_is_in_the_data_and_nothing_else() -> None:
    """The audit: each statement of the text with its clause against each of the data."""
    text = [(clause, id) for clause, items in FIGURES.items() for id in items.values()]
    text += [("1.3", id) for id in IDS]
    data = {
        (clause, id)
        for id, each in PLAN.measured.items()
        for clause in (each.clause, *(point.clause for point in each.trajectory.milestones))
        if clause
    }
    assert sorted(text) == sorted(data)
    assert len(text) == 10 + 51
    assert len(PLAN.measured) == 10 + 34 + 6


def test_the_number_of_deliverables_of_each_section() -> None:
    counts = {clause: len(items) for clause, items in DELIVERABLES.items()}
    assert [*counts.values()] == [4, 4, 3, 7, 3, 2, 3, 3, 9, 0, 2, 4, 3, 7, 1]
    assert [*counts] == [f"3.{phase}.{section}" for phase in (1, 2, 3) for section in range(1, 6)]
    assert sum(counts.values()) == len(PLAN.deliverables)


def test_the_number_of_leads_and_supports() -> None:
    written = [*TASKS.values(), *SAFEGUARDS.values()]
    leads = sum(len(lead) for _, lead, _ in written)
    supports = sum(len(support) for _, _, support in written)
    assert sum(len(each.lead) for each in PLAN.tasks.values()) == leads == 31
    assert sum(len(each.support) for each in PLAN.tasks.values()) == supports
