"""What another administrator does with a sign-in by an emergency account."""

from django.utils.translation import gettext_lazy as _

from registry.accounts.states import MANAGE
from registry.directory import actions, rules
from registry.directory.models import BreakGlassSignIn
from registry.form_fields import Because
from registry.steps import Step, Steps

BREAK_GLASS_SIGN_IN = Steps(
    BreakGlassSignIn,
    "break_glass_sign_in",
    url="staff/emergency-access/<str:reference>",
    related=("person", "confirmed_by"),
    steps=(
        Step(
            "confirm_break_glass",
            _("Confirm the sign-in"),
            label=_("Confirm"),
            permission=MANAGE,
            form=Because,
            about=_("Say what the emergency account was used for. If you do not know, off-board the account at once."),
            blockers=lambda sign_in, by, on: rules.confirm_blockers(sign_in, None, by=by),
            action=actions.confirm_break_glass,
            slug="confirm",
            style="",
            done=_("Sign-in with an emergency account confirmed"),
        ),
    ),
)
