"""Cases of supply without a licence and undertakings, in the words of the pack."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.filters import UndertakingFilter, UnlicensedCaseFilter
from compliance.models import (
    CaseElement,
    CaseOffence,
    CaseOutcome,
    CaseResult,
    ConvictionOrder,
    Inspection,
    Intelligence,
    LadderStep,
    Measure,
    ReasonableStep,
    Report,
    Shown,
    StepTaken,
    Undertaking,
    UnlicensedCase,
    UserNotice,
)
from compliance.queries.ordered import ordered
from compliance.queries.work import EVENTS_ON_A_PAGE, Happened
from compliance.rules import enforcement as rules
from registry import schemes
from registry.accounts.models import User
from registry.filtersets import Column
from registry.schemes import NoSchemeInForce, Scheme, said
from registry.schemes.enforcement import Offence
from registry.trail.models.events import Event

Choices = list[tuple[str, str]]


def enforcing_scheme(scheme: str, *, on: date) -> Scheme | None:
    """The scheme under which a case is opened: the one that is named, else the first; None where none says anything of it."""
    for name in [scheme] if scheme else schemes.names():
        try:
            found = schemes.in_force(name, on)
        except NoSchemeInForce:
            continue
        if found.enforcement:
            return found
    return None


def cases(params: Mapping[str, Any], *, by: User) -> UnlicensedCaseFilter:
    """Those that this person may see, the newest first."""
    rows = UnlicensedCase.objects.visible_to(by).select_related("organisation", "officer")
    return UnlicensedCaseFilter(params, cases=rows, by=by)


def undertakings(params: Mapping[str, Any], *, by: User) -> UndertakingFilter:
    rows = Undertaking.objects.visible_to(by).select_related("case__organisation", "drafted_by")
    return UndertakingFilter(params, undertakings=rows, by=by)


def cases_waiting_for(user: User) -> int:
    return UnlicensedCase.objects.waiting_for(user).count()


def undertakings_waiting_for(user: User) -> int:
    return Undertaking.objects.waiting_for(user).count()


def views_of_cases() -> list[tuple[str | Promise, str]]:
    return [(_("All"), ""), (_("Waiting for me"), "mine=on"), (_("Outcome proposed"), "status=proposed")]


def views_of_undertakings() -> list[tuple[str | Promise, str]]:
    return [
        (_("All"), ""),
        (_("Waiting for me"), "mine=on"),
        (_("Being negotiated"), "status=notice&status=negotiating"),
        (_("In force"), "status=accepted&status=order_made&status=order_varied"),
    ]


def case_columns() -> list[Column[UnlicensedCase]]:
    return [
        Column(_("Case"), lambda row: row.reference),
        Column(_("About"), lambda row: row.name),
        Column(_("As"), lambda row: row.get_against_display()),
        Column(_("Officer"), lambda row: row.officer),
        Column(_("Opened"), lambda row: row.opened_at),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Outcome"), lambda row: row.get_outcome_display()),
        Column(_("Result"), lambda row: row.get_result_display()),
    ]


def undertaking_columns() -> list[Column[Undertaking]]:
    return [
        Column(_("Undertaking"), lambda row: row.reference),
        Column(_("Case"), lambda row: row.case.reference),
        Column(_("About"), lambda row: row.case.name),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Served"), lambda row: row.served_at),
        Column(_("Last day to agree"), lambda row: row.negotiate_by),
        Column(_("Holds until"), lambda row: row.until),
        Column(_("Order holds until"), lambda row: row.order_until),
    ]


@dataclass(frozen=True, slots=True)
class ElementInWords:
    title: str
    weighed: CaseElement | None

    @property
    def is_shown(self) -> bool:
        return self.weighed is not None and self.weighed.shown == Shown.YES


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
class CaseFile:
    """All that the page of a case shows."""

    offences: tuple[OffenceInWords, ...]
    steps: "QuerySet[ReasonableStep]"
    checks: int  # how many formal checks the labour user shows a receipt of
    notices: "QuerySet[UserNotice]"
    undertakings: "QuerySet[Undertaking]"
    orders: "QuerySet[ConvictionOrder]"
    events: tuple[Happened, ...]


def case_file(case: UnlicensedCase) -> CaseFile:
    steps = case.reasonable_steps.order_by("pk")
    return CaseFile(
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


@dataclass(frozen=True, slots=True)
class UndertakingFile:
    offence: str
    law: str
    measures: "QuerySet[Measure]"
    events: tuple[Happened, ...]


def undertaking_file(one: Undertaking) -> UndertakingFile:
    words, language = rules.words_of(one.case), get_language()
    offence = words.offence(one.offence) if words else None
    return UndertakingFile(
        offence=_called(offence) if offence else one.offence,
        law=said(words.undertakings.law, language) if words else "",
        measures=one.measures.order_by("pk"),
        events=tuple(events_of([("undertaking", one.reference)], about=ordered)),
    )


def _called(offence: Offence) -> str:
    return f"{offence.section}: {said(offence.title, get_language())}"


def offences_for(case: UnlicensedCase, *, recorded: bool | None = None) -> Choices:
    """The offences that fit the case, or those of them that are recorded already, or are not."""
    words = rules.words_of(case)
    known = set(case.offences.values_list("code", flat=True))
    offered = [one for one in words.offences if one.against in ("anybody", case.against)] if words else []
    return [(one.code, _called(one)) for one in offered if recorded is None or (one.code in known) == recorded]


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


def made_out(case: UnlicensedCase) -> list[rules.MadeOut]:
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


def _found(rows: "QuerySet[Any]", reference: str) -> Any:
    return rows.filter(reference=reference[:20]).first() if reference else None


VERBS = {
    "open_case": _("Opened"),
    "record_offence": _("Offence recorded"),
    "say_when": _("When and where an offence was committed"),
    "weigh_element": _("Element of an offence weighed"),
    "record_reasonable_step": _("What was done to find out"),
    "take_ladder_step": _("Notice or warning sent"),
    "acknowledge": _("Acknowledged"),
    "propose_outcome": _("Outcome proposed"),
    "look_further": _("Not approved: looked into further"),
    "refer": _("Referred to the prosecutor"),
    "end_case": _("Closed"),
    "record_result": _("Result recorded"),
    "draft": _("Drafted"),
    "serve": _("Notice served"),
    "discard": _("Not served"),
    "negotiate": _("Negotiated"),
    "extend_negotiation": _("More time to agree"),
    "accept_undertaking": _("Accepted"),
    "refuse_undertaking": _("Refused"),
    "lapse": _("Lapsed without an undertaking"),
    "release": _("Released"),
    "breach": _("Breached"),
    "end_undertaking": _("Ended with its term"),
    "apply_for_order": _("Order applied for"),
    "dismiss_order": _("Order not made"),
    "make_order": _("Order made"),
    "vary_order": _("Order varied"),
    "discharge_order": _("Order discharged"),
    "end_order": _("Order ended with its term"),
    "draft_underpayment": _("Drafted"),
    "serve_underpayment": _("Notice served"),
    "leave_underpayment": _("Not served"),
    "settle_underpayment": _("Paid"),
    "miss_payment": _("Not paid in time"),
    "withdraw_underpayment": _("Withdrawn"),
    "enforce_underpayment": _("Taken to court"),
    "write_order": _("Order written down"),
    "compare_order": _("Compared with the order of the court"),
    "strike_order": _("Struck out"),
    "vary_holding_order": _("Order varied"),
    "lift_order": _("Order discharged"),
    "run_out_order": _("Order ended with its term"),
    "sort_material": _("Material sorted"),
    "add_material": _("Material added"),
    "put_together": _("File for the prosecutor put together"),
    "read_file": _("File read by a second person"),
    "hand_over": _("File handed over"),
}


def events_of(things: list[tuple[str, str]], *, about: Callable[[Event], str] = lambda event: "") -> Iterator[Happened]:
    """`about` says what an event was done to, where the page is of more than one thing."""
    for event in Event.objects.of(things)[:EVENTS_ON_A_PAGE]:
        text = "\n".join(filter(None, (about(event), event.because)))
        yield Happened(VERBS.get(event.verb, event.verb), event.at, event.by_name, text)


def _what_of(case: UnlicensedCase) -> Callable[[Event], str]:
    """Which offence, which element and whether it is shown, which step or letter: in the words of the pack."""
    offences = dict(offences_for(case))
    words: Mapping[str, Mapping[str, Mapping[Any, Any]]] = {
        "record_offence": {"code": offences},
        "say_when": {"code": offences},
        "weigh_element": {"element": dict(elements_for(case)), "shown": dict(Shown.choices)},
        "record_reasonable_step": {"step": dict(StepTaken.choices)},
        "take_ladder_step": {"step": dict(LadderStep.choices)},
        "propose_outcome": {"outcome": dict(CaseOutcome.choices)},
        "record_result": {"result": dict(CaseResult.choices)},
    }
    return lambda event: ": ".join(
        str(said.get(event.facts.get(fact), "")) for fact, said in words.get(event.verb, {}).items()
    )
