"""What people do with a list of what is to be erased: one proposes, another agrees."""

from django.utils.translation import gettext_lazy as _

from licensing.retention import actions, rules
from licensing.retention.models import ErasureBatch
from licensing.retention.states import ERASES
from registry.form_fields import Because
from registry.steps import Step, Steps

BATCH = Steps(
    ErasureBatch,
    "erasure_batch",
    url="staff/erasures/<str:reference>",
    related=("proposed_by", "decided_by"),
    permission=ERASES,
    steps=(
        Step(
            "propose_erasure",
            _("Propose the erasure"),
            about=_(
                "Place a hold first on each business of which something is still needed. Another person must agree."
            ),
            blockers=lambda batch, by, on: rules.propose_erasure_blockers(batch, today=on),
            action=actions.propose_erasure,
            slug="propose",
            style="",
            done=_("Erasure proposed"),
        ),
        Step(
            "approve_erasure",
            _("Approve the erasure"),
            about=_("What no hold keeps is erased in the next night, for good."),
            blockers=lambda batch, by, on: rules.decide_erasure_blockers(batch, "approve_erasure", by=by),
            action=actions.approve_erasure,
            slug="approve",
            style="warning",
            asks_factor=True,
            done=_("Erasure approved"),
        ),
        Step(
            "refuse_erasure",
            _("Do not approve the erasure"),
            form=Because,
            about=_("What is still due is listed again in the next night. A hold keeps it from being listed."),
            blockers=lambda batch, by, on: rules.decide_erasure_blockers(batch, "refuse_erasure", by=by),
            action=actions.refuse_erasure,
            slug="refuse",
            done=_("Erasure not approved"),
        ),
    ),
)
