"""Who is to be reminded of which duties today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from licensing.duties.models import DAYS_BEFORE, USUAL_DAYS_BEFORE, DutyReminder, ReminderChoice
from licensing.duties.queries.duties import Duty, duties_for
from licensing.duties.states import ReminderStage
from registry.accounts.models import User
from registry.memberships.models import Membership
from registry.tasks.models import Task

#: A reminder that could not be sent in time is sent this many days late at most.
REMINDED_UNTIL = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A duty of which a person has not been reminded, and at which of the two times it is now."""

    duty: Duty
    stage: ReminderStage


def choice_of(user: User) -> ReminderChoice:
    """What this person has chosen, or what counts until they do; then it is not saved."""
    found: ReminderChoice | None = ReminderChoice.objects.filter(user=user).first()
    return found or ReminderChoice(user=user, by_email=True, days_before=USUAL_DAYS_BEFORE)


def to_remind(*, today: date) -> Iterator[tuple[User, list[DueReminder]]]:
    """The people to be reminded today, each with the duties that they may do and were not reminded of."""
    soon = (
        Task.objects.open()
        .of_holders()
        .filter(due_on__gte=today - REMINDED_UNTIL, due_on__lte=today + timedelta(days=max(DAYS_BEFORE)))
    )
    people = User.objects.filter(is_active=True, pk__in=_acting_for(soon, today).values("user")).order_by("pk")
    for user in people.select_related("reminder_choice").iterator(chunk_size=200):
        choice = getattr(user, "reminder_choice", None) or choice_of(user)
        due = list(_due_for(user, choice, today=today)) if choice.by_email else []
        if due:
            yield user, due


def _acting_for(tasks: QuerySet[Task], today: date) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation__in=tasks.values("organisation")).acting(today)


def _due_for(user: User, choice: ReminderChoice, *, today: date) -> Iterator[DueReminder]:
    reminded = set(DutyReminder.objects.filter(user=user).values_list("task", "stage", "due_on"))
    for duty in duties_for(user, today=today):
        stage = _stage_of(duty, choice, today)
        if stage is not None and (duty.task.pk, stage, duty.due) not in reminded:
            yield DueReminder(duty, stage)


def _stage_of(duty: Duty, choice: ReminderChoice, today: date) -> ReminderStage | None:
    if duty.due is None:
        return None
    if today <= duty.due <= today + timedelta(days=choice.days_before):
        return ReminderStage.BEFORE
    is_just_over = duty.due < today <= duty.due + REMINDED_UNTIL
    return ReminderStage.AFTER if is_just_over else None
