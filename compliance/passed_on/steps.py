"""What those who work with intelligence do with the answer of another authority."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.models import Dissemination
from compliance.intelligence.queries import intelligence as queries
from compliance.passed_on import actions, forms, rules
from compliance.passed_on.queries import last_answer
from registry.accounts.models import User
from registry.steps import Step, Steps

RECORDS = "compliance.record_intelligence"


def _page(passed: Dissemination) -> str:
    return reverse("intelligence", args=[passed.intelligence.reference])


def _why_first(passed: Dissemination, by: User, at: datetime) -> str:
    """Where to say why the intelligence is read, for who has not said so within the hour."""
    return "" if queries.may_read_on(passed.intelligence, by=by, at=at) else _page(passed)


def _answer(passed: Dissemination) -> str:
    answer = last_answer(passed)
    return f"{passed.agency}: {answer.get_kind_display()}\n\n{answer.text}" if answer else ""


PARTNER_ANSWER = Steps(
    Dissemination,
    "partner_answer",
    url="staff/partner-answers/<str:reference>",
    address_of=_page,
    related=("intelligence", "agency"),
    unchanged_by=frozenset({"open"}),
    steps=(
        Step(
            "note",
            _("Read the answer of the other authority"),
            press=_("I have read it"),
            permission=RECORDS,
            first=_why_first,
            about=_answer,
            blockers=lambda passed, by, on: rules.note_blockers(passed),
            action=actions.note_answer,
            style="",
            done=_("Answer read"),
        ),
        Step(
            "reply",
            _("Reply to the other authority"),
            press=_("Send"),
            permission=RECORDS,
            first=_why_first,
            form=forms.ReplyToPartner,
            about=_answer,
            blockers=lambda passed, by, on: rules.reply_blockers(passed),
            action=actions.reply_to_partner,
            done=_("Reply sent"),
        ),
    ),
)
