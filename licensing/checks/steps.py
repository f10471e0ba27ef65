"""What an officer does with a check, and with all open checks of a case at once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.rules.applications import in_hand_blockers
from licensing.checks import forms
from licensing.checks.actions import checks as actions
from licensing.checks.actions import release
from licensing.checks.models import Check, CheckQuerySet, Reply
from licensing.checks.queries import checks as queries
from licensing.checks.queries import subjects
from licensing.checks.rules import replies as rules
from registry.accounts.models import User
from registry.errors import Reason
from registry.steps import Step, Steps
from registry.steps.step import Text

RECORDS = "licensing.record_check"
HEADING, PAGE = "licensing/parts/officer_heading.html", "licensing/checks/step.html"
#: What is done to a check, or to its case, without a change of what an officer finds out.
NO_CHANGE = frozenset(
    {"ask_agency", "remind_agency", "write_note", "write_message", "reply_by_message", "read_messages"}
)


def _seen(by: User) -> CheckQuerySet:
    return queries.checks_with_overrides().open_to(by)


def _answered(by: User) -> CheckQuerySet:
    return _seen(by).filter(pk__in=Reply.objects.standing().values("asked"))


def _case_page(check: Check) -> str:
    """Where what comes next is said."""
    case = check.case
    return reverse("application" if check.application else "change", args=[case.reference])


def about_case(check: Check) -> dict[str, Any]:
    """What the head of a page of a check reads."""
    change = check.change
    return {"check": check, "application": check.application, "change": change, "licence": change and change.licence}


def _row(check: Check, by: User, on: date) -> dict[str, Any]:
    return {"row": queries.check_row(check, by=by, on=on)}


def _record(data: Any, check: Check, on: date) -> forms.Reply:
    return forms.Reply(data, initial={"replied_on": on})


def _put(data: Any, check: Check, on: date) -> forms.Put:
    return forms.Put(data, agencies=subjects.agencies_for(check), initial={"agency": check.agency})


def _about_put(check: Check) -> Text:
    if subjects.agencies_for(check):
        return _("It is asked at once, in the way that is agreed with it. The days to reply count from today.")
    return _(
        "No authority answers this check here. An administrator of people can add one; until then, ask it yourself."
    )


def _standing(check: Check) -> Reply:
    return check.replies.standing().get()


def _sanitise(check: Check, *, text: str, by: User, at: datetime) -> Reply:
    return release.sanitise(_standing(check), text=text, by=by, at=at)


def _release(check: Check, *, by: User, at: datetime, **typed: Any) -> object:
    return release.release(_standing(check), by=by, at=at, **typed)


CHECK = Steps(
    Check,
    "check",
    url="staff/checks/<str:asked>",
    lookups={"asked": "reference"},
    page="staff_check",
    rows=_seen,
    locks_first=lambda check: (check.case,),
    unchanged_by=frozenset({"ask_agency", "remind_agency"}),
    heading=HEADING,
    facts=about_case,
    permission=RECORDS,
    steps=(
        Step(
            "record",
            lambda check: _("Replace the reply") if check.result else _("Record the reply"),
            form=_record,
            blockers=lambda check, by, on: rules.record_blockers(check),
            action=actions.record_result,
            fits=lambda check, on: not check.reply_of_agency,
            template=PAGE,
            facts=lambda check, by, on: {**_row(check, by, on), "handling": check.handling},
            style="",
            verb="record_check",
            then=lambda check, done: _case_page(check),
            done=_("Reply to a check recorded"),
        ),
        Step(
            "put",
            _("Put the check to an authority"),
            press=_("Put it to this authority"),
            form=_put,
            about=_about_put,
            blockers=lambda check, by, on: rules.put_blockers(check),
            action=actions.put,
            is_button=False,
            template=PAGE,
            facts=_row,
            verb="put_check",
            done=_("Check put to another authority"),
        ),
        Step(
            "sanitise",
            _("Write what may be said of the reply"),
            press=_("Keep these words"),
            form=lambda data, check, on: forms.Sanitise(data, initial={"text": _standing(check).sanitised}),
            about=_("Letters, notices and requests refuse the words of a restricted reply, and take these instead."),
            blockers=lambda check, by, on: rules.sanitise_blockers(_standing(check)),
            action=_sanitise,
            rows=_answered,
            is_button=False,
            template=PAGE,
            facts=_row,
            verb="sanitise_reply",
            done=_("Shareable part of a reply written"),
        ),
        Step(
            "release",
            _("Record that the authority agrees"),
            press=_("Record it"),
            form=lambda data, check, on: forms.Release(data, initial={"given_on": on}),
            about=_(
                "From then on the reply itself may be used as the authority allows. Its words of agreement are kept."
            ),
            action=_release,
            rows=_answered,
            is_button=False,
            template=PAGE,
            facts=_row,
            verb="release_reply",
            done=_("Agreement of the authority recorded"),
        ),
    ),
)


def _nil(data: Any, application: Application, on: date) -> forms.RecordNil:
    # What was answered since it was ticked is still a choice: the version says what has changed, and the rules refuse it.
    ticked = data.getlist("checks") if data else ()
    rows = queries.open_checks_of(application, *ticked, on=on)
    return forms.RecordNil(data, rows=rows, initial={"replied_on": on})


def _nil_blockers(application: Application, by: User, on: date) -> Iterable[Reason]:
    yield from in_hand_blockers(application)
    if not queries.open_checks_of(application, on=on):
        yield Reason("nothing_open", _("No check of this case is open."))


CASE_CHECKS = Steps(
    Application,
    "checks_of_case",
    url="staff/applications/<str:reference>/checks",
    page="application",
    related=("organisation",),
    rows=lambda user: Application.objects.handed_in_to(user),
    also_made_of=lambda application: [("check", check.reference) for check in application.checks.all()],
    unchanged_by=NO_CHANGE,
    heading=HEADING,
    facts=lambda application: {"application": application},
    steps=(
        Step(
            "record_nil",
            _("Record that nothing is known"),
            press=_("Record nil returns"),
            permission=RECORDS,
            form=_nil,
            about=_(
                "One reason and one day for all the checks that you tick. A reply that an authority gave itself stays."
            ),
            blockers=_nil_blockers,
            action=actions.record_nil,
            slug="nil",
            kind="check",
            verb="record_check",
            done=_("Reply to a check recorded"),
        ),
    ),
)
