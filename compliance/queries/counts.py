"""Counts for the public, quarter by quarter, with small numbers left out: what a quarterly release is made of.

A quarter is counted when it is over, and each table of a quarter stands alone: there is no total over quarters, so that no
release gives away by subtraction what the one before left out. All tables of a quarter have the same total of cases in it;
where that is under 10 the whole quarter is left out of all of them, and otherwise it is printed in each, so that no table
says of it what another does not. Everybody's cases are counted: a count is of nobody (decision 59).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Generic, TypeVar

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from compliance import rules
from compliance.models import (
    Inspection,
    Referral,
    ReferralKind,
    Report,
    ReportTag,
    Result,
    SeenIndicator,
    TagKind,
    TriageDecision,
)
from compliance.queries.findings import scheme_of
from compliance.queries.rounds import REACTIVE
from compliance.queries.suppressing import SMALLEST, TOTAL, Published, Table, nothing_of, suppress
from compliance.queries.tables import Bar, Figure
from compliance.states import ChosenHow, Finding
from registry.models.premises import Nation, nation_of
from registry.schemes import Scheme, said
from registry.schemes.safeguarding import Named as Word

#: How many quarters that are over a page shows.
QUARTERS = 8
#: In place of a number that is left out, as in official statistics: confidential.
LEFT_OUT = "[c]"
Row = tuple[str, str]
T = TypeVar("T")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months; the number counts quarters since the year 0."""

    number: int

    def __str__(self) -> str:
        year, place = divmod(self.number, 4)
        return _("Quarter %(quarter)s of %(year)s") % {"quarter": place + 1, "year": year}

    @property
    def begins(self) -> datetime:
        year, place = divmod(self.number, 4)
        return timezone.make_aware(datetime.combine(date(year, place * 3 + 1, 1), time.min))


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year * 4 + (day.month - 1) // 3)


def quarters_over(on: date, how_many: int = QUARTERS) -> list[Quarter]:
    """The last quarters that are over on this day, the oldest first."""
    now = quarter_of(on).number
    return [Quarter(number) for number in range(now - how_many, now)]


@dataclass(frozen=True, slots=True)
class Counted:
    """One table of all quarters: its rows with their words, and of each quarter what may be published."""

    code: str
    title: str
    about: str
    rows: Sequence[tuple[Row, str]]
    published: Mapping[Quarter, Published]

    def figure(self) -> Figure:
        """As the page, its chart and its file show it. The bars are of the newest quarter."""
        quarters = sorted(self.published)
        newest = quarters[-1]
        named = [(title, [self.published[quarter].get(key) for quarter in quarters]) for key, title in self.rows]
        return Figure(
            code=self.code,
            title=self.title,
            about=self.about,
            headings=("", *(str(quarter) for quarter in quarters)),
            rows=tuple((title, *(LEFT_OUT if n is None else n for n in numbers)) for title, numbers in named),
            bars=tuple(
                Bar(title, numbers[-1])
                for (key, title), (_title, numbers) in zip(self.rows, named, strict=True)
                if numbers[-1] is not None and TOTAL not in key
            ),
            measured=str(newest),
        )


#: What was published before, by the code of the table and the quarter.
Former = Mapping[tuple[str, Quarter], Published]


def counts(scheme: Scheme, on: date, *, former: Former | None = None) -> list[Counted]:
    """Every table, of the quarters that are over. `former` are the tables of the release before, which do not change."""
    quarters = quarters_over(on)
    of = (_of_visits, _of_reports, _of_referrals)
    return [table for tables in of for table in tables(scheme, quarters, former or {})]


def count_figures(scheme: Scheme, on: date) -> list[Figure]:
    return [one.figure() for one in counts(scheme, on)]


def count_figure(code: str, scheme: Scheme, on: date) -> Figure | None:
    return next((one for one in count_figures(scheme, on) if one.code == code), None)


# --- visits ---


