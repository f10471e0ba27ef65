"""Recording of a person what the pack asks for after a referral."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.safeguarding.actions import follow_ups as actions
from compliance.safeguarding.forms import follow_ups as forms
from compliance.safeguarding.models.follow_ups import ReferralFollowUp
from compliance.safeguarding.queries import follow_ups as queries
from compliance.safeguarding.rules import follow_ups as rules
from compliance.safeguarding.states import READS
from registry.steps import Step, Steps


def _form(data: Any, follow_up: ReferralFollowUp, on: date) -> forms.RecordFollowUp:
    return forms.RecordFollowUp(data, answers=queries.answers_of(follow_up))


REFERRAL_FOLLOW_UP = Steps(
    ReferralFollowUp,
    "referral_follow_up",
    url="staff/referrals/<str:reference>/follow-ups/<int:number>",
    lookups={"reference": "referral__reference"},
    keys=lambda one: (one.referral.reference, one.number),
    address_of=lambda one: f"{reverse('referral', args=[one.referral.reference])}#follow-ups",
    related=("referral", "referral__organisation"),
    steps=(
        Step(
            "record",
            _("Record the follow-up of the referral"),
            press=_("Save"),
            permission=READS,
            form=_form,
            about=queries.title_of,
            blockers=lambda one, by, on: rules.record_blockers(one, by=by),
            action=actions.record_follow_up,
            done=_("Follow-up recorded"),
        ),
    ),
)
