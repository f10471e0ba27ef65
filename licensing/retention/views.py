"""What is held about a person, for the person and for who answers a request; and what is to be erased."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from licensing.retention.forms import WhoAsked
from licensing.retention.models import ErasureBatch, ErasureFailure
from licensing.retention.queries import approvals, fields, personal, readable
from licensing.retention.states import ERASES
from licensing.retention.steps import BATCH
from registry import web
from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.organisations import actions as people
from registry.organisations.models import Organisation, Person
from registry.papers import pdf as papers
from registry.trail.actions import exports

#: Who answers for personal data, and who audits it.
PAPER = "licensing/retention/your_data_paper.html"
SHOWN = 100
SEES_FIELDS = ("registry.answer_subject_access", "registry.read_trail")


@require_safe
def your_data(request: web.SignedIn) -> HttpResponse:
    page = {"data": personal.your_data(request.user, today=timezone.localdate()), "left_out": personal.left_out()}
    return web.not_kept(render(request, "licensing/retention/your_data.html", page))


@require_POST
def your_data_file(request: web.SignedIn) -> HttpResponse:
    """All that is held about the person who is signed in, as a file to read or one for programs; that it was taken is on the trail."""
    at, user = timezone.now(), request.user
    accounts.take_own_data(user, by=user, at=at)
    data = personal.export_of(user)
    if "paper" in request.POST:
        return web.not_kept(web.as_pdf(request, lambda: _printed(user, data, at=at), name=user.reference))
    return _file(data, name=user.reference)


def _printed(user: User, data: dict[str, Any], *, at: datetime) -> bytes:
    language = get_language()
    facts = {"name": str(user), "title": gettext("Your data"), "sections": readable.sections_of(user, data)}
    record = {"kind": "personal data", "of": user.reference, "at": at}
    return papers.pdf(PAPER, facts=facts, record=record, language=language, at=at, keeps=False)


@web.page_with_form("registry.answer_subject_access")
def data_of_person(request: web.SignedIn, reference: str, person: str) -> HttpResponse:
    """What is held about somebody in an organisation's file, to be given to them on request."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    named = Person.objects.filter(reference=person, roles__organisation=organisation).first()
    if named is None:
        raise Http404
    form = WhoAsked(web.typed(request))
    tried = web.attempt(request, form, people.give_data, named)
    if tried.is_done:
        return _file(personal.person_export(named, today=timezone.localdate()), name=named.reference)
    page = {"form": form, "organisation": organisation, "person": named, "left_out": personal.left_out()}
    return web.form_page(request, "licensing/retention/officer_data_of_person.html", page)


@web.page(*SEES_FIELDS)
def personal_data(request: web.SignedIn) -> HttpResponse:
    """Every personal field of every table: what for, by which right, how long and who sees it."""
    page = {"rules": fields.under_rules(timezone.localdate()), "headings": fields.HEADINGS_OF_PAGE}
    return render(request, "licensing/retention/personal_data.html", page)


@web.button(*SEES_FIELDS)
@web.needs("registry.export_lists")
def personal_data_csv(request: web.SignedIn) -> HttpResponseBase:
    """The same table as CSV; that it was taken is noted on the trail."""
    at = timezone.now()
    today = timezone.localdate(at)
    found = list(fields.rows(today))
    exports.take_list("personal data", chosen={}, rows=len(found), by=request.user, at=at)
    return web.table_file("personal-data", fields.HEADINGS, found, on=today)


@web.page(ERASES, "registry.read_trail")
def erasures(request: web.SignedIn) -> HttpResponse:
    """What waits for two people before it is erased, and what could not be erased."""
    batches = ErasureBatch.objects.visible_to(request.user).order_by("-listed_at", "-pk")[:SHOWN]
    failures = ErasureFailure.objects.failing().order_by("first_at", "pk")[:SHOWN]
    page = {"batches": batches, "failures": failures}
    return render(request, "licensing/retention/erasures.html", page)


@web.page(ERASES, "registry.read_trail")
def erasure_batch(request: web.SignedIn, reference: str) -> HttpResponse:
    one = BATCH.subject(request.user, reference=reference)
    page = {
        "one": one,
        "things": approvals.things_of(one),
        "buttons": BATCH.buttons(one, by=request.user, on=timezone.localdate()),
    }
    return render(request, "licensing/retention/erasure_batch.html", page)


def _file(data: dict[str, object], *, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    options = {"indent": 2, "ensure_ascii": False}
    return web.not_kept(JsonResponse(data, json_dumps_params=options, headers=disposition))