@dataclass(frozen=True, slots=True)
class Visit:
    """A confirmed inspection by what is counted of it."""

    quarter: Quarter
    how: str
    failed: bool
    nation: str
    sectors: tuple[str, ...]
    unmet: tuple[str, ...]
    seen: tuple[str, ...]  # signs of forced labour, by their codes


BEFORE_GRANT = "other"


def _visits(scheme: Scheme, quarters: Sequence[Quarter]) -> list[Visit]:
    """By the day on which the report was confirmed: from then on nothing about it changes, and so its quarter does not."""
    since, until = quarters[0].begins, Quarter(quarters[-1].number + 1).begins
    confirmed = Inspection.objects.confirmed().filter(
        scheme=scheme.name, confirmed_at__gte=since, confirmed_at__lt=until
    )
    unmet: dict[int, list[str]] = {}
    results = Result.objects.filter(inspection__in=confirmed, finding=Finding.NOT_MET).order_by("standard")
    for inspection, code in results.values_list("inspection", "standard"):
        unmet.setdefault(inspection, []).append(code)
    seen: dict[int, list[str]] = {}
    signs = SeenIndicator.objects.filter(inspection__in=confirmed).order_by("code")
    for inspection, code in signs.values_list("inspection", "code"):
        seen.setdefault(inspection, []).append(code)
    rows = confirmed.select_related("organisation", "choice").defer("brief", "summary").order_by("pk")
    return [_visit(one, unmet.get(one.pk, []), seen.get(one.pk, [])) for one in rows]


def _visit(one: Inspection, unmet: Sequence[str], seen: Sequence[str]) -> Visit:
    choice = getattr(one, "choice", None)
    address = one.organisation.address or {}
    sectors = one.facts.get("sectors") or ()
    assert one.confirmed_at is not None
    return Visit(
        quarter=quarter_of(timezone.localdate(one.confirmed_at)),
        how=choice.how if choice else ChosenHow.REACTIVE if one.kind in REACTIVE else BEFORE_GRANT,
        failed=rules.score(scheme_of(one), unmet).failed,
        nation=nation_of(str(address.get("country", ""))) or Nation.OTHER,
        sectors=tuple(sectors) if isinstance(sectors, list) else (),
        unmet=tuple(unmet),
        seen=tuple(seen),
    )


def _of_visits(scheme: Scheme, quarters: Sequence[Quarter], former: Former) -> list[Counted]:
    visits, language = _visits(scheme, quarters), get_language()
    hows = [*((one.value, str(one.label)) for one in ChosenHow), (BEFORE_GRANT, _("For an application or a change"))]
    outcomes = [("passed", _("passed")), ("failed", _("failed"))]
    sectors = [(one.code, said(one.title, language)) for one in scheme.sectors]
    standards = [(one.code, f"{one.code} {said(one.title, language)}") for one in scheme.standards]
    of = _By(visits, quarters, lambda one: one.quarter, former)
    return of.all(
        of.crossed(
            "inspections",
            _("Confirmed inspections by how they came about, and outcome"),
            hows,
            outcomes,
            lambda one: (one.how, "failed" if one.failed else "passed"),
        ),
        of.apart("regions", _("Inspections by part of the United Kingdom"), Nation.choices, lambda one: one.nation),
        of.mentions("sectors", _("Inspections by sector"), sectors, lambda one: one.sectors, at_least=len),
        of.mentions(
            "standards", _("Standards found not to be met"), standards, lambda one: one.unmet, at_least=_failed
        ),
        of.mentions(
            "signs",
            _("Indicators of forced labour seen on visits"),
            _signs(scheme),
            lambda one: one.seen,
            at_least=_none,
        ),
    )


def _signs(scheme: Scheme) -> list[tuple[str, str]]:
    """The indicators of forced labour by their codes, in words."""
    words = scheme.intelligence.indicators if scheme.intelligence else ()
    return [(one.code, f"{one.code}. {said(one.title, get_language())}") for one in words]


