"""Cases of supply without a licence and undertakings, in the words of the pack."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.filters import UnlicensedCaseFilter
from compliance.enforcement.models.cases import (
    CaseElement,
    CaseOffence,
    CaseOutcome,
    CaseResult,
    ElementProof,
    LadderStep,
    ReasonableStep,
    StepTaken,
    UnlicensedCase,
    UserNotice,
)
from compliance.enforcement.models.orders import ConvictionOrder
from compliance.enforcement.models.undertakings import Undertaking
from compliance.enforcement.queries.history import called, events_of
from compliance.enforcement.rules import cases as rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries.inspections import InspectionEvent
from compliance.intelligence.models.intelligence import Intelligence
from compliance.reports.models.reports import Report
from registry.accounts.models import User
from registry.schemes import said
from registry.trail.models.events import Event
from registry.trail.queries import history as happened

Choices = list[tuple[str, str]]


def cases(params: Mapping[str, Any], *, by: User) -> UnlicensedCaseFilter:
    """Those that this person may see, the newest first."""
    rows = UnlicensedCase.objects.visible_to(by).select_related("organisation")
    return UnlicensedCaseFilter(params, cases=rows, by=by)


@dataclass(frozen=True, slots=True)
class ElementInWords:
    title: str
    weighed: CaseElement | None

    @property
    def is_shown(self) -> bool:
        return self.weighed is not None and self.weighed.shown == ElementProof.YES


@dataclass(frozen=True, slots=True)
class OffenceInWords:
    """One offence of a case with each of its elements."""

    section: str
    title: str
    maximum: str
    defence: str
    recorded: CaseOffence
    elements: tuple[ElementInWords, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class EnforcementCaseFile:
    """All that the page of a case shows."""

    offences: tuple[OffenceInWords, ...]
    steps: "QuerySet[ReasonableStep]"
    checks: int  # how many formal checks the labour user shows a receipt of
    notices: "QuerySet[UserNotice]"
    undertakings: "QuerySet[Undertaking]"
    orders: "QuerySet[ConvictionOrder]"
    events: tuple[InspectionEvent, ...]


def case_file(case: UnlicensedCase) -> EnforcementCaseFile:
    steps = case.reasonable_steps.order_by("pk")
    return EnforcementCaseFile(
        offences=tuple(_offences(case)),
        steps=steps,
        checks=steps.filter(kind=StepTaken.FORMAL_CHECK).values("receipt").distinct().count(),
        notices=case.user_notices.select_related("letter", "by").order_by("pk"),
        undertakings=case.undertakings.order_by("-pk"),
        orders=case.conviction_orders.order_by("-pk"),
        events=tuple(events_of([("unlicensedcase", case.reference)], about=_what_of(case))),
    )


def _offences(case: UnlicensedCase) -> Iterator[OffenceInWords]:
    words, language = rules.words_of(case), get_language()
    for recorded in case.offences.prefetch_related("elements").order_by("pk"):
        offence = words.offence(recorded.code) if words else None
        if offence:
            weighed = {one.code: one for one in recorded.elements.all()}
            yield OffenceInWords(
                section=offence.section,
                title=said(offence.title, language),
                maximum=said(offence.maximum, language),
                defence=said(offence.defence, language) if offence.defence else "",
                recorded=recorded,
                elements=tuple(
                    ElementInWords(said(one.title, language), weighed.get(one.code)) for one in offence.elements
                ),
                is_whole=rules.made_out(offence, weighed.values()).is_whole,
            )


def offences_for(case: UnlicensedCase, *, recorded: bool | None = None) -> Choices:
    """The offences that fit the case, or those of them that are recorded already, or are not."""
    words = rules.words_of(case)
    known = set(case.offences.values_list("code", flat=True))
    offered = [one for one in words.offences if one.against in ("anybody", case.against)] if words else []
    return [(one.code, called(one)) for one in offered if recorded is None or (one.code in known) == recorded]


def elements_for(case: UnlicensedCase) -> Choices:
    """Each element of each offence that is recorded, as the form posts it."""
    words, language = rules.words_of(case), get_language()
    found = (
        [words.offence(code) for code in case.offences.order_by("pk").values_list("code", flat=True)] if words else []
    )
    return [
        (f"{offence.code}:{one.code}", f"{offence.section}: {said(one.title, language)}")
        for offence in found
        if offence
        for one in offence.elements
    ]


def made_out(case: UnlicensedCase) -> list[rules.OffenceProof]:
    words = rules.words_of(case)
    recorded = case.offences.prefetch_related("elements")
    known = [(words.offence(one.code), one) for one in recorded] if words else []
    return [rules.made_out(offence, one.elements.all()) for offence, one in known if offence]


def origin(params: Mapping[str, str], *, by: User) -> dict[str, Any]:
    """What a case begins from: a report, intelligence or an inspection that this person may see."""
    return {
        "report": _found(Report.objects.visible_to(by), params.get("report", "")),
        "intelligence": _found(Intelligence.objects.visible_to(by), params.get("intelligence", "")),
        "inspection": _found(Inspection.objects.visible_to(by), params.get("inspection", "")),
    }


def begins_with(came: Any) -> str:
    """What the page says of the report, inspection or intelligence that a case or notice begins with."""
    return f"{_('It begins with')} {came.reference}" if came else ""


def _found(rows: "QuerySet[Any]", reference: str) -> Any:
    return rows.filter(reference=reference[:20]).first() if reference else None


#: What is done to them otherwise than by a declared step.
WORDS: happened.Words = {
    "unlicensedcase": {
        "open_case": _("Opened"),
        "sort_material": _("Material sorted"),
        "put_together": _("File for the prosecutor put together"),
    },
    "undertaking": {
        "lapse": _("Lapsed without an undertaking"),
        "end_undertaking": _("Ended with its term"),
        "end_order": _("Order ended with its term"),
    },
    "underpaymentnotice": {"draft_underpayment": _("Drafted"), "miss_payment": _("Not paid in time")},
    "convictionorder": {"run_out_order": _("Order ended with its term")},
}


def _what_of(case: UnlicensedCase) -> Callable[[Event], str]:
    """Which offence, which element and whether it is shown, which step or letter: in the words of the pack."""
    offences = dict(offences_for(case))
    words: Mapping[str, Mapping[str, Mapping[Any, Any]]] = {
        "record_offence": {"code": offences},
        "say_when": {"code": offences},
        "weigh_element": {"element": dict(elements_for(case)), "shown": dict(ElementProof.choices)},
        "record_reasonable_step": {"step": dict(StepTaken.choices)},
        "take_ladder_step": {"step": dict(LadderStep.choices)},
        "propose_outcome": {"outcome": dict(CaseOutcome.choices)},
        "record_result": {"result": dict(CaseResult.choices)},
    }
    return lambda event: ": ".join(
        str(said.get(event.facts.get(fact), "")) for fact, said in words.get(event.verb, {}).items()
    )
