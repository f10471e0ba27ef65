"""The calendar of the dates of a business, at the private address of one of the people who act for it."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.duties.models import DutyCalendar
from licensing.duties.queries.duties import Duty, duties_of
from registry import icalendar, permissions, signing
from registry.accounts.models import User
from registry.memberships.models import Membership
from registry.permissions import Acting


def code_of(seed: str) -> str:
    """The secret part of the address of a calendar."""
    return signing.keyed_digest(settings.NAMES_KEY, f"duty calendar {seed}")[:40]


def digest_of_code(code: str) -> str:
    return signing.keyed_digest(settings.NAMES_KEY, f"duty calendar digest {code}")


def calendar_of(code: str, *, today: date) -> Acting | None:
    """As what the person of the calendar with this code acts today: none for an unknown code, nor once the person has left."""
    found = DutyCalendar.objects.filter(code_digest=digest_of_code(code)).select_related(
        "membership__user", "membership__organisation"
    )
    calendar = found.first()
    if calendar is None or not calendar.membership.user.is_active or calendar.membership.until is not None:
        return None
    return permissions.acts_for(calendar.membership.user, calendar.membership.organisation, on=today)


def calendars_for(user: User, *, today: date) -> list[Membership]:
    """The memberships of this person that hold today, each with its calendar if there is one."""
    rows = Membership.objects.filter(user=user).acting(today).select_related("organisation", "duty_calendar")
    return list(rows.order_by("organisation__legal_name", "pk"))


def duties_ics(acting: Acting, *, host: str, at: datetime) -> str:
    """What the person may do by a day, as all-day events. Neither business nor reference is named: telephones show it to anyone."""
    duties = (duty for duty in duties_of([acting], today=timezone.localdate(at)) if duty.due)
    return icalendar.calendar("Duties", (list(_event(duty, host=host, at=at)) for duty in duties))


def _event(duty: Duty, *, host: str, at: datetime) -> Iterator[str]:
    title = format_lazy(_("Licence duty: {duty}"), duty=duty.text)
    number = signing.keyed_digest(settings.NAMES_KEY, f"duty {duty.task.pk}")[:16]
    yield from (
        "BEGIN:VEVENT",
        f"UID:{number}@{host}",
        f"DTSTAMP:{icalendar.instant(at)}",
        f"DTSTART;VALUE=DATE:{duty.task.due_on:%Y%m%d}",
        f"SUMMARY:{icalendar.text(str(title))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )
