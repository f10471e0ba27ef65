"""What to say to a business about its inspections, and the reports that are printed."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.inspections.letters import queue
from compliance.inspections.queries.findings import scheme_of
from compliance.plans.models import VisitPlan
from compliance.plans.queries.plans import Briefing
from registry.letters.models import Letter
from registry.papers import pdf
from registry.schemes import said


def visit_announced(plan: VisitPlan, *, at: datetime) -> Letter:
    """Says when and where we visit, and who should be there; nothing of why, and nothing of who goes with us."""
    with translation.override(plan.inspection.organisation.language):
        facts = {"day": plan.day, "hours": plan.hours, "where": plan.where}
    return queue(plan.inspection, "visit_announced", subject=_("We will visit you"), facts=facts, at=at)


def visit_called_off(plan: VisitPlan, *, at: datetime) -> Letter:
    """Says that the visit of which the business was told will not be made; not why."""
    facts = {"day": plan.day}
    return queue(plan.inspection, "visit_called_off", subject=_("We will not visit you"), facts=facts, at=at)


def briefing(shown: Briefing, *, language: str, at: datetime) -> bytes:
    """The briefing of a visit as a PDF. Raises `PdfUnavailable`."""
    inspection = shown.inspection
    with translation.override(language):
        title = gettext("Briefing for visit %(reference)s") % {"reference": inspection.reference}
    authority = {"name": said(scheme_of(inspection).authority.name, language)}
    facts = {"title": title, "briefing": shown, "authority": authority}
    record = {"inspection": inspection.reference, "printed_at": at}
    return pdf.pdf("compliance/letters/briefing.html", facts=facts, record=record, language=language, at=at)
