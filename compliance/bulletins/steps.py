"""What a second person does with a written bulletin."""

from django.utils.translation import gettext_lazy as _

from compliance.bulletins import actions, rules
from compliance.bulletins.models import Bulletin
from compliance.bulletins.states import RELEASES
from registry.form_fields import Because
from registry.steps import Step, Steps

STEPS = Steps(
    Bulletin,
    "bulletin",
    url="staff/bulletins/<str:reference>",
    steps=(
        Step(
            "release_bulletin",
            _("Release the bulletin"),
            label=_("Release"),
            permission=RELEASES,
            about=lambda one: one.text,
            blockers=lambda one, by, on: rules.decide_blockers(one, "release_bulletin", by=by),
            action=actions.release_bulletin,
            slug="release",
            style="",
            done=_("Bulletin released"),
        ),
        Step(
            "refuse_bulletin",
            _("Do not release the bulletin"),
            label=_("Do not release"),
            permission=RELEASES,
            form=Because,
            about=lambda one: one.text,
            blockers=lambda one, by, on: rules.decide_blockers(one, "refuse_bulletin", by=by),
            action=actions.refuse_bulletin,
            slug="refuse",
            done=_("Bulletin not released"),
        ),
    ),
)
