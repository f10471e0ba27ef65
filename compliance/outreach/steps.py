"""What a second person does with a planned campaign."""

from django.utils.translation import gettext_lazy as _

from registry.campaigns import actions, rules
from registry.campaigns.models import Campaign
from registry.campaigns.states import APPROVES
from registry.form_fields import Because
from registry.steps import Step, Steps

STEPS = Steps(
    Campaign,
    "campaign",
    url="staff/campaigns/<str:reference>",
    permission=APPROVES,
    steps=(
        Step(
            "approve_campaign",
            _("Approve the campaign"),
            label=_("Approve"),
            about=lambda one: one.hypothesis,
            blockers=lambda one, by, on: rules.second_person_blockers(one.planned_by_id, by.pk),
            action=actions.approve_campaign,
            slug="approve",
            style="",
            done=_("Campaign approved"),
        ),
        Step(
            "refuse_campaign",
            _("Do not approve the campaign"),
            label=_("Do not approve"),
            form=Because,
            about=lambda one: one.hypothesis,
            blockers=lambda one, by, on: rules.second_person_blockers(one.planned_by_id, by.pk),
            action=actions.refuse_campaign,
            slug="refuse",
            done=_("Campaign not approved"),
        ),
    ),
)
