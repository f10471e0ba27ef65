"""What officers do about a change that a holder has told: accept it, note it, or refuse it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from licensing.holding.actions import changes as actions
from licensing.holding.models import Change
from licensing.holding.queries import changes as queries
from licensing.holding.queries import holding
from licensing.holding.rules import holding as rules
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.organisations.models import Organisation
from registry.steps import Step, Steps

HANDLES = "licensing.handle_changes"


def _accept_blockers(change: Change, by: User, on: date) -> Iterable[Reason]:
    return rules.accept_blockers(change, holding.kind_of(change), unanswered=change.checks.filter(result="").count())


def _warning(change: Change, by: User, on: date) -> Mapping[str, Any]:
    return {"warning": queries.SETS_OFF["end"] if holding.kind_of(change).sets_off == "end" else ""}


def _holder_and_licences(change: Change) -> Iterable[Any]:
    """A number that is accepted may end any licence of its holder."""
    organisation: Organisation = change.licence.organisation
    return (organisation, *organisation.licences.order_by("pk"))


CHANGE = Steps(
    Change,
    "change",
    url="staff/changes/<str:reference>",
    related=("licence__organisation", "told_by", "closed_by"),
    locks_first=_holder_and_licences,
    heading="licensing/parts/officer_heading.html",
    facts=lambda change: {"change": change, "licence": change.licence},
    permission=HANDLES,
    steps=(
        Step(
            "accept",
            _("Accept the change"),
            about=_("It goes into the holder’s file, and the register shows what it shows of it from today."),
            blockers=_accept_blockers,
            action=actions.accept,
            fits=lambda change, on: rules.is_accepted(holding.kind_of(change)),
            previews=True,
            template="licensing/parts/form_with_warning.html",
            facts=_warning,
            style="",
            done=_("Accepted"),
        ),
        Step(
            "note",
            _("Note it"),
            about=_("You have read it. No further action is recorded."),
            blockers=lambda change, by, on: rules.note_blockers(change, holding.kind_of(change)),
            action=actions.note,
            fits=lambda change, on: not rules.is_accepted(holding.kind_of(change)),
            style="",
            done=_("Noted"),
        ),
        Step(
            "refuse",
            _("Refuse the change"),
            form=Because,
            about=_("File and register stay as they are. The holder reads your reason word for word."),
            blockers=lambda change, by, on: rules.refuse_blockers(change, holding.kind_of(change)),
            action=actions.refuse,
            fits=lambda change, on: not holding.kind_of(change).at_once,
            previews=True,
            done=_("Not accepted"),
        ),
    ),
)
