"""The states of a sign-in with a break-glass account, and who must confirm it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.accounts.states import MANAGE
from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait


class BreakGlassStatus(TextChoices):
    UNCONFIRMED = "glass_unconfirmed", _("Not confirmed")
    CONFIRMED = "glass_confirmed", _("Confirmed")


S = BreakGlassStatus

BREAK_GLASS = Lifecycle(
    S.UNCONFIRMED,
    move("confirm_break_glass", {S.UNCONFIRMED}, S.CONFIRMED, sets=("confirmed_by", "confirmed_at", "used_for")),
    waits=(
        staff_wait(
            "confirm",
            {S.UNCONFIRMED},
            _("Confirm a sign-in with an emergency account"),
            MANAGE,
            organisation="",
            not_by=("person",),
            due="due_on",
            page="break_glass_sign_in",
        ),
        NoWait(S.CONFIRMED, "Another administrator knows why."),
    ),
)