def _failed(visits: Sequence[Visit]) -> int:
    """Each that failed has at least one standard that was not met."""
    return sum(one.failed for one in visits)


def _none(_things: object) -> int:
    return 0


# --- reports ---


@dataclass(frozen=True, slots=True)
class Told:
    """A report by what is counted of it: not a word of it."""

    quarter: Quarter
    decision: str
    indicators: tuple[str, ...]


NOT_DECIDED = "undecided"


def _told(quarters: Sequence[Quarter]) -> list[Told]:
    since, until = quarters[0].begins, Quarter(quarters[-1].number + 1).begins
    received = Report.objects.filter(received_at__gte=since, received_at__lt=until)
    tags: dict[int, list[str]] = {}
    indicators = ReportTag.objects.filter(kind=TagKind.INDICATOR, report__in=received).order_by("code")
    for report, code in indicators.values_list("report", "code"):
        tags.setdefault(report, []).append(code)
    return [
        Told(quarter_of(timezone.localdate(at)), decision or NOT_DECIDED, tuple(dict.fromkeys(tags.get(key, ()))))
        for key, at, decision in received.order_by("pk").values_list("pk", "received_at", "decision")
    ]


def _of_reports(scheme: Scheme, quarters: Sequence[Quarter], former: Former) -> list[Counted]:
    """Of all schemes: most reports name no licence. What a person says of a report later is in no quarter published before."""
    decisions = [*TriageDecision.choices, (NOT_DECIDED, _("Not decided yet"))]
    indicators = _signs(scheme)
    of = _By(_told(quarters), quarters, lambda one: one.quarter, former)
    return of.all(
        of.apart("reports", _("Reports of concerns by what became of them"), decisions, lambda one: one.decision),
        of.mentions(
            "indicators",
            _("Indicators of forced labour in reports"),
            indicators,
            lambda one: one.indicators,
            at_least=_none,
        ),
    )


# --- referrals ---


@dataclass(frozen=True, slots=True)
class Referred:
    """Somebody who was referred or notified, by what is counted: neither who, nor from where they came."""

    quarter: Quarter
    kind: str
    age_band: str
    gender: str
    region: str
    natures: tuple[str, ...]


def _referred(scheme: Scheme, quarters: Sequence[Quarter]) -> list[Referred]:
    """By the day on which it was sent: from then on none of these facts changes."""
    since, until = quarters[0].begins, Quarter(quarters[-1].number + 1).begins
    sent = Referral.objects.filter(scheme=scheme.name, sent_at__gte=since, sent_at__lt=until).order_by("pk")
    return [
        Referred(quarter_of(timezone.localdate(at)), kind, age, gender, region, tuple(natures))
        for at, kind, age, gender, region, natures in sent.values_list(
            "sent_at", "kind", "age_band", "gender", "region", "natures"
        )
    ]


def _of_referrals(scheme: Scheme, quarters: Sequence[Quarter], former: Former) -> list[Counted]:
    """None where the scheme refers nobody."""
    words = scheme.safeguarding
    if words is None or not words.referrals:
        return []

    def titles(named: Iterable[Word]) -> list[tuple[str, str]]:
        return [(one.code, said(one.title, get_language())) for one in named]

    of = _By(_referred(scheme, quarters), quarters, lambda one: one.quarter, former)
    return of.all(
        of.apart("referrals", _("People referred or notified"), ReferralKind.choices, lambda one: one.kind),
        of.apart("ages", _("People referred or notified, by age"), titles(words.age_bands), lambda one: one.age_band),
        of.apart("genders", _("People referred or notified, by gender"), titles(words.genders), lambda one: one.gender),
        of.apart(
            "referral_regions",
            _("People referred or notified, by where they were found"),
            titles(words.regions),
            lambda one: one.region,
        ),
        of.mentions(
            "natures",
            _("People referred or notified, by kind of exploitation"),
            titles(words.natures),
            lambda one: one.natures,
            at_least=_none,
        ),
    )


