"""What statisticians and the independent reviewer do with a yearly statement."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.editions.states import PUBLISHES, REVIEWS
from registry.form_fields import Because
from registry.steps import Start, Step, Steps
from registry.yearly_statements import actions, forms, queries, rules
from registry.yearly_statements.models import YearlyStatement

STATEMENT = Steps(
    YearlyStatement,
    "yearly_statement",
    url="staff/yearly-statements/<str:reference>",
    lookups={"reference": "code"},
    permission=PUBLISHES,
    steps=(
        Step(
            "write_statement",
            _("Write the yearly statement"),
            label=_("Write the statement"),
            press=_("Save for signature"),
            form=lambda typed, statement, on: forms.writing(typed, statement),
            about=_("The figures of the year are added from the newest published release. Two people then sign it."),
            blockers=lambda statement, by, on: rules.write_blockers(statement, None),
            action=actions.write_statement,
            typed=lambda form: form.given,
            slug="write",
            style="",
            done=_("Yearly statement written"),
        ),
        Step(
            "sign_statement",
            _("Sign the yearly statement"),
            label=_("Sign"),
            about=_("You have read it and answer for it. Another person must sign it too."),
            action=actions.sign_statement,
            slug="sign",
            style="",
            done=_("Yearly statement signed by a first person"),
        ),
        Step(
            "publish_statement",
            _("Sign and publish the yearly statement"),
            label=_("Sign and publish"),
            about=_("You have read it and answer for it. The public reads it at once, and it cannot be changed."),
            blockers=lambda statement, by, on: rules.publish_blockers(statement, by=by),
            action=actions.publish_statement,
            slug="publish",
            style="",
            done=_("Yearly statement signed by a second person and published"),
        ),
        Step(
            "return_statement",
            _("Return the yearly statement"),
            label=_("Return it"),
            form=Because,
            about=_("It is not published. It can be written again."),
            blockers=lambda statement, by, on: rules.return_blockers(statement, None),
            action=actions.return_statement,
            slug="return",
            done=_("Yearly statement returned"),
        ),
        Step(
            "give_opinion",
            _("Give your opinion on the yearly statement"),
            label=_("Give your opinion"),
            press=_("Publish your opinion"),
            permission=REVIEWS,
            form=forms.GiveOpinion,
            about=_("It is published at once beside the statement, as you wrote it and with your name."),
            blockers=lambda statement, by, on: rules.opinion_blockers(statement, None, by=by, today=on),
            action=actions.give_opinion,
            slug="opinion",
            style="",
            done=_("Opinion of the independent reviewer published"),
        ),
    ),
)


def _announce(data: Any, by: User, at: datetime) -> forms.AnnounceStatement:
    return forms.AnnounceStatement(data, years=queries.years_to_announce(timezone.localdate(at)))


ANNOUNCED = Start(
    "announce_yearly_statement",
    _("Announce a yearly statement"),
    url="staff/yearly-statements/announce/",
    permission=PUBLISHES,
    form=_announce,
    action=actions.announce_statement,
    back="yearly_statements",
    back_text=_("Yearly statements"),
    press=_("Announce the day"),
    about=_("The public reads by which day it is published."),
    then=lambda statement: reverse("yearly_statement", args=[statement.code]),
)
