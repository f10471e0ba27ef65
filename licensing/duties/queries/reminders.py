"""Who is to be reminded of which duties today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from licensing.duties.models import DAYS_BEFORE, USUAL_DAYS_BEFORE, DutyReminder, DutyText, ReminderChoice
from licensing.duties.queries.duties import Duty, duties_for
from licensing.duties.states import ReminderStage
from registry.accounts.models import User
from registry.memberships.models import Membership
from registry.tasks.models import Task
from registry.trail.queries import beginnings

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


def sends_texts() -> bool:
    """Whether this service has a sender of text messages."""
    return bool(settings.TEXT_SENDER)


def telephone_for(text: DutyText) -> str:
    """The number that the person has now; empty where they want no text any more, and nothing may be sent."""
    return choice_of(text.user).telephone


def words_of_text(text: DutyText) -> str:
    """The reference and the day, where to read more and to stop the texts; nothing that names the person or the business."""
    assert text.task.organisation is not None
    with override(text.task.organisation.language):
        facts = {"reference": text.task.reference, "day": date_format(text.due_on, "j F Y"), "more": text.more}
        if text.more:
            said = gettext("%(reference)s: %(day)s, and %(more)d more. To read them or stop texts:") % facts
        else:
            said = gettext("%(reference)s: %(day)s. To read it or stop texts:") % facts
    return f"{said} {settings.SITE_ADDRESS}{reverse('duties')}"


def to_remind(*, today: date) -> Iterator[tuple[User, list[DueReminder]]]:
    """The people to be reminded today, each with the duties that they may do and were not reminded of."""
    soon = (
        Task.objects.open()
        .of_holders()
        .filter(due_on__gte=today - REMINDED_UNTIL, due_on__lte=today + timedelta(days=max(DAYS_BEFORE)))
    )
    since = beginnings.first_day(beginnings.DUTIES_MISSED)
    people = User.objects.filter(is_active=True, pk__in=_acting_for(soon, today).values("user")).order_by("pk")
    for user in people.select_related("reminder_choice").iterator(chunk_size=200):
        choice = getattr(user, "reminder_choice", None) or choice_of(user)
        due = list(_due_for(user, choice, today=today, since=since)) if choice.by_email or choice.by_text else []
        if due:
            yield user, due


def _acting_for(tasks: QuerySet[Task], today: date) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation__in=tasks.values("organisation")).acting(today)


def _due_for(user: User, choice: ReminderChoice, *, today: date, since: date) -> Iterator[DueReminder]:
    reminded = set(DutyReminder.objects.filter(user=user).values_list("task", "stage", "due_on"))
    for duty in duties_for(user, today=today):
        stage = _stage_of(duty, choice, today, since)
        if stage is not None and (duty.task.pk, stage, duty.due) not in reminded:
            yield DueReminder(duty, stage)


def _stage_of(duty: Duty, choice: ReminderChoice, today: date, since: date) -> ReminderStage | None:
    if duty.due is None:
        return None
    if today <= duty.due <= today + timedelta(days=choice.days_before):
        return ReminderStage.BEFORE
    is_just_over = duty.due < today <= duty.due + REMINDED_UNTIL and duty.due >= since
    return ReminderStage.AFTER if is_just_over else None
