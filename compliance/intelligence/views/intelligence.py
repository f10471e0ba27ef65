"""Graded intelligence: the list, one piece, and what is recorded."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.intelligence import forms
from compliance.intelligence.actions import intelligence as actions
from compliance.intelligence.actions import ties
from compliance.intelligence.lists import READS
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.queries import intelligence as queries
from compliance.intelligence.queries.offers import OfferedLink, of_account, offered_links
from compliance.intelligence.states import Strength
from compliance.intelligence.steps import RECORDS
from compliance.reports.models.reports import Report
from compliance.reports.queries.reports import may_read_on
from compliance.reports.rules import triage as rules
from registry import web
from registry.accounts.models import User
from registry.errors import Reason, Refused


@web.page_with_form(READS)
def intelligence(request: web.SignedIn, reference: str) -> HttpResponse:
    """Shown to a person who has said within the hour why they read it; everybody else is asked."""
    at = timezone.now()
    one = _one(request, reference)
    if request.method == "POST" or not queries.may_read_on(one, by=request.user, at=at):
        return _why(request, one)
    facts = {"one": one, "file": queries.intelligence_file(one, by=request.user)}
    return render(request, "compliance/intelligence/one.html", facts)


def _why(request: web.SignedIn, one: Intelligence) -> HttpResponse:
    form = forms.Why(web.typed(request))
    tried = web.attempt(request, form, actions.read, one)
    if tried.is_done:
        return redirect("intelligence", one.reference)
    title = _("Open intelligence %(reference)s") % {"reference": one.reference}
    facts = {"form": form, "title": title, "press": _("Open")}
    web.shows_nothing(request)
    return web.form_page(request, "compliance/intelligence/form.html", facts)


@web.page_with_form(RECORDS)
def record(request: web.SignedIn) -> HttpResponse:
    """Record a piece of intelligence; from a report, if the address names one that this person may see."""
    on = timezone.localdate()
    report = Report.objects.visible_to(request.user).filter(reference=request.GET.get("report", "")[:20]).first()
    if report is not None and not may_read_on(report, by=request.user, at=timezone.now()):
        # The report is beside the form: who has not said within the hour why they read it says so first.
        web.hold(request)
        return redirect("staff_report", report.reference)
    words = queries.choices(rules.words_of(queries.scheme_on(on), on=on))
    links = offered_links(report)
    offered = [(one.code, one.words) for one in links]
    form = forms.Record(web.typed(request), words=words, by=request.user, offered=offered, initial=_begun(report, on))
    tried = web.attempt(request, form, _kept, form, report, links)
    if tried.is_done:
        return redirect("intelligence", tried.result.reference)
    if report is not None:
        web.shows(request, report, way="page")
    facts = {"form": form, "title": _("Record intelligence"), "report": report}
    return web.form_page(request, "compliance/intelligence/form.html", facts)


def _begun(report: Report | None, on: date) -> dict[str, object]:
    about = report.organisation.reference if report and report.organisation else ""
    return {"learnt_on": timezone.localdate(report.received_at) if report else on, "about": about}


def _kept(
    form: forms.Record, report: Report | None, offered: Iterable[OfferedLink], *, by: User, at: datetime, **typed: Any
) -> Intelligence:
    about, unknown = queries.organisations_called(typed["about"])
    if unknown:
        text = _("There is no organisation %(number)s.") % {"number": ", ".join(unknown)}
        raise Refused([Reason("unknown_organisation", text, "about")])
    accounts = of_account(typed["account"], about)
    kept = actions.record(
        scheme=queries.scheme_on(timezone.localdate()),
        grade=form.grade,
        source_text=typed["source_text"],
        sanitised_text=typed["sanitised_text"],
        learnt_on=typed["learnt_on"],
        about=about,
        source=typed.get("pseudonym"),
        report=report,
        by=by,
        at=at,
    )
    for one in (*offered, *accounts):
        if one in accounts or one.code in typed.get("links", ()):
            ties.tie(kept, first=one.firm, second=one.other, how=one.how, strength=Strength.SUSPECTED, by=by, at=at)
    return kept


def _one(request: web.SignedIn, reference: str) -> Intelligence:
    return get_object_or_404(Intelligence.objects.visible_to(request.user), reference=reference)
