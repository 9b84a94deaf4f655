"""Presets: the methods of the field as policies with a name, oddities included.

A preset is an ordinary `Policy`; one's own starts from it:
`attrs.evolve(presets.sdsn, name="", missing="zero")`.

>>> from ipplan import presets
>>> presets.statcan.rule.name
'canadian_indicator'
"""

from __future__ import annotations

from attrs import evolve

from ipplan.aggregation import Group
from ipplan.assessment.policy import Policy
from ipplan.errors import ModelError, Problem, near_hint, one_of, shown
from ipplan.scoring import (
    EFFICACY,
    CanadianIndicator,
    Goalposts,
    GrowthRatio,
    HealthyPeople,
    Pace,
    Progress,
    Projection,
    Ratio,
    Scale,
    TimeShare,
)
from ipplan.status import (
    EUROSTAT,
    FISCAL,
)

__all__ = [
    "PRESETS",
    "as_policy",
    "efficacy",
    "efficacy_improved",
    "eurostat",
    "fiscal",
    "hdi",
    "healthy_people",
    "results_framework",
    "sdsn",
    "statcan",
    "time_share",
    "unsd",
]

statcan = Policy(
    name="statcan",
    rule=CanadianIndicator(),
    baseline_from=2015,
)
"""Statistics Canada, Canadian Indicator Framework: scores from -5 to 5, and their plain mean.

The baseline is the figure of 2015, or the first later one that lies before the first milestone,
unless the plan gives one.
"""

eurostat = Policy(name="eurostat", rule=GrowthRatio(), statuses=EUROSTAT)
"""Growth made over growth needed, as Eurostat's family of methods has it."""

sdsn = Policy(name="sdsn", rule=Pace())
"""SDSN's arrows: the yearly step made over the yearly step needed."""

unsd = Policy(name="unsd", rule=Projection())
"""Where the growth made so far would lead by the target's time (UNSD 2023)."""

healthy_people = Policy(name="healthy_people", rule=HealthyPeople())
"""Healthy People 2020: the share of the way to the target, or the change for the worse."""

results_framework = Policy(name="results_framework", rule=Progress())
"""Results frameworks: the way made of the way expected by now, from 0 to 100."""

time_share = Policy(name="time_share", rule=TimeShare())
"""序时进度: the share of the way made less the share of the time gone."""

fiscal = Policy(name="fiscal", rule=Ratio(at_most="mirror"), statuses=FISCAL)
"""Fiscal performance (绩效评价): the degree of completion, nothing for more, and four grades."""

efficacy = Policy(name="efficacy", rule=Progress(scale=EFFICACY), statuses=FISCAL)
"""The efficacy coefficient (功效系数): 60 at the baseline as the value not allowed, 100 at the
expected value as the satisfactory one; posts of one's own by `Goalposts(scale=EFFICACY)`."""

efficacy_improved = evolve(efficacy, name="efficacy_improved", method="geometric")
"""The improved form (改进功效系数法): the geometric mean of the items."""

_SHARE = Scale(full=1.0)

hdi = Policy(
    name="hdi",
    rules={
        "life_expectancy": Goalposts(lower=20, upper=85, scale=_SHARE),
        "expected_schooling": Goalposts(lower=0, upper=18, scale=_SHARE),
        "mean_schooling": Goalposts(lower=0, upper=15, scale=_SHARE),
        "gni_per_capita": Goalposts(lower=100, upper=75000, log=True, scale=_SHARE),
    },
    rule=Ratio(scale=_SHARE),
    groups=[
        Group(
            id="education",
            members=["expected_schooling", "mean_schooling"],
            method="arithmetic",
        )
    ],
    method="geometric",
    missing="require(1)",
)
"""The Human Development Index, for a plan with these four indicators (UNDP, technical notes).

Life expectancy and schooling are in years, GNI per capita in PPP dollars of 2017. Without one of
the four there is no index.
"""

PRESETS = {
    each.name: each
    for each in (
        statcan,
        eurostat,
        sdsn,
        unsd,
        healthy_people,
        results_framework,
        time_share,
        fiscal,
        efficacy,
        efficacy_improved,
        hdi,
    )
}
"""All presets by name."""


def as_policy(value: Policy | str) -> Policy:
    """A policy, or the preset of that name.

    >>> as_policy("sdsn").rule.name
    'pace'
    """
    if isinstance(value, Policy):
        return value
    given: object = value
    if isinstance(given, str) and given in PRESETS:
        return PRESETS[given]
    raise ModelError(
        Problem(
            place="policy",
            expected=f"a Policy, or the name of a preset, {one_of(PRESETS)}",
            found=shown(given),
            hint=near_hint(given, PRESETS) if isinstance(given, str) else "",
        )
    )
