"""Visits that are planned, as files for other programs: tables, and iCalendar for one's own."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.plans.models import PlannedInterpreter, PlanQuerySet, VisitPlan
from compliance.plans.queries.calendars import visible
from registry import icalendar
from registry.accounts.models import User
from registry.filtersets import CsvColumn

#: How far one's own visits go back in a file.
OWN_SINCE = timedelta(days=31)


def plan_columns() -> list[CsvColumn[VisitPlan]]:
    """The rows of a calendar that is taken away as CSV."""
    return [
        CsvColumn(_("Inspection"), lambda row: row.inspection.reference),
        CsvColumn(_("Organisation"), lambda row: row.inspection.organisation.legal_name),
        *own_columns()[1:],
    ]


def own_columns() -> list[CsvColumn[VisitPlan]]:
    """The same without the name of the business: the file lies on a telephone or a laptop."""
    return [
        CsvColumn(_("Inspection"), lambda row: row.inspection.reference),
        CsvColumn(_("Day"), lambda row: row.day),
        CsvColumn(_("From"), lambda row: f"{row.starts:%H:%M}"),
        CsvColumn(_("Until"), lambda row: f"{row.ends:%H:%M}"),
        CsvColumn(_("Where"), lambda row: row.where),
        CsvColumn(_("Region"), lambda row: row.region),
        CsvColumn(_("Inspector"), lambda row: row.inspection.inspector.name),
        CsvColumn(_("Officers who go along"), lambda row: ", ".join(str(one.officer) for one in row.joint.all())),
        CsvColumn(_("Notice of the visit"), lambda row: _("Announced") if row.announced else _("Unannounced")),
        CsvColumn(
            _("Interpreters"), lambda row: ", ".join(interpreter_in_words(one) for one in row.interpreters.all())
        ),
    ]


def interpreter_in_words(one: PlannedInterpreter) -> str:
    state = gettext("interpreter booked") if one.is_booked else gettext("interpreter not booked")
    return f"{one.language}: {state}"


def own_plans(user: User, *, on: date) -> PlanQuerySet:
    """The visits that this officer makes, in the lead or beside somebody, from a month ago on."""
    return visible(user).of(user).filter(day__gte=on - OWN_SINCE).order_by("day", "starts", "pk")


def own_ics(user: User, *, host: str, at: datetime) -> str:
    """The officer's own visits from a month ago on, as iCalendar (RFC 5545). No business is named: telephones show it to anybody."""
    events = (_event(one, host=host, at=at) for one in own_plans(user, on=timezone.localdate(at)))
    return icalendar.calendar("Visits", events)


def _event(one: VisitPlan, *, host: str, at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{one.inspection.reference}@{host}",
        f"DTSTAMP:{icalendar.instant(at)}",
        f"DTSTART:{icalendar.instant(_moment(one.day, one.starts))}",
        f"DTEND:{icalendar.instant(_moment(one.day, one.ends))}",
        f"SUMMARY:{icalendar.text(one.inspection.reference)}",
        f"LOCATION:{icalendar.text(one.where)}",
        "END:VEVENT",
    ]


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
