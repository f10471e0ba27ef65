"""What to say to a business about its inspections, and the reports that are printed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.inspection_reports.models import ReportSending
from compliance.inspection_reports.queries import ShownReport
from compliance.inspections.letters import queue
from compliance.inspections.queries.findings import scheme_of
from registry.letters.models import Letter
from registry.papers import pdf
from registry.schemes import said


def report_sent(sending: ReportSending, *, at: datetime) -> Letter:
    """Says that there is a report to read, and by when the business may reply; the report itself is read in the service."""
    facts = {"reply_by": sending.reply_by, "visited_on": sending.inspection.visited_on}
    subject = _("The report of our inspection")
    return queue(sending.inspection, "report_sent", subject=subject, facts=facts, at=at)


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
