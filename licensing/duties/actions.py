"""What a person does about their calendar and reminders, and the reminders themselves."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from licensing.duties import letters, rules
from licensing.duties.models import DutyCalendar, DutyReminder, DutyText, ReminderChoice
from licensing.duties.queries import reminders
from licensing.duties.queries.calendars import code_of, digest_of_code
from licensing.duties.queries.reminders import DueReminder
from licensing.duties.states import TEXT_LASTS
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.memberships.models import Membership
from registry.organisations.models import Organisation
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.trail.actions import events as trail


@transaction.atomic
def make_calendar(organisation: Organisation, *, by: User, at: datetime) -> DutyCalendar:
    """Make an address for this person's calendar of the business. The address that they had before shows nothing any more."""
    membership = _own(organisation, by=by, at=at)
    seed = secrets.token_hex(16)
    code_digest = digest_of_code(code_of(seed))
    calendar, _is_new = DutyCalendar.objects.update_or_create(
        membership=membership, defaults={"seed": seed, "code_digest": code_digest, "made_at": at}
    )
    trail.record(organisation, "make_calendar", by=by, at=at)
    return calendar


@transaction.atomic
def end_calendar(organisation: Organisation, *, by: User, at: datetime) -> None:
    """Switch the calendar off: its address shows nothing any more."""
    membership = _own(organisation, by=by, at=at)
    calendar = DutyCalendar.objects.filter(membership=membership).first()
    if calendar is not None:
        calendar.delete()
        trail.record(organisation, "end_calendar", by=by, at=at)


@transaction.atomic
def choose_reminders(
    user: User,
    *,
    by_email: bool,
    by_text: bool = False,
    telephone: str = "",
    days_before: int,
    by: User,
    at: datetime,
) -> ReminderChoice:
    """Keep how and how many days before a day this person wants to be reminded. The trail keeps no number.

    Raises `Refused` (no_telephone, no_texts).
    """
    permissions.require(by, "licensing.apply")
    if user != by:
        raise PermissionDenied("choose_reminders")
    refuse_for(rules.reminder_blockers(by_text=by_text, telephone=telephone, sends_texts=reminders.sends_texts()))
    # Without texts there is no use for the number.
    number = telephone if by_text else ""
    defaults = {"by_email": by_email, "by_text": by_text, "telephone": number, "days_before": days_before}
    choice, _is_new = ReminderChoice.objects.update_or_create(user=user, defaults=defaults)
    trail.record(user, "choose_reminders", by=by, at=at, by_email=by_email, by_text=by_text, days_before=days_before)
    return choice


@transaction.atomic
def remind(user: User, *, due: Sequence[DueReminder], by: None, at: datetime) -> int:
    """Remind a person of what is due, by one email or text for each business, or both; of each duty once. Says of how many."""
    trail.locked(user)
    choice = reminders.choice_of(user)
    made = [one for one in due if _is_first(user, one, at=at)]
    by_business: dict[Organisation, list[DueReminder]] = {}
    for one in made:
        by_business.setdefault(one.duty.organisation, []).append(one)
    for organisation, some in by_business.items():
        if choice.by_email:
            letters.reminded(user, organisation, some, at=at)
        if choice.by_text and reminders.sends_texts():
            _text(user, some, at=at)
    return len(made)


def _text(user: User, due: Sequence[DueReminder], *, at: datetime) -> None:
    first = min(due, key=lambda one: one.duty.task.due_on).duty.task
    item = OutboxItem.objects.add(OutboxKind.TEXT, new_reference("S"), useful_until=at + TEXT_LASTS, at=at)
    DutyText.objects.create(user=user, task=first, due_on=first.due_on, more=len(due) - 1, outbox=item)


@transaction.atomic
def record_sent(text: DutyText, *, fault: str, by: None, at: datetime) -> None:
    """Write down that a text message has left, or what went wrong, as a code of `registry.outbox.states.FAULTS`."""
    if fault:
        text.outbox.fail(fault, at=at)
    else:
        text.outbox.succeed(at)


def _is_first(user: User, one: DueReminder, *, at: datetime) -> bool:
    _row, is_first = DutyReminder.objects.get_or_create(
        task=one.duty.task, user=user, stage=one.stage, due_on=one.duty.task.due_on, defaults={"at": at}
    )
    return is_first


def _own(organisation: Organisation, *, by: User, at: datetime) -> Membership:
    permissions.require(by, "licensing.apply")
    trail.locked(organisation)
    acting = permissions.acts_for(by, organisation, on=timezone.localdate(at))
    if acting is None:
        raise PermissionDenied("does not act for the organisation")
    return acting.membership
