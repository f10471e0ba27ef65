"""What we ask the look-up, and the table of how it answered."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from public_lookup.service_figures.models import LookUpDay
from public_lookup.service_figures.rules import slots_of, within
from registry.editions.queries.declaring import in_languages, measures, release_table
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable
from registry.filtersets import midnight
from registry.register.models import Entry

#: How many days the table shows.
DAYS = 28


def question(at: datetime) -> tuple[str, str]:
    """The path of a page, and what it must say: another entry each time, the start page where the register has none."""
    shown = Entry.objects.shown_at(at).order_by("pk")
    if not (entries := shown.count()):
        return reverse("start"), ""
    number = shown[int(at.timestamp() // 60) % entries].number
    return reverse("entry", args=[number]), number


def tables(day: date) -> Iterator[ReleaseTable]:
    """Of each of the last days, how often we asked the look-up and how it answered. Today is not over, and not in it.

    A day on which our own worker did not run at all is in it too, from the first day on which it ran.
    """
    days = [day - timedelta(days=n) for n in range(1, DAYS + 1)]
    found = {one.day: one for one in LookUpDay.objects.filter(day__in=days)}
    titles = measures(
        asked=_("Asked"),
        not_asked=_("Not asked: our own worker did not run"),
        answered=_("Answered rightly"),
        share=_("Answered rightly (per cent)"),
        half=_("Half within (milliseconds)"),
        most=_("95 in 100 within (milliseconds)"),
    )
    units = dict.fromkeys(titles, "questions") | {"share": "per cent", "half": "milliseconds", "most": "milliseconds"}
    first = LookUpDay.objects.order_by("day").values_list("day", flat=True).first()
    shown = [one for one in days if first and one >= first]
    words = {one.isoformat(): in_languages(_Day(one)) for one in shown}
    yield release_table(
        "service-look-up",
        CountedThing.CASES,
        title=_("Whether the look-up answers, and how fast"),
        about=_(
            "Every 5 minutes our own program opens the page of a business as anyone would, and sees whether it says what the "
            "register says. No visitor is counted or timed."
        ),
        dimensions=(Dimension("day", in_languages(_("Day")), words),),
        measures=titles,
        units=units,
        rows=tuple((one.isoformat(), *_cells(one, found.get(one) or LookUpDay(day=one))) for one in shown),
        notes=(in_languages(_("[x] means that nothing was answered.")),),
    )


class _Day:
    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> str:
        return date_format(self.day, "j F Y")


def _cells(day: date, one: LookUpDay) -> Iterator[Cell]:
    yield one.asked
    # The day on which the clock is changed has an hour more or less.
    yield max(slots_of(midnight(day), midnight(day + timedelta(days=1))) - one.asked, 0)
    yield one.answered
    yield round(100 * one.answered / one.asked, 1) if one.asked else Mark.UNKNOWN
    for share in (0.5, 0.95):
        took = within(one.times, share)
        yield Mark.UNKNOWN if took is None else took
