"""What to say to a business about its inspections, and the reports that are printed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models import FollowUp, Inspection, LadderStep, ReportSending, Undertaking, UnlicensedCase, VisitPlan
from compliance.queries.findings import scheme_of
from compliance.queries.plans import Briefing
from compliance.queries.visit_reports import ShownReport
from registry import letters, schemes
from registry.models import Letter, Organisation
from registry.schemes import said


def report_sent(sending: ReportSending, *, at: datetime) -> Letter:
    """Says that there is a report to read, and by when the business may reply; the report itself is read in the service."""
    facts = {"reply_by": sending.reply_by, "visited_on": sending.inspection.visited_on}
    subject = _("The report of our inspection")
    return _queue(sending.inspection, "report_sent", subject=subject, facts=facts, at=at)


def inspection_report(
    shown: ShownReport,
    *,
    content: Mapping[str, Any],
    digest: str,
    facts: Mapping[str, Any],
    language: str,
    at: datetime,
) -> bytes:
    """The report as a PDF, with what it says attached for programs. Raises `PdfUnavailable`."""
    inspection = shown.inspection
    with translation.override(language):
        title = gettext("Inspection report %(reference)s") % {"reference": inspection.reference}
    scheme = scheme_of(inspection)
    page = {
        "title": title,
        "report": shown,
        "digest": digest,
        "authority": {"name": said(scheme.authority.name, language)},
        **facts,
    }
    record = {"inspection": inspection.reference, "digest": digest, "content": content}
    return letters.pdf("compliance/letters/inspection_report.html", facts=page, record=record, language=language, at=at)


def _queue(
    inspection: Inspection, template: str, *, subject: str | Promise, facts: Mapping[str, Any], at: datetime
) -> Letter:
    day: dict[str, date] = {"version": inspection.version}
    return letters.queue(
        f"compliance/letters/{template}.html",
        to=inspection.organisation,
        subject=subject,
        facts={"scheme": inspection.scheme, **day, **facts},
        about=inspection.reference,
        kept=True,
        at=at,
    )


FOLLOW_UP_SUBJECTS: dict[str, str | Promise] = {
    "asked": _("Something is to be put right"),
    "sent_back": _("What you sent does not yet show that it has been put right"),
    "met": _("It has been put right"),
    "not_met": _("It has not been put right"),
    "extended": _("You have more time to put it right"),
    "reminder": _("Something is still to be put right"),
    "missed": _("The day by which something was to be put right has passed"),
}


def follow_up(one: FollowUp, occasion: str, *, because: str = "", at: datetime) -> Letter:
    """Says what is to be put right and by when, and where that stands now."""
    facts = {
        "occasion": occasion,
        "action": one.action,
        "standard": one.standard,
        "due_on": one.due_on,
        "because": because,
        "reference": one.reference,
    }
    return _queue(one.inspection, "follow_up", subject=FOLLOW_UP_SUBJECTS[occasion], facts=facts, at=at)


def visit_announced(plan: VisitPlan, *, at: datetime) -> Letter:
    """Says when and where we visit, and who should be there; nothing of why, and nothing of who goes with us."""
    facts = {"day": plan.day, "starts": f"{plan.starts:%H:%M}", "ends": f"{plan.ends:%H:%M}", "where": plan.where}
    return _queue(plan.inspection, "visit_announced", subject=_("We will visit you"), facts=facts, at=at)


def visit_called_off(plan: VisitPlan, *, at: datetime) -> Letter:
    """Says that the visit of which the business was told will not be made; not why."""
    facts = {"day": plan.day}
    return _queue(plan.inspection, "visit_called_off", subject=_("We will not visit you"), facts=facts, at=at)


def briefing(shown: Briefing, *, language: str, at: datetime) -> bytes:
    """The briefing of a visit as a PDF. Raises `PdfUnavailable`."""
    inspection = shown.inspection
    with translation.override(language):
        title = gettext("Briefing for visit %(reference)s") % {"reference": inspection.reference}
    authority = {"name": said(scheme_of(inspection).authority.name, language)}
    facts = {"title": title, "briefing": shown, "authority": authority}
    record = {"inspection": inspection.reference, "printed_at": at}
    return letters.pdf("compliance/letters/briefing.html", facts=facts, record=record, language=language, at=at)


# --- labour users, and undertakings: the legal wording is the pack's, the words are kept as sent ---


def ladder_step(case: UnlicensedCase, step: str, *, supplier: str, because: str, at: datetime) -> Letter:
    """The notice or the warning to a labour user (2004 Act, s.13; LUINSP)."""
    wording = "enforcement_notice" if step == LadderStep.NOTICE else "enforcement_warning"
    return _queue_at_law(case, wording, {"supplier": supplier, "because": because}, about=case.reference, at=at)


def served(one: Undertaking, *, negotiate_by: date, at: datetime) -> Letter:
    """The notice with offence, reasons and draft, and the last day to negotiate (ERA 2025, s.120)."""
    return _queue_at_law(
        one.case, "undertaking_notice", {**_facts(one), "negotiate_by": negotiate_by}, about=one.reference, at=at
    )


def accepted(one: Undertaking, *, at: datetime) -> Letter:
    """That the undertaking holds, from when until when."""
    facts = {**_facts(one), "starts_on": one.starts_on, "until": one.until}
    return _queue_at_law(one.case, "undertaking_accepted", facts, about=one.reference, at=at)


def _facts(one: Undertaking) -> dict[str, Any]:
    words = schemes.get(one.case.scheme, one.case.version).enforcement
    offence = words.offence(one.offence) if words else None
    language = one.case.organisation.language if one.case.organisation else None
    return {
        "offence": f"{offence.section}: {said(offence.title, language)}" if offence else one.offence,
        "reasons": one.reasons,
        "months": one.months,
        "measures": list(one.measures.order_by("pk").values("text", "necessary", "just")),
    }


def _queue_at_law(case: UnlicensedCase, wording: str, facts: Mapping[str, Any], *, about: str, at: datetime) -> Letter:
    organisation = case.organisation
    assert isinstance(organisation, Organisation)  # rules: nobody without a file is written to
    pack = schemes.in_force(case.scheme, timezone.localdate(at))
    return letters.queue(
        "compliance/letters/enforcement.html",
        to=organisation,
        subject=said(pack.letter(wording).title, organisation.language),
        facts={"scheme": case.scheme, "version": case.version, "wording": wording, **facts},
        about=about,
        kept=True,
        at=at,
    )
