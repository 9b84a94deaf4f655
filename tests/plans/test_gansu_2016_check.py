"""The findings on the shipped plan, in full: each one understood, and none to be ashamed of."""

import pytest

import ipplan
from ipplan.plan.checks import FindingCode, Severity

PLAN = ipplan.load("gansu-2016")
FINDINGS = PLAN.check()

UNDERSTOOD: dict[FindingCode, tuple[str, ...]] = {
    # The text contradicts itself; both clauses are kept, told apart by `same_as`.
    FindingCode.CONFLICTING_CLAUSES: (
        "quotas.pct_applications_2020",  # 2.3.4 wants more than 100, the table prints 100
        "quotas.protection_training",  # 2.4.3 wants one a year, 3.1.5 to 3.3.5 three, later five
        "quotas.joint_campaigns",  # 2.4.3 wants six a year, 3.1.5 to 3.3.5 five, six and eight
    ),
    # 40 enterprises in 2016 and 80 in 2017: the table really asks for twice as many in a year.
    FindingCode.UNREACHABLE_GROWTH: ("indicators.strong_enterprises.milestones[1]",),
    # The table starts with 2016, the plan's own first year, and the prose gives no earlier figures:
    # everything but the three multiples of the national average.
    FindingCode.NO_BASELINE: (
        "indicators.invention_patents_per_10k",
        "indicators.pct_applications",
        "indicators.pledge_financing",
        "indicators.case_growth",
        "indicators.case_closure_rate",
        "indicators.strong_cities",
        "indicators.strong_counties",
        "indicators.strong_enterprises",
        "indicators.service_agencies",
        "indicators.fiscal_input",
        "quotas.high_value_patent_centres",
        "quotas.demonstration_cities",
        "quotas.pilot_counties",
        "quotas.core_enterprises_cultivated",
        "quotas.advantaged_enterprises",
        "quotas.demonstration_enterprises",
        "quotas.pledge_financing_2020",
        "quotas.pct_applications_2020",
        "quotas.assistance_coverage",
        "quotas.protection_training",
        "quotas.protection_campaigns",
        "quotas.joint_campaigns",
        "quotas.enforcement_inspections",
        "quotas.ip_office_campaigns",
        "quotas.case_growth_key_fields",
        "quotas.case_closure_key_fields",
        "quotas.exhibitions_attended",
        "quotas.exhibition_patent_cases",
        "quotas.ecommerce_cases",
        "quotas.special_operations",
        "quotas.ip_office_training",
        "quotas.investment_financing_2020",
        "quotas.service_agencies_2020",
        "quotas.case_growth_2020",
        "quotas.case_closure_2020",
        "quotas.separate_budgets",
        "quotas.implementation_measures",
        "subplans.lanzhou-baiyin.indicators.zone_invention_patents_per_10k",
        "subplans.lanzhou-baiyin.indicators.zone_advantaged_enterprises",
        "subplans.lanzhou-baiyin.indicators.zone_patent_pledge_loans",
        "subplans.lanzhou-baiyin.indicators.zone_service_agencies",
        "subplans.lanzhou-baiyin.indicators.zone_well_known_trademarks",
    ),
    FindingCode.NO_DEPARTMENT: (
        # a goal of part one for the province as a whole (1.3)
        "quotas.main_indicators_level",
        # drawing up and issuing the plan's own documents, which no task covers
        "deliverables.3.1.1.1",
        "deliverables.3.1.1.3",
    ),
    # The text gives neither a figure nor a phase item for them: all three tasks on staff (2.5), and
    # the safeguard 4.4.
    FindingCode.LOOSE_END: ("tasks.2.5.1", "tasks.2.5.2", "tasks.2.5.3", "tasks.4.4"),
    # Each says in its own assumption what is open and how it is read.
    FindingCode.ACCRUAL_NOT_STATED: (
        # the table's heads say neither "within the year" nor "in total"
        "indicators.invention_patents_per_10k",
        "indicators.pct_applications",
        "indicators.pledge_financing",
        "indicators.strong_cities",
        "indicators.strong_counties",
        "indicators.strong_enterprises",
        "indicators.service_agencies",
        "indicators.fiscal_input",
        # whether those from before the plan count
        "quotas.demonstration_cities",
        "quotas.pilot_counties",
        "quotas.advantaged_enterprises",
        "quotas.demonstration_enterprises",
        # the amount of 2020, or until 2020
        "quotas.pledge_financing_2020",
        # six in all, or each year
        "quotas.joint_campaigns",
        # "every year" stands in 3.1.5 alone
        "quotas.exhibitions_attended",
        "quotas.exhibition_patent_cases",
        "quotas.ecommerce_cases",
        "quotas.ip_office_training",
        # the amount of 2020, or until 2020
        "quotas.investment_financing_2020",
        "quotas.operations_amount",
        # whether those from before the plan count
        "quotas.service_agencies_2020",
        # the zone's figures stand in one sentence, for "by 2020"
        "subplans.lanzhou-baiyin.indicators.zone_invention_patents_per_10k",
        "subplans.lanzhou-baiyin.indicators.zone_advantaged_enterprises",
        "subplans.lanzhou-baiyin.indicators.zone_patent_pledge_loans",
        "subplans.lanzhou-baiyin.indicators.zone_service_agencies",
        "subplans.lanzhou-baiyin.indicators.zone_well_known_trademarks",
        "subplans.lanzhou-baiyin.indicators.zone_copyright_registrations",
    ),
    # The text names the High Court and the IP office together.
    FindingCode.SEVERAL_LEADS: ("tasks.2.4.2", "tasks.2.4.3"),
}


@pytest.mark.parametrize("code", FindingCode)
def test_the_findings_are_those_understood(code: FindingCode) -> None:
    assert tuple(each.place for each in FINDINGS.of(code)) == UNDERSTOOD.get(code, ())


def test_the_shipped_plan_has_no_errors() -> None:
    assert FINDINGS.counts[Severity.ERROR] == 0


def test_a_conflict_is_told_with_each_figure_and_its_clause() -> None:
    told = {each.place: each.message for each in FINDINGS.of("conflicting_clauses")}
    assert told["quotas.pct_applications_2020"].en == (
        "against pct_applications: 2020: > 100 (2.3.4) here, ≥ 100 (1.3) there"
    )
    assert told["quotas.joint_campaigns"].zh == (
        "与 special_operations 相比:2016:此处 ≥ 6 (2.4.3),彼处 ≥ 5 (3.1.5);"
        "2020:此处 ≥ 6 (2.4.3),彼处 ≥ 8 (3.3.5)"
    )


def test_clauses_that_agree_are_no_conflict() -> None:
    agreeing = {each.id for each in PLAN.quotas.values() if each.same_as} - {
        place.removeprefix("quotas.") for place in UNDERSTOOD[FindingCode.CONFLICTING_CLAUSES]
    }
    assert agreeing == {
        "pilot_counties",
        "advantaged_enterprises",
        "pledge_financing_2020",
        "investment_financing_2020",
        "service_agencies_2020",
        "case_growth_key_fields",
        "case_closure_key_fields",
        "case_growth_2020",
        "case_closure_2020",
    }
