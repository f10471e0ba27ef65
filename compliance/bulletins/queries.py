"""What a bulletin is drafted from, which there are, and which other authorities have read which."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.bulletins.models import Bulletin
from registry.accounts.models import User
from registry.editions.queries.declaring import ALL, word
from registry.editions.queries.published import PublishedEdition, current
from registry.editions.rules.charts import in_figures
from registry.editions.tables import CountedThing, ReleaseTable
from registry.partner_statistics.queries import agreement_of
from registry.reading.models import Consultation
from registry.trail.queries.history import Words

#: As many rows of each table as a draft says, and as many readings as a page shows.
MOST_ROWS, READINGS = 5, 200
#: As many months back as a bulletin can be written for.
MONTHS = 3
WORDS: Words = {"bulletin": {"write_bulletin": gettext_lazy("Bulletin written")}}
OF_PATTERNS = (CountedThing.REPORTS, CountedThing.PEOPLE)


def newest(at: datetime) -> PublishedEdition | None:
    """The newest edition that the public reads: a bulletin says no number that is not in it."""
    return next(iter(current(at)), None)


def draft_of(shown: PublishedEdition) -> str:
    """The rows with the highest numbers of each table about reports and people, in the last period that has numbers."""
    return "\n\n".join(filter(None, (_lines(one) for one in shown.tables if one.counts in OF_PATTERNS)))


def _lines(table: ReleaseTable) -> str:
    if len(table.dimensions) != 2:
        return ""
    numbers = [(str(one[0]), str(one[1]), one[2]) for one in table.rows if isinstance(one[2], int) and one[2] > 0]
    own = [one for one in numbers if one[1] != ALL]
    if not own:
        return ""
    periods = list(table.dimensions[0].values)
    last = max((period for period, _row, _number in own), key=periods.index)
    most = sorted((one for one in own if one[0] == last), key=lambda one: (-one[2], one[1]))[:MOST_ROWS]
    titles = table.dimensions[1].values
    heading = f"{word(table.title)}, {word(table.dimensions[0].values[last])}:"
    return "\n".join([heading, *(f"{word(titles[row])}: {in_figures(number)}" for _period, row, number in most)])


def months_to_write(today: date) -> list[tuple[str, str]]:
    """This month and those before that have no bulletin, the newest first."""
    taken = set(Bulletin.objects.exclude(status="bulletin_refused").values_list("month", flat=True))
    return [(one.isoformat(), month_in_words(one)) for one in _months(today) if one not in taken]


def _months(today: date) -> Iterator[date]:
    year, month = today.year, today.month
    for _step in range(MONTHS):
        yield date(year, month, 1)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)


def month_in_words(month: date) -> str:
    return date_format(month, "F Y")


def bulletins(by: User) -> "QuerySet[Bulletin]":
    return Bulletin.objects.visible_to(by).order_by("-month", "-pk")


def for_partner(user: User, on: date) -> "QuerySet[Bulletin]":
    """What is released, for people of an authority with an agreement; guarded authorities have none."""
    rows = Bulletin.objects.released().order_by("-month", "-pk")
    return rows if agreement_of(user, on) else rows.none()


def readings_of(bulletin: Bulletin) -> "QuerySet[Consultation]":
    """Who of another authority has read it, the newest first."""
    rows = Consultation.objects.filter(kind="bulletin", reference=bulletin.reference, by__agency__isnull=False)
    return rows.select_related("by__agency").order_by("-at", "-pk")[:READINGS]


def title_of(bulletin: Bulletin) -> str:
    return _("Bulletin for %(month)s") % {"month": month_in_words(bulletin.month)}
