"""What those who work with intelligence do with the answer of another authority."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HANDLES, QUIET
from compliance.hand_overs.steps import HEADING
from compliance.hand_overs.steps import URL as HAND_OVERS
from compliance.intelligence.models.intelligence import Dissemination
from compliance.intelligence.queries import intelligence as queries
from compliance.passed_on import actions, forms, rules
from compliance.passed_on.queries import PassedOn, last_answer
from registry.accounts.models import User
from registry.steps import Step, Steps

RECORDS = "compliance.record_intelligence"


def _page(passed: Dissemination) -> str:
    return reverse("intelligence", args=[passed.intelligence.reference])


def _why_first(passed: Dissemination, by: User, at: datetime) -> str:
    """Where to say why the intelligence is read, for who has not said so within the hour."""
    return "" if queries.may_read_on(passed.intelligence, by=by, at=at) else _page(passed)


def _answer(passed: PassedOn) -> tuple[str, ...]:
    answer = last_answer(passed)
    if answer is None:
        return ()
    until = _("Until %(day)s") % {"day": date_format(answer.wanted_by, "j F Y")} if answer.wanted_by else ""
    return tuple(filter(None, (f"{passed.agency}: {answer.get_kind_display()}", str(until), answer.text)))


PARTNER_ANSWER = Steps(
    Dissemination,
    "partner_answer",
    url="staff/partner-answers/<str:reference>",
    address_of=_page,
    related=("intelligence", "agency"),
    unchanged_by=frozenset({"open"}),
    permission=RECORDS,
    steps=(
        Step(
            "note",
            _("Read the answer of the other authority"),
            press=_("I have read it"),
            first=_why_first,
            about=_answer,
            action=actions.note_answer,
            style="",
            done=_("Answer read"),
        ),
        Step(
            "reply",
            _("Reply to the other authority"),
            press=_("Send"),
            first=_why_first,
            form=forms.ReplyToPartner,
            about=_answer,
            blockers=lambda passed, by, on: rules.reply_blockers(passed, today=on),
            action=actions.reply_to_partner,
            done=_("Reply sent"),
        ),
    ),
)


#: The same about what a report led to.
PARTNER_ASKS = Steps(
    HandOver,
    "partner_question",
    page="hand_over",
    url=HAND_OVERS,
    related=("organisation", "agency"),
    heading=HEADING,
    facts=lambda one: {"hand_over": one},
    unchanged_by=QUIET,
    steps=(
        Step(
            "reply_to_partner",
            _("Reply to the other authority"),
            press=_("Send"),
            permission=HANDLES,
            form=forms.ReplyToPartner,
            about=_answer,
            blockers=lambda one, by, on: rules.reply_blockers(one, today=on),
            action=actions.reply_to_partner,
            fits=lambda one, on: one.is_for_authority,
            style="",
            slug="reply-to-question",
            done=_("Reply sent"),
        ),
    ),
)
