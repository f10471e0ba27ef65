"""What a bank statement comes to: whose money each row is, before and after it has been taken up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.payments.models import Payment, Statement, StatementLine
from licensing.payments.rules import payments as rules
from licensing.payments.rules import statements as reading
from licensing.payments.rules.statements import StatementRow
from registry.accounts.models import User
from registry.conflicts.models import Conflict

CHUNK = 500


class Fate(StrEnum):
    """What taking up the statement would make of a row."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    UNMATCHED = "unmatched"
    SEEN = "seen"
    NOT_CREDIT = "not_credit"
    UNREADABLE = "unreadable"


FATES: dict[str, str | Promise] = {
    Fate.SURE: _("Recorded as a payment"),
    Fate.DOUBTFUL: _("To be looked at"),
    Fate.UNMATCHED: _("Not matched yet"),
    Fate.SEEN: _("Taken up before"),
    Fate.NOT_CREDIT: _("No money that arrived"),
    Fate.UNREADABLE: _("Cannot be read: left out"),
}
DOUBTS: dict[str, str | Promise] = {
    "several": _("It contains more than one reference."),
    "not_in_hand": _("The application takes no payment now."),
    "less": _("Less than is still to be paid."),
    "more": _("More than is still to be paid."),
    "recorded": _("The same amount of the same day has been recorded by hand."),
}


@dataclass(frozen=True, slots=True)
class StatementRowResult:
    """One row of a statement with what it comes to."""

    cells: tuple[str, ...]
    fate: Fate
    given: StatementRow | None = None
    key: str = ""
    application: Application | None = None
    doubt: str = ""

    @property
    def fate_in_words(self) -> str | Promise:
        return FATES[self.fate]

    @property
    def doubt_in_words(self) -> str | Promise:
        return DOUBTS.get(self.doubt, "")


@dataclass(frozen=True, slots=True)
class Preview:
    """A statement read by these columns. `missing` are those without which nothing can be read."""

    columns: dict[str, int]
    missing: tuple[str, ...]
    rows: tuple[StatementRowResult, ...]

    def count(self, fate: Fate) -> int:
        return sum(row.fate == fate for row in self.rows)

    @property
    def counts(self) -> list[tuple[str | Promise, int]]:
        return [(FATES[fate], self.count(fate)) for fate in Fate if self.count(fate)]

    @property
    def sum(self) -> Decimal:
        return sum((row.given.amount for row in self.rows if row.fate == Fate.SURE and row.given), Decimal(0))


@dataclass(slots=True)
class _Known:
    """What is needed to judge every row of a statement, fetched at once."""

    seen: set[str]
    by_code: dict[str, Application]
    left: dict[int, Decimal]
    by_hand: set[tuple[int, object, Decimal]]
    kept: frozenset[int]


def preview(statement: Statement, columns: Mapping[str, int] | None = None, *, by: User) -> Preview:
    """What would become of each row, by these columns or as they are guessed.

    What belongs to an organisation with which `by` has a conflict of interest is left for someone else to match.
    """
    heading, *rest = statement.rows
    chosen = dict(columns) if columns is not None else reading.guessed(heading, settings.STATEMENT_COLUMNS)
    missing = tuple(name for name in reading.NEEDED if name not in chosen)
    if missing:
        return Preview(chosen, missing, ())
    given = [reading.read(row, chosen) for row in rest]
    arrived = [one for one in given if one is not None and one.is_credit]
    keys = dict(zip(map(id, arrived), reading.keys(arrived), strict=True))
    known = _known(arrived, keys.values(), by)
    return Preview(
        chosen,
        (),
        tuple(_row(tuple(row), one, keys.get(id(one), ""), known) for row, one in zip(rest, given, strict=True)),
    )


def _known(arrived: Sequence[StatementRow], keys: Iterable[str], by: User) -> _Known:
    by_code = _applications({code for one in arrived for code in reading.codes_in(one.reference, one.description)})
    return _Known(
        seen={
            key
            for part in _parts(list(keys))
            for key in StatementLine.objects.filter(key__in=part).values_list("key", flat=True)
        },
        by_code=by_code,
        left={one.pk: one.still_to_pay for one in by_code.values()},
        by_hand=set(
            Payment.objects.filter(
                application__in={one.pk for one in by_code.values()}, card=None, line=None
            ).values_list("application", "received_on", "amount")
        ),
        kept=frozenset(Conflict.objects.organisations_of(by)),
    )


