"""Passing a licence to another business: asked by its holder, agreed to by the other, decided like all that is done to a licence.

A licence belongs to one legal entity, so what passes is not the licence: the other business is licensed on its own
application, and the holder's licence ends, both from the same day and in one transaction.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.actions import grants
from licensing.applications.models import Application
from licensing.decisions.queries.readiness import unsettled
from licensing.decisions.states.decisions import OPEN_DECISIONS
from licensing.holding import letters
from licensing.holding.models import Transfer
from licensing.holding.rules import transfers as rules
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences.actions import conditions, licences
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def ask(
    licence: Licence, *, to_name: str, number: str = "", from_day: date, because: str, by: User, at: datetime
) -> Transfer:
    """Ask that the licence pass to another business, for another to decide (2004 Act, s.9). Until then nothing changes.

    `number` is that of the application of the other business, which is then asked whether it agrees. Without one the
    authority can only refuse: nobody knows whether the other is fit to be licensed. Raises `Refused` with every reason.
    """
    permissions.require(by, "licensing.apply")
    licence = trail.locked(Licence.objects.get(pk=licence.pk, organisation__in=Organisation.objects.acted_for_by(by)))
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, licence.organisation, Act.SURRENDER, on=today))
    application = _application_of(licence, number, to_name=to_name)
    offered = schemes.in_force(licence.scheme, today).transferring is not None
    blockers = rules.ask_blockers(
        licence, offered=offered, decisions=licence.decisions.all(), transfers=licence.transfers.all(), today=today
    )
    asked = rules.asked_blockers(
        licence, to_name=to_name, number=number, application=application, from_day=from_day, today=today
    )
    refuse_for([*blockers, *asked])
    transfer = Transfer.objects.create(
        reference=new_reference("T"),
        licence=licence,
        to_name=to_name,
        application=application,
        from_day=from_day,
        because=because,
        asked_by=by,
        asked_at=at,
    )
    trail.record(transfer, "ask", by=by, at=at, after=transfer.status, licence=licence, from_day=from_day)
    letters.transfer_asked(transfer, at=at)
    if application is not None:
        letters.transfer_to_answer(transfer, at=at)
    return transfer


@transaction.atomic
def agree(transfer: Transfer, *, by: User, at: datetime) -> Transfer:
    """Agree, for the other business, to be licensed in the holder's place."""
    transfer = _answered(transfer, "agree", by=by, at=at)
    return trail.move(transfer, "agree", by=by, at=at, answered_by=by, answered_at=at)


@transaction.atomic
def decline(transfer: Transfer, *, by: User, at: datetime) -> Transfer:
    """Say, for the other business, that it does not agree; its application goes on as it was, and the holder is told."""
    transfer = _answered(transfer, "decline", by=by, at=at)
    transfer = trail.move(transfer, "decline", by=by, at=at, answered_by=by, answered_at=at)
    letters.transfer_declined(transfer, at=at)
    return transfer


@transaction.atomic
def retract(transfer: Transfer, *, by: User, at: datetime) -> Transfer:
    """Take the wish back, for the holder. What has been proposed about it is dropped with it; the licence goes on as it is."""
    permissions.require(by, "licensing.apply")
    own = Transfer.objects.filter(licence__organisation__in=Organisation.objects.acted_for_by(by))
    transfer = trail.locked(own.get(pk=transfer.pk))
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, transfer.organisation, Act.SURRENDER, on=today))
    transfer = trail.move(transfer, "retract", by=by, at=at)
    for decision in transfer.decisions.filter(status__in=OPEN_DECISIONS):
        trail.move(decision, "drop", by=by, at=at, because="The holder has taken its request back.")
    return transfer


@transaction.atomic
def withhold(transfer: Transfer, *, because: str, by: User, at: datetime) -> Transfer:
    """Withhold the consent, as has been decided: the licence goes on with its holder, and each applies in its own right."""
    permissions.require(by, "licensing.decide")
    transfer = trail.locked(transfer)
    return trail.move(transfer, "withhold", by=by, at=at, because=because)


@transaction.atomic
def reopen_transfer(transfer: Transfer, *, because: str, by: User, at: datetime) -> Transfer:
    """Decide again on a transfer of which a tribunal has sent the refusal back."""
    permissions.require(by, "licensing.decide")
    transfer = trail.locked(transfer)
    return trail.move(transfer, "reopen_transfer", by=by, at=at, because=because)


@transaction.atomic
def consent(transfer: Transfer, *, from_day: date, because: str, by: User, at: datetime) -> Transfer:
    """License the other business on its application and end the holder's licence, both from this day; the register says so at once.

    Conditions that are still open go along: whatever had to be put right still has to be. Refused where nothing was decided
    by which this could be done, while the licence is suspended, and while an appeal about it is open.
    """
    permissions.require(by, "licensing.decide")
    transfer = trail.locked(transfer)
    assert transfer.application is not None, "a rule keeps that only a business that has applied is consented to"
    refuse_for(rules.carried_out_blockers(transfer, by=by))
    refuse_for(rules.possible_blockers(transfer, from_day=from_day, unsettled=unsettled(transfer.licence)))
    licences.surrender(transfer.licence, takes_effect=from_day, because=because, by=by, at=at)
    given = grants.issue(transfer.application, starts=from_day, by=by, at=at)
    _take_along(transfer.licence, given, on=from_day, by=by, at=at)
    transfer = trail.move(transfer, "consent", by=by, at=at, because=because, became=given)
    letters.transfer_granted(transfer, at=at)
    return transfer


def _application_of(licence: Licence, number: str, *, to_name: str) -> Application | None:
    """The application of this number, if it is by a business of this name and can come to a licence of its own."""
    found = Application.objects.filter(reference=number.strip().upper()).select_related("organisation").first()
    return found if found and rules.is_of(found, licence, to_name=to_name) else None


def _answered(transfer: Transfer, move: str, *, by: User, at: datetime) -> Transfer:
    """The transfer, locked, if this person may answer for the business to which the licence is to pass."""
    permissions.require(by, "licensing.apply")
    to_own = Transfer.objects.filter(application__organisation__in=Organisation.objects.acted_for_by(by))
    transfer = trail.locked(to_own.get(pk=transfer.pk))
    assert transfer.application is not None
    other, today = transfer.application.organisation, timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, other, Act.SUBMIT, on=today))
    refuse_for(rules.answer_blockers(transfer, move=move))
    return transfer


def _take_along(licence: Licence, given: Licence, *, on: date, by: User, at: datetime) -> None:
    for one in Condition.objects.filter(licence=licence, status=ConditionStatus.OPEN).order_by("pk"):
        conditions.impose(
            given, standard=one.standard, requirement=one.requirement, due_on=one.due_on, on=on, by=by, at=at
        )
