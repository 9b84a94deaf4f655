"""Delivery: what came of each deliverable, and of those of a phase or a workstream together."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from ipplan.assessment.credits import Credits
from ipplan.assessment.planned import Planned
from ipplan.model.deliverable import Promise
from ipplan.model.delivery import Delivery, DeliveryReport
from ipplan.periods import Period
from ipplan.reasons import Reason, State
from ipplan.scoring import ScoreScale
from ipplan.status import StatusClass
from ipplan.text import Lang, Text

__all__ = [
    "DeliverableResult",
    "Delivered",
    "SectionResult",
    "deliver",
    "phases_of",
    "section",
    "streams_of",
]


class Delivered:
    """The words for what came of a deliverable, each with a colour and a symbol."""

    DONE: Final = StatusClass(
        id="done", text=Text(zh="已完成", en="done"), colour="#009E73", symbol="●"
    )
    DONE_LATE: Final = StatusClass(
        id="done_late", text=Text(zh="逾期完成", en="done late"), colour="#56B4E9", symbol="◕"
    )
    IN_PROGRESS: Final = StatusClass(
        id="in_progress", text=Text(zh="进行中", en="in progress"), colour="#56B4E9", symbol="◑"
    )
    NOT_STARTED: Final = StatusClass(
        id="not_started", text=Text(zh="未开始", en="not started"), colour="#E69F00", symbol="○"
    )
    LATE: Final = StatusClass(
        id="late", text=Text(zh="逾期未完成", en="late"), colour="#D55E00", symbol="▼"
    )
    CANCELLED: Final = StatusClass(
        id="cancelled", text=Text(zh="已取消", en="cancelled"), colour="#999999", symbol="×"
    )


@frozen(kw_only=True)
class DeliverableResult:
    """What came of one deliverable by `as_of`.

    `share` is the share of the work reported done, `counted` what of it counts by the policy's
    credits, `score` that share on the policy's scale. What is not due yet has no score, also where
    it is done early; what is due and not reported is missing, never 0.
    """

    promise: Promise
    as_of: Period
    report: DeliveryReport | None
    state: State
    reason: Reason | None = None
    status: StatusClass | None = None
    share: float | None = None
    counted: float | None = None
    score: float | None = None

    @property
    def id(self) -> str:
        """The deliverable's id."""
        return self.promise.deliverable.id

    @property
    def title(self) -> Text:
        """The deliverable's title."""
        return self.promise.deliverable.title

    @property
    def due(self) -> Period:
        """When it is due."""
        return self.promise.due

    @property
    def coverage(self) -> float:
        """1 where there is a score, else 0."""
        return 0.0 if self.score is None else 1.0

    @property
    def is_due(self) -> bool:
        """Whether it was due by `as_of`."""
        return self.promise.due.position <= self.as_of.position

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values that JSON can hold."""
        from ipplan.assessment.delivery_plain import deliverable_to_dict

        return deliverable_to_dict(self)


_SHARES = {Delivery.NOT_STARTED: 0.0, Delivery.DONE: 1.0}
_UNDER_WAY = {
    Delivery.NOT_STARTED: Delivered.NOT_STARTED,
    Delivery.IN_PROGRESS: Delivered.IN_PROGRESS,
}


def deliver(
    promise: Promise,
    report: DeliveryReport | None,
    *,
    as_of: Period,
    credits: Credits,
    scale: ScoreScale,
) -> DeliverableResult:
    """The result of one deliverable, of which `report` is the latest report by `as_of`."""
    due = promise.due.position <= as_of.position
    if report is None:
        return DeliverableResult(
            promise=promise,
            as_of=as_of,
            report=None,
            state=State.MISSING if due else State.NOT_DUE,
            reason=Reason.NOT_REPORTED if due else Reason.NOT_DUE_YET,
        )
    done_late = report.date is not None and report.date.start > promise.due.end
    share = report.share if report.share is not None else _SHARES.get(report.status)
    counted: float | None = share
    if report.status is Delivery.CANCELLED:
        status, counted = Delivered.CANCELLED, credits.cancelled
    elif report.status is Delivery.DONE:
        status = Delivered.DONE_LATE if done_late else Delivered.DONE
        counted = credits.late if done_late else share
    else:
        status = Delivered.LATE if due else _UNDER_WAY[report.status]
        # What is overdue counts no more than it would once done, late.
        counted = None if share is None else share * (credits.late if due else 1.0)
    state, reason, score = State.SCORED, None, None
    if not due:
        state, reason = State.NOT_DUE, Reason.NOT_DUE_YET
    elif counted is None:
        state, reason = State.NOT_DUE, Reason.CANCELLED
    else:
        score = scale.least + counted * (scale.greatest - scale.least)
        if not math.isfinite(score):
            state, reason, score = State.NOT_COMPUTABLE, Reason.SCALE_WITHOUT_ENDS, None
    return DeliverableResult(
        promise=promise,
        as_of=as_of,
        report=report,
        state=state,
        reason=reason,
        status=status,
        share=share,
        counted=None if score is None else counted,
        score=score,
    )


@frozen(kw_only=True)
class SectionResult:
    """What came of the deliverables of a phase or a workstream, by `as_of`.

    `time_share` is the share of the section's time that is over, `share` the mean share done of the
    deliverables that something was reported of, and `coverage` the share of them.
    """

    id: str
    name: Text
    start: Period
    end: Period
    as_of: Period
    deliverables: tuple[DeliverableResult, ...]
    time_share: float
    share: float | None
    coverage: float

    @property
    def due(self) -> tuple[DeliverableResult, ...]:
        """Those that were due."""
        return tuple(each for each in self.deliverables if each.is_due)

    @property
    def not_due(self) -> tuple[DeliverableResult, ...]:
        """Those that were not due yet."""
        return tuple(each for each in self.deliverables if not each.is_due)

    @property
    def done(self) -> tuple[DeliverableResult, ...]:
        """Those that are done, early, in time or late."""
        return self._of(Delivered.DONE, Delivered.DONE_LATE)

    @property
    def done_late(self) -> tuple[DeliverableResult, ...]:
        """Those that were done after they were due."""
        return self._of(Delivered.DONE_LATE)

    @property
    def late(self) -> tuple[DeliverableResult, ...]:
        """Those that were due, and are reported as not done."""
        return self._of(Delivered.LATE)

    @property
    def cancelled(self) -> tuple[DeliverableResult, ...]:
        """Those that were given up."""
        return self._of(Delivered.CANCELLED)

    @property
    def missing(self) -> tuple[DeliverableResult, ...]:
        """Those that were due, and of which nothing was reported."""
        return tuple(each for each in self.deliverables if each.state is State.MISSING)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are of each status, by its id; "missing" and "not_due" without one."""
        return Counter(
            each.state.value if each.status is None else each.status.id
            for each in self.deliverables
        )

    def explain(self, lang: Lang | str = Lang.EN) -> str:
        """Which deliverables came to what, and how both shares follow."""
        from ipplan.assessment.explain_duties import explain_section

        return explain_section(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """The section as plain values that JSON can hold."""
        from ipplan.assessment.delivery_plain import section_to_dict

        return section_to_dict(self)

    def _of(self, *classes: StatusClass) -> tuple[DeliverableResult, ...]:
        return tuple(each for each in self.deliverables if each.status in classes)


def section(
    id: str,
    name: Text,
    deliverables: Iterable[DeliverableResult],
    *,
    start: Period,
    end: Period,
    as_of: Period,
) -> SectionResult:
    """What came of these deliverables, whose time is from `start` to `end`."""
    every = tuple(deliverables)
    shares = [each.share for each in every if each.share is not None]
    begin = Period.of(start.start - datetime.timedelta(days=1)).position
    gone = (as_of.position - begin) / (end.position - begin)
    return SectionResult(
        id=id,
        name=name,
        start=start,
        end=end,
        as_of=as_of,
        deliverables=every,
        time_share=min(max(gone, 0.0), 1.0),
        share=math.fsum(shares) / len(shares) if shares else None,
        coverage=len(shares) / len(every) if every else 0.0,
    )


def phases_of(
    plan: Planned, results: Mapping[str, DeliverableResult], as_of: Period
) -> dict[str, SectionResult]:
    """What came of the deliverables of each phase of a plan."""
    found: dict[str | None, list[DeliverableResult]] = {id: [] for id in plan.phases}
    for each in results.values():
        found.setdefault(each.promise.deliverable.phase, []).append(each)
    return {
        id: section(id, each.name, found[id], start=each.start, end=each.end, as_of=as_of)
        for id, each in plan.phases.items()
    }


def streams_of(
    plan: Planned, results: Mapping[str, DeliverableResult], as_of: Period
) -> dict[str, SectionResult]:
    """What came of the deliverables of each workstream, whose time is that of the plan."""
    found: dict[str | None, list[DeliverableResult]] = {id: [] for id in plan.workstreams}
    for each in results.values():
        found.setdefault(each.promise.deliverable.workstream, []).append(each)
    return {
        id: section(id, each.name, found[id], start=plan.start, end=plan.end, as_of=as_of)
        for id, each in plan.workstreams.items()
    }
