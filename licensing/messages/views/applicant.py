"""What the applicant and the case officer write to each other about an application."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.applications.models import Application
from licensing.messages import actions as messages
from licensing.messages import forms as answers
from licensing.messages import queries, rules
from registry import permissions, web
from registry.memberships.states import Act


@web.page_with_form("licensing.apply")
def application_messages(request: web.SignedIn, reference: str) -> HttpResponse:
    """The thread, and a box to write in; looking at it does not count as having read it."""
    application = _own(request, reference)
    form = answers.ApplicantMessage(web.posted(request))
    tried = web.attempt(
        request,
        form,
        messages.write,
        application,
        seen=web.whole_number(request, "seen"),
        done=_("We have your message."),
    )
    if tried.is_done:
        return redirect("application_messages", reference)
    said = queries.said_to_applicant(application)
    today = timezone.localdate()
    facts = {
        "application": application,
        "said": said,
        "new": sum(one.is_new for one in said),
        "form": form,
        "blockers": [
            *permissions.act_blockers(request.user, application.organisation, Act.ANSWER, on=today),
            *rules.write_blockers(application, today=today),
        ],
    }
    return web.form_page(request, "licensing/messages/applicant_messages.html", facts)


@web.button("licensing.apply")
def read_messages(request: web.SignedIn, reference: str) -> HttpResponse:
    application = _own(request, reference)
    messages.read(application, seen=web.whole_number(request, "seen"), by=request.user, at=timezone.now())
    return redirect("application_messages", reference)


def _own(request: web.SignedIn, reference: str) -> Application:
    own = Application.objects.acted_for_by(request.user).select_related("organisation")
    return get_object_or_404(own.exclude(submitted_at=None), reference=reference)
