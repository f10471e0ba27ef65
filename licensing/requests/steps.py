"""What officers ask an applicant for, and do with a request that is open: remind the applicant, give more time or refuse it, withdraw the request."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.applications.steps import of_case
from licensing.requests import forms, rules
from licensing.requests.actions import asking as actions
from licensing.requests.models import InformationRequest
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.steps import Button, Step, Steps
from registry.steps.step import Paragraphs

ASKS = actions.ASKS


def _of_case(request: InformationRequest) -> str:
    return reverse("application", args=[request.application.reference]) + "#requests"


def _extend_blockers(request: InformationRequest, by: User, on: date) -> Iterable[Reason]:
    return rules.extend_blockers(request, today=on)


def _wish(request: InformationRequest) -> Paragraphs:
    """The day that the applicant asks for, and why."""
    if request.wanted_on is None:
        return _("The applicant is told of the new day.")
    return _("The applicant asks for the day below, for this reason:"), request.wanted_because


def _ask(data: Any, application: Application, on: date) -> forms.Ask:
    return forms.Ask(data, scheme=scheme_of(application), today=on)


ASKING = of_case(
    "asking",
    Step(
        "ask",
        _("Ask the applicant"),
        press=_("Ask"),
        permission=ASKS,
        form=_ask,
        typed=lambda form: form.asked(),
        about=_(
            "The case waits until the applicant has answered, or until the day has passed. You can still propose to refuse the "
            "application."
        ),
        blockers=lambda application, by, on: rules.begin_blockers(application),
        action=actions.ask,
        template="licensing/requests/officer_ask.html",
        previews=True,
        is_button=False,
        url_name="ask_applicant",
        kind="informationrequest",
        adds_to=lambda application: application.requests.all(),
        done=_("Applicant asked"),
    ),
)

REQUEST = Steps(
    InformationRequest,
    "request",
    url="staff/requests/<str:reference>",
    address_of=_of_case,
    related=("application__organisation", "asked_by"),
    locks_first=lambda request: (request.application,),
    # What an applicant saves is not seen before it is sent.
    unchanged_by=frozenset({"save"}),
    heading="licensing/parts/officer_heading.html",
    facts=lambda request: {"application": request.application},
    permission=ASKS,
    steps=(
        Step(
            "remind",
            _("Remind the applicant"),
            about=_("The applicant gets a letter with what is asked and by when. The day stays as it is."),
            action=actions.remind,
            previews=True,
            done=_("Applicant reminded"),
        ),
        Step(
            "extend",
            _("Give more time"),
            form=forms.extend,
            about=_wish,
            blockers=_extend_blockers,
            action=actions.extend,
            previews=True,
            done=_("More time given"),
        ),
        Step(
            "refuse_time",
            _("Refuse more time"),
            form=Because,
            about=_("The day stays as it is. The applicant reads your reason word for word."),
            blockers=lambda request, by, on: rules.refuse_time_blockers(request),
            action=actions.refuse_time,
            fits=lambda request, on: request.wanted_on is not None,
            previews=True,
            done=_("More time refused"),
        ),
        Step(
            "withdraw",
            _("Withdraw the request"),
            form=Because,
            about=_("The applicant need not answer any more, and reads your reason word for word."),
            blockers=lambda request, by, on: rules.withdraw_blockers(request),
            action=actions.withdraw_request,
            previews=True,
            done=_("Request withdrawn"),
        ),
    ),
)


def buttons(request: InformationRequest, *, by: User, on: date) -> list[Button]:
    """All that this person may do with a request; of one that was not answered in time, also to propose a refusal for it."""
    found = REQUEST.buttons(request, by=by, on=on)
    if request.status == "lapsed" and by.has_perm("licensing.propose_decision"):
        href = reverse("propose_refuse", args=[request.application.reference])
        title = _("Propose to refuse for want of reply")
        found.append(Button("propose_refuse", title, f"{href}?unanswered={request.reference}", "secondary", ()))
    return found
