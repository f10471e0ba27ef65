"""What a second person does with a written bulletin."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.bulletins import actions, forms, queries, rules
from compliance.bulletins.models import Bulletin
from compliance.bulletins.states import RELEASES, WRITES
from registry.accounts.models import User
from registry.form_fields import Because
from registry.steps import Start, Step, Steps

STEPS = Steps(
    Bulletin,
    "bulletin",
    url="staff/bulletins/<str:reference>",
    permission=RELEASES,
    steps=(
        Step(
            "release_bulletin",
            _("Release the bulletin"),
            label=_("Release"),
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
            form=Because,
            about=lambda one: one.text,
            blockers=lambda one, by, on: rules.decide_blockers(one, "refuse_bulletin", by=by),
            action=actions.refuse_bulletin,
            slug="refuse",
            done=_("Bulletin not released"),
        ),
    ),
)


def _write(data: Any, by: User, at: datetime) -> forms.WriteBulletin:
    shown = queries.newest(at)
    months = queries.months_to_write(timezone.localdate(at))
    return forms.WriteBulletin(data, months=months, initial={"text": queries.draft_of(shown) if shown else ""})


WRITTEN = Start(
    "write_bulletin",
    _("Write a bulletin"),
    url="staff/bulletins/write/",
    permission=WRITES,
    form=_write,
    action=actions.write_bulletin,
    back="bulletins",
    back_text=_("Bulletins for other authorities"),
    press=_("Save for a second person"),
    then=lambda bulletin: reverse("bulletin", args=[bulletin.reference]),
)
