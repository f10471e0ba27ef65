"""How an agreement by which another authority reads the statistics early is confirmed, refused and ended."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry import schemes
from registry.accounts.models import User
from registry.editions.models import PartnerAgreement
from registry.editions.states import SHARES
from registry.form_fields import Because
from registry.partner_statistics import actions, forms, rules
from registry.schemes import said
from registry.steps import Start, Step, Steps

PARTNER_AGREEMENT = Steps(
    PartnerAgreement,
    "partner_agreement",
    url="staff/statistics-partners/<str:reference>",
    permission=SHARES,
    steps=(
        Step(
            "confirm_agreement",
            _("Confirm the agreement"),
            label=_("Confirm"),
            about=_("From now on the authority reads releases from their second signature on, before the public."),
            blockers=lambda agreement, by, on: rules.confirm_blockers(agreement, by=by),
            action=actions.confirm_agreement,
            slug="confirm",
            style="",
            done=_("Agreement on early statistics confirmed"),
        ),
        Step(
            "refuse_agreement",
            _("Refuse the agreement"),
            label=_("Refuse"),
            form=Because,
            about=_("The authority reads what the public reads."),
            blockers=lambda agreement, by, on: rules.refuse_blockers(agreement, None, by=by),
            action=actions.refuse_agreement,
            slug="refuse",
            done=_("Agreement on early statistics refused"),
        ),
        Step(
            "end_tables",
            _("End the agreement"),
            press=_("End it"),
            form=Because,
            about=_("From now on the authority reads what the public reads."),
            blockers=lambda agreement, by, on: rules.end_blockers(agreement, None),
            action=actions.end_tables,
            slug="end",
            style="warning",
            done=_("Agreement on early statistics ended"),
        ),
    ),
)


def _give(data: Any, by: User, at: datetime) -> forms.GiveTables:
    newest = {name: schemes.get(name, schemes.versions(name)[-1]) for name in schemes.names()}
    return forms.GiveTables(data, schemes=[(name, said(one.title, get_language())) for name, one in newest.items()])


AGREEMENT = Start(
    "give_partner_agreement",
    _("Add an agreement"),
    url="staff/statistics-partners/add/",
    permission=SHARES,
    form=_give,
    action=actions.give_tables,
    back="partner_agreements",
    back_text=_("Statistics shared early"),
    press=_("Save for a second person"),
    about=_(
        "When a second person has confirmed the agreement, the authority reads each release once two people have signed it, before the public does. A guarded authority cannot be chosen."
    ),
    then=lambda agreement: reverse("partner_agreement", args=[agreement.reference]),
)
