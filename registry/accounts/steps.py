"""What a second administrator of people does with access that was asked for."""

from django.utils.translation import gettext_lazy as _

from registry.accounts import rules
from registry.accounts.actions import access
from registry.accounts.models import AccessRequest
from registry.accounts.queries import access_in_words
from registry.accounts.states import MANAGE, AccessStatus
from registry.form_fields import Because
from registry.steps import Step, Steps

ACCESS_REQUEST = Steps(
    AccessRequest,
    "access_request",
    url="staff/access/<str:reference>",
    related=("person", "asked_by", "agency"),
    locks_first=lambda request: (request.person,),
    permission=MANAGE,
    steps=(
        Step(
            "approve_access",
            _("Approve the access"),
            label=_("Approve"),
            about=access_in_words,
            blockers=lambda request, by, on: rules.approve_access_blockers(request, by=by, on=on),
            action=access.approve_access,
            asks_factor=True,
            slug="approve",
            style="",
            done=_("Access approved by a second administrator"),
        ),
        Step(
            "refuse_access",
            _("Do not approve the access"),
            label=_("Do not approve"),
            form=Because,
            about=access_in_words,
            blockers=lambda request, by, on: rules.second_administrator_blockers(request, by=by),
            action=access.refuse_access,
            slug="refuse",
            done=_("Access not approved"),
        ),
        Step(
            "withdraw_access",
            _("Withdraw what you asked for"),
            label=_("Withdraw"),
            about=access_in_words,
            in_statuses=(AccessStatus.ASKED,),
            blockers=lambda request, by, on: rules.withdraw_access_blockers(request, by=by),
            action=access.withdraw_access,
            slug="withdraw",
            done=_("Request for access withdrawn"),
        ),
    ),
)
