"""What the authority has asked of an applicant: the answer, item by item, and more time."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.applications.models import Application
from licensing.requests import forms, queries, rules
from licensing.requests.actions import answering
from licensing.requests.models import InformationRequest
from registry import permissions, web
from registry.errors import Reason
from registry.memberships.states import Act
from registry.templatetags.registry_parts import day


@web.page_with_form("licensing.apply")
def answer_request(request: web.SignedIn, reference: str, asked: str) -> HttpResponse:
    """All items on one page; what was typed can be saved and sent later."""
    one = _own(request, reference, asked)
    items = queries.items_of(one)
    saves = "save" in request.POST
    form = forms.AnswerItems(web.posted(request), request.FILES if request.method == "POST" else None, items=items)
    act = answering.save if saves else answering.answer
    tried = web.attempt(
        request, form, act, one, typed=form.given_answers, done=_("Saved.") if saves else _("We have your answer.")
    )
    if tried.is_done:
        return redirect("answer_request", reference, asked) if saves else redirect("application_tasks", reference)
    return web.form_page(
        request,
        "licensing/requests/applicant_answer.html",
        {
            "asked": one,
            "items": items,
            "missing": [item for item in items if item.is_missing],
            "application": one.application,
            "form": form,
            "today": timezone.localdate(),
            "blockers": [*_who_may(request, one), *rules.save_blockers(one)],
        },
    )


@web.page_with_form("licensing.apply")
def ask_more_time(request: web.SignedIn, reference: str, asked: str) -> HttpResponse:
    one = _own(request, reference, asked)
    form = forms.AskTime(web.posted(request))
    if web.attempt(request, form, answering.ask_time, one, done=_("You have asked for more time.")).is_done:
        return redirect("answer_request", reference, asked)
    blockers = [*_who_may(request, one), *rules.ask_time_blockers(one, today=timezone.localdate())]
    return web.show_form(
        request,
        form,
        title=_("Ask for more time"),
        press=_("Ask for more time"),
        back=reverse("answer_request", args=[reference, asked]),
        caption=f"{one.application.organisation}, {one.application.reference}",
        about=_("You have until %(day)s to answer. The day stays as it is until we have written to you.")
        % {"day": day(one.due_on)},
        blockers=blockers,
    )


def _own(request: web.SignedIn, reference: str, asked: str) -> InformationRequest:
    own = Application.objects.acted_for_by(request.user)
    return get_object_or_404(
        InformationRequest.objects.filter(application__in=own).select_related("application__organisation"),
        application__reference=reference,
        reference=asked,
    )


def _who_may(request: web.SignedIn, one: InformationRequest) -> list[Reason]:
    organisation = one.application.organisation
    return list(permissions.act_blockers(request.user, organisation, Act.ANSWER, on=timezone.localdate()))
