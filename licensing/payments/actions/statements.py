"""Bank statements: read in, taken up, and what is left over matched by hand or set aside."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.payments import letters
from licensing.payments.actions import corrections
from licensing.payments.models import Payment, Statement, StatementLine
from licensing.payments.queries import statements as queries
from licensing.payments.queries.statements import Fate
from licensing.payments.rules import payments as rules
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Reason, refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def read_in(*, name: str, digest: str, rows: Sequence[Sequence[str]], by: User, at: datetime) -> Statement:
    """Keep a statement as it was uploaded; nothing comes of it yet. The same file again is the statement that is there."""
    permissions.require(by, "licensing.record_payment")
    statement, is_new = Statement.objects.get_or_create(
        digest=digest,
        defaults={
            "reference": new_reference("B"),
            "name": name[:200],
            "rows": [list(row) for row in rows],
            "read_by": by,
            "read_at": at,
        },
    )
    if is_new:
        trail.record(statement, "read_in", by=by, at=at, rows=len(rows) - 1)
    return statement


@transaction.atomic
def take_up(statement: Statement, *, columns: Mapping[str, int], by: User, at: datetime) -> Statement:
    """Make payments of the rows that are sure; keep the others that brought money until somebody says whose they are.

    What an earlier statement told of is not taken up again. Raises `Refused` when it cannot be read by these columns.
    """
    permissions.require(by, "licensing.record_payment")
    statement = trail.locked(statement)
    refuse_for(_take_up_blockers(statement, queries.preview(statement, columns, by=by)))
    seen = _seen_alone(statement, columns, by)
    statement.columns, statement.taken_up_at = dict(columns), at
    statement.save(update_fields=["columns", "taken_up_at"])
    trail.record(statement, "take_up", by=by, at=at, sure=seen.count(Fate.SURE), sum=f"{seen.sum:.2f}")
    for row in seen.rows:
        if row.fate in TAKEN:
            _take(statement, row, by=by, at=at)
    return statement


@transaction.atomic
def match(line: StatementLine, *, application: Application, by: User, at: datetime) -> Payment:
    """Say by hand whose money it is."""
    permissions.require(by, "licensing.record_payment")
    application = trail.locked(application)
    line = trail.locked(line)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    refuse_for(rules.match_blockers(line, application))
    return _record(line, application, by=by, at=at)


@transaction.atomic
def set_aside(line: StatementLine, *, because: str, by: User, at: datetime) -> StatementLine:
    """Say why it is nobody's fee: it waits no longer."""
    permissions.require(by, "licensing.record_payment")
    line = trail.locked(line)
    refuse_for(rules.set_aside_blockers(line, because=because))
    line.set_aside_because, line.set_aside_by, line.set_aside_at = because, by, at
    line.save(update_fields=["set_aside_because", "set_aside_by", "set_aside_at"])
    trail.record(line, "set_aside", by=by, at=at, because=because)
    return line


TAKEN = frozenset({Fate.SURE, Fate.DOUBTFUL, Fate.UNMATCHED})


def _take_up_blockers(statement: Statement, seen: queries.Preview) -> list[Reason]:
    if statement.taken_up_at is not None:
        return [Reason("taken_up_before", _("This statement has been taken up before."))]
    if seen.missing:
        return [Reason("no_column", _("Say which column holds the day and which the amount."), seen.missing[0])]
    if not seen.count(Fate.SURE) + seen.count(Fate.DOUBTFUL) + seen.count(Fate.UNMATCHED) + seen.count(Fate.SEEN):
        return [Reason("no_money", _("No row of it is money that arrived. Are these the right columns?"))]
    return []


def _seen_alone(statement: Statement, columns: Mapping[str, int], by: User) -> queries.Preview:
    """What is still to be paid is judged again once nobody else can pay it."""
    for one in _named(queries.preview(statement, columns, by=by)):
        trail.locked(one)
    return queries.preview(statement, columns, by=by)


def _named(seen: queries.Preview) -> list[Application]:
    """The applications to be paid, each once, in an order that is the same for everybody who locks them."""
    named = {row.application.pk: row.application for row in seen.rows if row.fate == Fate.SURE and row.application}
    return [named[pk] for pk in sorted(named)]


def _take(statement: Statement, row: queries.StatementRowResult, *, by: User, at: datetime) -> None:
    assert row.given is not None
    line = StatementLine.objects.create(
        reference=new_reference("N"),
        statement=statement,
        key=row.key,
        received_on=row.given.received_on,
        description=row.given.description,
        bank_reference=row.given.reference,
        amount=row.given.amount,
    )
    if row.fate == Fate.SURE and row.application is not None:
        _record(line, row.application, by=by, at=at)


def _record(line: StatementLine, application: Application, *, by: User, at: datetime) -> Payment:
    payment = Payment.objects.receive(
        application,
        amount=line.amount,
        received_on=line.received_on,
        bank_reference=line.bank_reference or line.description[:100],
        line=line,
        by=by,
        at=at,
    )
    trail.record(
        application,
        "record_payment",
        by=by,
        at=at,
        amount=f"{line.amount:.2f}",
        received_on=line.received_on,
        line=line,
    )
    corrections.notice_overpayment(application, by=by, at=at)
    letters.paid(Payment.objects.select_related("application__organisation").get(pk=payment.pk), at=at)
    return payment
