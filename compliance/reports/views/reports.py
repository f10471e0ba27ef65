"""Reports in the hands of those who handle them: the list, one report, what is asked, said and opened."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from compliance import vault
from compliance.reports.actions import reports as actions
from compliance.reports.actions import triage
from compliance.reports.forms import triage as triage_forms
from compliance.reports.lists import HANDLES
from compliance.reports.models.recordings import ReportRecording
from compliance.reports.models.reports import Report, ReportPhoto
from compliance.reports.queries import reports as queries
from compliance.reports.rules import handling
from compliance.reports.states import AnswerBy
from compliance.reports.steps import REPORT, why_first
from registry import signing, web
from registry.integrity.covering import RowRewritten


@web.page_with_form(HANDLES)
def report(request: web.SignedIn, reference: str) -> HttpResponse:
    """Shown to a person who has said within the hour why they read it; everybody else is asked."""
    at = timezone.now()
    seen = _one(request, reference)
    if request.method == "POST" or not queries.may_read_on(seen, by=request.user, at=at):
        return _why(request, seen)
    facts = {
        "report": seen,
        "file": queries.report_file(seen, by=request.user, at=at),
        "buttons": REPORT.buttons(seen, by=request.user, on=timezone.localdate(at)),
    }
    return render(request, "compliance/reports/officer_report.html", facts)


def _why(request: web.SignedIn, seen: Report) -> HttpResponse:
    form = triage_forms.Why(web.typed(request))
    tried = web.attempt(request, form, triage.read, seen)
    if tried.is_done:
        return redirect("staff_report", seen.reference)
    web.shows_nothing(request)
    return web.form_page(request, "compliance/reports/officer_reason.html", {"report": seen, "form": form})


def one_read(request: web.SignedIn, reference: str) -> Report | HttpResponse:
    """The report, for a person who has said why they read it; else the way to the page that asks."""
    seen = _one(request, reference)
    if address := why_first(seen, request.user, timezone.now()):
        web.hold(request)
        return redirect(address)
    return seen


@web.page(HANDLES)
def photo(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    """To keep and look at elsewhere: never shown within a page."""
    seen = one_read(request, reference)
    if not isinstance(seen, Report):
        return seen
    kept = get_object_or_404(ReportPhoto, report=seen, number=number)
    headers = {"Content-Disposition": f'attachment; filename="{reference}-{number}.jpg"'}
    return HttpResponse(_unaltered(kept, bytes(kept.content)), content_type="image/jpeg", headers=headers)


@web.page(HANDLES)
def recording(request: web.SignedIn, reference: str) -> HttpResponse:
    """What the reporter said, to be listened to: kept by no browser."""
    seen = one_read(request, reference)
    if not isinstance(seen, Report):
        return seen
    kept = get_object_or_404(ReportRecording, report=seen)
    sound = _unaltered(kept, vault.unseal_bytes(vault.VOICE, bytes(kept.sealed)))
    return web.not_kept(HttpResponse(sound, content_type="audio/wav"))


def _unaltered(kept: ReportPhoto | ReportRecording, content: bytes) -> bytes:
    """The trail covers the digest alone. Raises `RowRewritten` where it is not that of the content."""
    if signing.digest_of_bytes(content) != kept.digest:
        raise RowRewritten([f"{kept._meta.label_lower} {kept.pk}: its content is not that of its digest"])
    return content


@web.page_with_form(HANDLES)
def reach(request: web.SignedIn, reference: str) -> HttpResponse:
    seen = _one(request, reference)
    form = triage_forms.Reach(web.typed(request))
    facts: dict[str, Any] = {"report": seen, "form": form}
    tried = web.attempt(request, form, actions.reach, seen)
    if tried.is_done:
        facts["details"] = tried.result
        facts["way"] = dict(AnswerBy.choices).get(tried.result.get("answer_by", ""), "")
    facts["blockers"] = list(handling.reach_blockers(seen))
    return web.form_page(request, "compliance/reports/officer_contact.html", facts)


def _one(request: web.SignedIn, reference: str) -> Report:
    return get_object_or_404(Report.objects.visible_to(request.user), reference=reference)
