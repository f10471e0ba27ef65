"""What to say to a business about its inspections, and the reports that are printed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models import FollowUp, Inspection, ReportSending, VisitPlan
from compliance.queries.findings import scheme_of
from compliance.queries.plans import Briefing
from compliance.queries.visit_reports import ShownReport
from registry import letters
from registry.models import Letter
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
