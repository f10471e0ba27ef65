"""How an agreement by which another authority reads the statistics early is ended."""

from django.utils.translation import gettext_lazy as _

from registry.editions.models import PartnerAgreement
from registry.editions.states import SHARES
from registry.form_fields import Because
from registry.partner_statistics import actions, rules
from registry.steps import Step, Steps

PARTNER_AGREEMENT = Steps(
    PartnerAgreement,
    "partner_agreement",
    url="staff/statistics-partners/<str:reference>",
    steps=(
        Step(
            "end",
            _("End the agreement"),
            press=_("End it"),
            permission=SHARES,
            form=Because,
            about=_("From now on the authority reads what the public reads."),
            blockers=lambda agreement, by, on: rules.end_blockers(agreement, None),
            action=actions.end_tables,
            style="warning",
            done=_("Agreement on early statistics ended"),
        ),
    ),
)