def _applications(codes: set[str]) -> dict[str, Application]:
    """By the code of the payment reference, and by that of the application's own: people write either."""
    found: dict[str, Application] = {}
    for part in _parts(sorted(codes)):
        references = {f"A-{code[:4]}-{code[4:]}": code for code in part}
        wanted = Application.objects.handed_in().filter(Q(payment_reference__in=part) | Q(reference__in=references))
        for one in wanted.select_related("organisation").prefetch_related("payments", "demands"):
            found[str(one.payment_reference)] = found[references.get(one.reference, str(one.payment_reference))] = one
    return {code: one for code, one in found.items() if code in codes}


def _parts(things: list[str]) -> list[list[str]]:
    return [things[start : start + CHUNK] for start in range(0, len(things), CHUNK)]


def _row(cells: tuple[str, ...], given: StatementRow | None, key: str, known: _Known) -> StatementRowResult:
    if given is None:
        return StatementRowResult(cells, Fate.UNREADABLE)
    if not given.is_credit:
        return StatementRowResult(cells, Fate.NOT_CREDIT, given)
    if key in known.seen:
        return StatementRowResult(cells, Fate.SEEN, given, key)
    return _matched(cells, given, key, known)


def _matched(cells: tuple[str, ...], given: StatementRow, key: str, known: _Known) -> StatementRowResult:
    named = [
        known.by_code[code] for code in reading.codes_in(given.reference, given.description) if code in known.by_code
    ]
    several = {one.pk for one in named}
    if not named or any(one.organisation_id in known.kept for one in named):
        return StatementRowResult(cells, Fate.UNMATCHED, given, key)
    if len(several) > 1:
        return StatementRowResult(cells, Fate.DOUBTFUL, given, key, None, "several")
    application = named[0]
    if doubt := _doubt(application, given, known):
        return StatementRowResult(cells, Fate.DOUBTFUL, given, key, application, doubt)
    known.left[application.pk] -= given.amount
    return StatementRowResult(cells, Fate.SURE, given, key, application)


def _doubt(application: Application, given: StatementRow, known: _Known) -> str:
    """Why somebody must look at it: empty for exactly what is still to be paid."""
    if (application.pk, given.received_on, given.amount) in known.by_hand:
        return "recorded"
    if any(rules.receive_blockers(application)):
        return "not_in_hand"
    left = known.left[application.pk]
    if given.amount == left:
        return ""
    return "less" if given.amount < left else "more"


def suggested(line: StatementLine, *, by: User) -> list[Application]:
    """Whose references stand in a line that waits; none with whose organisation `by` has a conflict of interest."""
    found = _applications(set(reading.codes_in(line.bank_reference, line.description)))
    kept = frozenset(Conflict.objects.organisations_of(by))
    return list({one.pk: one for one in found.values() if one.organisation_id not in kept}.values())


def lines_of(statement: Statement, *, by: User) -> "QuerySet[StatementLine]":
    """What a statement brought, but what was paid by an organisation with which `by` has a conflict of interest."""
    lines = statement.lines.exclude(payment__application__organisation__in=Conflict.objects.organisations_of(by))
    return lines.select_related("payment__application__organisation").order_by("pk")


def by_reference(typed: str) -> Application | None:
    """The application that this reference names, its own or that of its payment."""
    return next(iter(_applications(set(reading.codes_in(typed))).values()), None)


def statements() -> "QuerySet[Statement]":
    """Newest first, with how many lines each brought and how many of them wait."""
    waits = Q(lines__payment=None, lines__set_aside_at=None, lines__isnull=False)
    rows = Statement.objects.select_related("read_by").defer("rows")
    return rows.annotate(brought=Count("lines"), waiting=Count("lines", filter=waits)).order_by("-read_at", "-pk")


def waiting_lines() -> "QuerySet[StatementLine]":
    """Money that is nobody's yet, the oldest first."""
    return StatementLine.objects.waiting().select_related("statement").order_by("received_on", "pk")
