"""The page of one appeal, and what is written down of it; the list of appeals."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing.appeals import forms as appeal_forms
from licensing.appeals import rules
from licensing.appeals.actions import appeals as actions
from licensing.appeals.actions import outcomes
from licensing.appeals.models import Appeal, AppealBundle
from licensing.appeals.queries import appeals as queries
from licensing.applications.forms import officer as forms
from licensing.decisions.views.officer import visible as visible_decision
from licensing.due_dates.queries.about import dates_of
from registry import web
from registry.errors import Reason

FORM = "licensing/parts/officer_form.html"


SEES = "licensing.view_appeals"


HANDLES = "licensing.handle_appeals"


@require_safe
@web.needs(SEES)
def appeal(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = visible(request, reference), timezone.localdate()
    file = queries.appeal_file(one, by=request.user, on=today)
    facts = {
        "file": file,
        "appeal": one,
        "decision": one.decision,
        "dates": dates_of(one, on=today),
        "bundle": AppealBundle.objects.newest_of(one),
    }
    return render(request, "licensing/appeals/officer_appeal.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def receive(request: web.SignedIn, reference: str) -> HttpResponse:
    decision = visible_decision(request, reference)
    form = appeal_forms.Receive(web.typed(request))
    tried = web.attempt(request, form, actions.receive, decision, previews=True)
    if tried.is_done:
        return redirect("appeal", tried.result.reference)
    facts = {
        "letters": tried.letters,
        "previews": True,
        "decision": decision,
        "form": form,
        "title": _("Write down an appeal"),
        "text": _(
            "That it has arrived with the secretariat. A licence that was revoked, and not at once, goes on until the appeal "
            "is decided, and the register says so."
        ),
        "press": _("Write it down"),
        "blockers": list(rules.receive_blockers(decision, today=timezone.localdate())),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def disregard(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    return _step(
        request,
        one,
        forms.Because(web.typed(request)),
        actions.disregard,
        title=_("None has arrived"),
        text=_("What the appellant told us leads to nothing. Ask the secretariat first."),
        blockers=list(rules.disregard_blockers(one)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def acknowledge(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    return _step(
        request,
        one,
        appeal_forms.Acknowledge(web.typed(request), initial={"number": one.number}),
        actions.acknowledge,
        title=_("The copy has come"),
        text=_("The secretariat has acknowledged the appeal and sent us a copy."),
        blockers=list(rules.acknowledge_blockers(one, today=timezone.localdate())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def reply(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    return _step(
        request,
        one,
        appeal_forms.Reply(web.typed(request)),
        actions.reply,
        title=_("Write down our reply"),
        text=_("A reply that comes late is none: we then take no part in the appeal."),
        blockers=list(rules.reply_blockers(one, today=timezone.localdate())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def bar(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    return _step(
        request,
        one,
        forms.Press(web.typed(request)),
        actions.bar,
        title=_("Note that we are barred"),
        text=_("The time to reply was missed. We take no part in the appeal unless the tribunal directs it."),
        blockers=list(rules.bar_blockers(one, today=timezone.localdate())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def readmit(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    return _step(
        request,
        one,
        appeal_forms.Readmit(web.typed(request)),
        actions.readmit,
        title=_("The tribunal lets us take part"),
        text=_(
            "Then we reply by the day that it has set. If a hearing was fixed, write it down again after the reply."
        ),
        blockers=list(rules.readmit_blockers(one, today=timezone.localdate())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def tick_off(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    known = {"statements_on": one.statements_on, "representations_on": one.representations_on}
    return _step(
        request,
        one,
        appeal_forms.TickOff(web.typed(request), initial=known),
        actions.tick_off,
        title=_("What we have sent"),
        text=_("For the hearing. What is sent is not among the dates due any more."),
        blockers=list(rules.tick_off_blockers(one, today=timezone.localdate())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def fix_hearing(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    known = {"on_paper": one.on_paper, "hearing_on": one.hearing_on, "hearing_place": one.hearing_place}
    return _step(
        request,
        one,
        appeal_forms.FixHearing(web.typed(request), initial=known),
        actions.fix_hearing,
        title=_("Hearing, or on paper"),
        text=_("As the tribunal has told both sides."),
        blockers=list(rules.hearing_blockers(one, today=timezone.localdate())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def determine(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    return _step(
        request,
        one,
        appeal_forms.Determine(web.typed(request)),
        actions.determine,
        title=_("The tribunal has decided"),
        text=_("It has no effect until someone else has carried it out."),
        blockers=list(rules.end_blockers(one, move="determine", today=timezone.localdate())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def take_back(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    return _step(
        request,
        one,
        appeal_forms.TakeBack(web.typed(request)),
        actions.take_back,
        title=_("It is withdrawn"),
        text=_(
            "The decision then holds from the day that it named, or from the 6th working day after "
            "the notice if that is later. Someone else carries it out."
        ),
        blockers=list(rules.end_blockers(one, move="take_back", today=timezone.localdate())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.decide")
def carry_out(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = visible(request, reference), timezone.localdate()
    blockers = rules.carry_out_blockers(
        one, by=request.user, conflicted=queries.conflicted(one), unsettled=queries.to_settle(one), today=today
    )
    step = partial(
        _step,
        request,
        one,
        forms.Press(web.typed(request)),
        outcomes.carry_out,
        title=_("Carry out what it came to"),
        text=str(queries.follows(one)),
        blockers=list(blockers),
        previews=True,
    )
    if request.method == "POST" and not web.is_stepped_up(request):
        return web.to_step_up(request)
    return step()


def visible(request: web.SignedIn, reference: str) -> Appeal:
    about = (*queries.ABOUT, "told_by", "received_by", "ended_by", "closed_by", "decision__decided_by")
    return get_object_or_404(Appeal.objects.visible_to(request.user).select_related(*about), reference=reference)


def _step(
    request: web.SignedIn,
    one: Appeal,
    form: django_forms.Form,
    act: Callable[..., Any],
    *,
    title: str,
    text: str | Promise,
    blockers: list[Reason],
    previews: bool = False,
) -> HttpResponse:
    """One thing done with an appeal: the page that asks for it, and then what is typed, done."""
    tried = web.attempt(request, form, act, one, previews=True)
    if tried.is_done:
        return redirect("appeal", one.reference)
    facts = {
        "letters": tried.letters,
        "previews": previews,
        "appeal": one,
        "decision": one.decision,
        "form": form,
        "title": title,
        "text": text,
        "press": title,
        "blockers": blockers,
    }
    return web.form_page(request, FORM, facts)
