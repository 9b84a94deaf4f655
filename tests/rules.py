"""The rules that the package ships, for the tests that hold for all of them."""

from ipplan.scoring import (
    CanadianIndicator,
    DistanceToTarget,
    Goalposts,
    Growth,
    GrowthRatio,
    HealthyPeople,
    Pace,
    PassFail,
    Progress,
    Projection,
    Ratio,
    TimeShare,
)

SHIPPED = [
    Ratio(),
    Ratio(at_most="mirror"),
    Progress(),
    Goalposts(lower=0, upper=100),
    Goalposts(lower=100, upper=1, log=True),
    DistanceToTarget(worst=10),
    PassFail(),
    GrowthRatio(),
    Growth(),
    Pace(),
    TimeShare(),
    Projection(),
    HealthyPeople(),
    CanadianIndicator(),
]