# --- tables ---

Named = Iterable[tuple[str, object]]
#: The only column of a table that has no other.
N = "n"
ALONE = _lazy("Numbers under 10 are left out, and as many others as it takes so that no sum gives them away.")
SEVERAL = _lazy("One can be counted in several rows, so the rows do not add up. Numbers under 10 are left out.")


class _By(Generic[T]):
    """Things in quarters, put into tables of which each quarter is one."""

    def __init__(
        self, things: Iterable[T], quarters: Sequence[Quarter], in_quarter: Callable[[T], Quarter], former: Former
    ) -> None:
        self.things: dict[Quarter, list[T]] = {quarter: [] for quarter in quarters}
        self.former = former
        self.out: set[Quarter] = set()
        for one in things:
            self.things[in_quarter(one)].append(one)

    def crossed(self, code: str, title: str, rows: Named, columns: Named, of: Callable[[T], Row]) -> Counted:
        """Each thing in one row and one column, with all margins."""
        whole = (TOTAL, _("All"))
        keys = [
            ((row, column), f"{row_title}: {column_title}")
            for row, row_title in [*rows, whole]
            for column, column_title in [*columns, (TOTAL, _("all"))]
        ]

        def table(things: Sequence[T]) -> Table:
            found = Counter(of(one) for one in things)
            return Table({key: _sum_of(found, key) for key, _title in keys})

        return self._counted(code, title, ALONE, keys, table)

    def apart(self, code: str, title: str, rows: Named, of: Callable[[T], str]) -> Counted:
        """Each thing in one row, with the total."""
        keys = [((row, N), str(row_title)) for row, row_title in [*rows, (TOTAL, _("All"))]]

        def table(things: Sequence[T]) -> Table:
            found = Counter((of(one), N) for one in things)
            return Table({key: _sum_of(found, key) for key, _title in keys})

        return self._counted(code, title, ALONE, keys, table)

    def mentions(
        self,
        code: str,
        title: str,
        rows: Named,
        of: Callable[[T], Iterable[str]],
        *,
        at_least: Callable[[Sequence[T]], int],
    ) -> Counted:
        """Each thing in any number of rows: no total. `at_least` is what another table lets one know of their sum."""
        keys = [((row, N), str(row_title)) for row, row_title in rows]

        def table(things: Sequence[T]) -> Table:
            found = Counter((row, N) for one in things for row in of(one))
            cells = {key: found[key] for key, _title in keys}
            return Table(cells, at_least=min(at_least(things), sum(cells.values())))

        return self._counted(code, title, SEVERAL, keys, table)

    def _counted(
        self,
        code: str,
        title: str,
        about: str | Promise,
        keys: Sequence[tuple[Row, str]],
        table: Callable[[Sequence[T]], Table],
    ) -> Counted:
        published = {quarter: self._published(code, quarter, table(things)) for quarter, things in self.things.items()}
        return Counted(code, title, str(about), keys, published)

    def _published(self, code: str, quarter: Quarter, table: Table) -> Published:
        shown = None
        if len(self.things[quarter]) >= SMALLEST:
            shown = suppress(table, former=self.former.get((code, quarter)))
        if shown is None:
            self.out.add(quarter)
        return nothing_of(table) if shown is None else shown

    def all(self, *tables: Counted) -> list[Counted]:
        """The tables, without the quarters of which one of them may not even let the total be known."""
        return [
            replace(
                one, published={at: dict.fromkeys(own) if at in self.out else own for at, own in one.published.items()}
            )
            for one in tables
        ]


def _sum_of(found: Mapping[Row, int], key: Row) -> int:
    row, column = key
    return sum(n for (r, c), n in found.items() if row in (TOTAL, r) and column in (TOTAL, c))
