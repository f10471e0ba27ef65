"""What to say to a business about its inspections, and the reports that are printed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models import (
    CustodyAct,
    FollowUp,
    Inspection,
    LadderStep,
    ProsecutorFile,
    Report,
    ReportClock,
    ReportSending,
    StepTaken,
    UnderpaymentNotice,
    Undertaking,
    UnlicensedCase,
    VisitPlan,
    WhySensitive,
)
from compliance.queries.findings import scheme_of
from compliance.queries.plans import Briefing
from compliance.queries.prosecution import kind_in_words, offences_in_words
from compliance.queries.visit_reports import ShownReport
from registry import schemes
from registry.accounts.models import User
from registry.documents.models import Document
from registry.documents.rules import rejected
from registry.letters.letters import sending as sending_letters
from registry.letters.models import Letter
from registry.organisations.models import Organisation
from registry.papers import pdf
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
        "scheme_title": said(scheme.title, language),
        "authority": {"name": said(scheme.authority.name, language)},
        **facts,
    }
    record = {"inspection": inspection.reference, "digest": digest, "content": content}
    return pdf.pdf("compliance/letters/inspection_report.html", facts=page, record=record, language=language, at=at)


def _queue(
    inspection: Inspection, template: str, *, subject: str | Promise, facts: Mapping[str, Any], at: datetime
) -> Letter:
    day: dict[str, date] = {"version": inspection.version}
    return sending_letters.queue(
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


def file_rejected(one: FollowUp, document: Document, *, at: datetime) -> Letter:
    """Says that a file which shows what was put right was rejected, why, and by when another one is needed."""
    facts = {**rejected(document, language=one.inspection.organisation.language), "due_on": one.due_on}
    subject = _("We could not accept a file that you uploaded")
    return _queue(one.inspection, "file_rejected", subject=subject, facts={"place": "follow-up", **facts}, at=at)


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
    return pdf.pdf("compliance/letters/briefing.html", facts=facts, record=record, language=language, at=at)


# --- those who handle reports ---


def report_overdue(report: Report, clock: str, *, to: User, due: datetime, at: datetime) -> Letter:
    """That a day or hour of a report has passed: its reference, and no word of it."""
    with translation.override(to.language):
        title = str(ReportClock(clock).label)
    facts = {"title": title, "reference": report.reference, "due": due, "is_day": clock == ReportClock.TELL}
    subject = _("A report is overdue")
    return sending_letters.queue(
        "compliance/letters/report_overdue.html", to=to, subject=subject, facts=facts, about=report.reference, at=at
    )


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


def underpayment_served(notice: UnderpaymentNotice, *, at: datetime) -> Letter:
    """What is owed, for what and to how many, the penalty, and by when both are paid (ERA 2025, ss.103-105)."""
    rows = list(notice.owed.order_by("pk"))
    owed = [
        {
            "what": one.what,
            "workers": one.workers,
            "pounds": f"{one.pounds:,.2f}",
            "since": one.since,
            "until": one.until,
        }
        for one in rows
    ]
    facts = {
        "reasons": notice.reasons,
        "owed": owed,
        "owed_pounds": f"{sum(one.pounds for one in rows):,.2f}",
        "penalty_pounds": f"{notice.penalty_pounds:,.2f}",
        "pay_by": notice.pay_by,
        "reduced_pounds": f"{notice.reduced_pounds:,.2f}",
        "reduced_by": notice.reduced_by,
    }
    return _queue_to(notice.organisation, notice, "underpayment_notice", facts, about=notice.reference, at=at)


def underpayment_withdrawn(notice: UnderpaymentNotice, *, because: str, at: datetime) -> Letter:
    """That nothing has to be paid under the notice any more, and why."""
    facts = {"because": because}
    return _queue_to(notice.organisation, notice, "underpayment_withdrawn", facts, about=notice.reference, at=at)


def _queue_at_law(case: UnlicensedCase, wording: str, facts: Mapping[str, Any], *, about: str, at: datetime) -> Letter:
    organisation = case.organisation
    assert isinstance(organisation, Organisation)  # rules: nobody without a file is written to
    return _queue_to(organisation, case, wording, facts, about=about, at=at)


def _queue_to(
    organisation: Organisation,
    under: UnlicensedCase | UnderpaymentNotice,
    wording: str,
    facts: Mapping[str, Any],
    *,
    about: str,
    at: datetime,
) -> Letter:
    pack = schemes.in_force(under.scheme, timezone.localdate(at))
    return sending_letters.queue(
        "compliance/letters/enforcement.html",
        to=organisation,
        subject=said(pack.letter(wording).title, organisation.language),
        facts={"scheme": under.scheme, "version": under.version, "wording": wording, **facts},
        about=about,
        kept=True,
        at=at,
    )


# --- the file for the prosecutor ---


def prosecutor_file(file: ProsecutorFile, *, language: str) -> bytes:
    """One version of the file as a PDF, with its content attached for programs. Raises `PdfUnavailable`."""
    case, content = file.case, file.content
    scheme = schemes.get(case.scheme, case.version)
    with translation.override(language):
        title = gettext("Case for the prosecutor %(reference)s") % {"reference": case.reference}
        facts = {
            "title": title,
            "file": file,
            "case": case,
            "content": content,
            "offences": list(offences_in_words(case, content, language=language)),
            "steps": [{**one, "kind": str(StepTaken(one["kind"]).label)} for one in content["reasonable_steps"]],
            "evidence": [_material(one) for one in content["evidence"]],
            "unused": [_material(one) for one in content["unused"]],
            "sensitive": [
                {**_material(one), "why": str(WhySensitive(one["why"]).label)} for one in content["sensitive"]
            ],
            "authority": {"name": said(scheme.authority.name, language)},
        }
    record = {"case": case.reference, "number": file.number, "digest": file.digest, "content": content}
    return pdf.pdf(
        "compliance/letters/prosecutor_file.html", facts=facts, record=record, language=language, at=file.made_at
    )


def _material(one: Mapping[str, Any]) -> dict[str, Any]:
    """A piece of material in the language that is spoken now."""
    custody = [
        {
            **step,
            "act": str(CustodyAct(step["act"]).label),
            "at": timezone.localtime(datetime.fromisoformat(step["at"])),
        }
        for step in one.get("custody", ())
    ]
    kind = kind_in_words(one["kind"])
    return {**one, "kind": kind, "title": f"{kind} {one.get('code', '')}".strip(), "custody": custody}
