"""One check as officers see it: to whom it was put, what came back, and what may be done with that."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing.checks import forms
from licensing.checks.actions import checks as checks_actions
from licensing.checks.actions import release
from licensing.checks.models import Check, Reply
from licensing.checks.queries import checks as checks_queries
from licensing.checks.queries import subjects
from licensing.checks.rules import replies as rules
from registry import web

FORM = "licensing/checks/officer_form.html"
SEES = "licensing.view_applications"
RECORDS = "licensing.record_check"
#: What changes nothing that an officer decides on.
NO_CHANGE = frozenset({"ask_agency", "remind_agency"})
form_page = require_http_methods(["GET", "HEAD", "POST"])


def visible(request: web.SignedIn, asked: str) -> Check:
    return get_object_or_404(checks_queries.checks_with_overrides().open_to(request.user), reference=asked)


@require_safe
@web.needs(SEES)
def check(request: web.SignedIn, asked: str) -> HttpResponse:
    one = visible(request, asked)
    file = checks_queries.check_file(one, by=request.user, on=timezone.localdate())
    return render(request, "licensing/checks/officer_check.html", {"file": file, **_about(one)})


@require_safe
@web.needs(SEES)
def reply_document(request: web.SignedIn, asked: str, document: str) -> FileResponse:
    """A file that came with a reply: for those who may read the reply."""
    return web.serve(
        get_object_or_404(
            checks_queries.documents_of_check(visible(request, asked), by=request.user), reference=document
        )
    )


@form_page
@web.needs(RECORDS)
def record_check(request: web.SignedIn, asked: str) -> HttpResponse:
    one = visible(request, asked)
    form = forms.Reply(web.typed(request), request.FILES or None, initial={"replied_on": timezone.localdate()})
    tried = web.attempt(request, form, checks_actions.record_result, one, unchanged_by=NO_CHANGE)
    if tried.is_done:
        return _back(one)
    return _form(
        request,
        one,
        form,
        title=_("Record the reply"),
        press=_("Record the reply"),
        blockers=list(rules.record_blockers(one)),
        handling=one.handling,
    )


@form_page
@web.needs(RECORDS)
def put_check(request: web.SignedIn, asked: str) -> HttpResponse:
    one = visible(request, asked)
    agencies = subjects.agencies_for(one)
    form = forms.Put(web.typed(request), agencies=agencies, initial={"agency": one.agency})
    tried = web.attempt(request, form, checks_actions.put, one, unchanged_by=NO_CHANGE)
    if tried.is_done:
        return redirect("staff_check", asked)
    text = _("It is asked at once, in the way that is agreed with it. The days to reply count from today.")
    nobody = _(
        "No authority answers this check here. An administrator of people can add one; until then, ask it yourself."
    )
    return _form(
        request,
        one,
        form,
        title=_("Put the check to an authority"),
        text=text if agencies else nobody,
        press=_("Put it to this authority"),
        blockers=list(rules.put_blockers(one)),
    )


@form_page
@web.needs(RECORDS)
def sanitise_reply(request: web.SignedIn, asked: str) -> HttpResponse:
    one = visible(request, asked)
    reply = _standing(one)
    form = forms.Sanitise(web.typed(request), initial={"text": reply.sanitised})
    tried = web.attempt(request, form, release.sanitise, reply, made_of=[one], unchanged_by=NO_CHANGE)
    if tried.is_done:
        return redirect("staff_check", asked)
    return _form(
        request,
        one,
        form,
        title=_("Write what may be said of the reply"),
        text=_("Letters, notices and requests refuse the words of a restricted reply, and take these instead."),
        press=_("Keep these words"),
        blockers=list(rules.sanitise_blockers(reply)),
    )


@form_page
@web.needs(RECORDS)
def release_reply(request: web.SignedIn, asked: str) -> HttpResponse:
    one = visible(request, asked)
    reply = _standing(one)
    form = forms.Release(web.typed(request), initial={"given_on": timezone.localdate()})
    tried = web.attempt(request, form, release.release, reply, made_of=[one], unchanged_by=NO_CHANGE)
    if tried.is_done:
        return redirect("staff_check", asked)
    return _form(
        request,
        one,
        form,
        title=_("Record that the authority agrees"),
        text=_("From then on the reply itself may be used as the authority allows. Its words of agreement are kept."),
        press=_("Record it"),
        blockers=[],
    )


def _standing(one: Check) -> Reply:
    return get_object_or_404(one.replies.standing())


def _back(one: Check) -> HttpResponse:
    """To the case, where what comes next is said."""
    if one.application:
        return redirect("application", one.application.reference)
    assert one.change
    return redirect("change", one.change.reference)


def _about(one: Check) -> dict[str, Any]:
    """What the head of a page of a case reads."""
    if one.application:
        return {"check": one, "application": one.application}
    return {"check": one, "change": one.change, "licence": one.change.licence if one.change else None}


def _form(request: web.SignedIn, one: Check, form: Any, **facts: Any) -> HttpResponse:
    row = checks_queries.check_row(one, by=request.user, on=timezone.localdate())
    context = {"row": row, "form": form, **_about(one), **facts}
    return web.form_page(request, FORM, context)
