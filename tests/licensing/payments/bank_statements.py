"""Bank statements for tests: rows as banks write them, read in and taken up by the real actions."""

from datetime import date
from itertools import count

from licensing.applications.models import Application
from licensing.payments.actions import statements
from licensing.payments.models import Statement, StatementLine
from licensing.payments.queries import statements as queries
from registry import signing
from tests.conftest import NOW
from tests.people import person

HEADING = ["Date", "Description", "Reference", "Amount", "Balance"]
_balances = count(1_000)


def a_row(
    application: Application,
    *,
    amount: str = "",
    reference: str = "",
    description: str = "FASTER PAYMENT",
    day: date | None = None,
) -> list[str]:
    """The whole fee with the payment reference, unless the test says otherwise."""
    return [
        (day or NOW.date()).isoformat(),
        description,
        reference or str(application.payment_reference),
        amount or f"{application.still_to_pay:.2f}",
        f"{next(_balances)}.00",
    ]


def a_statement(*rows: list[str], heading: list[str] | None = None, name: str = "november.csv") -> Statement:
    cells = [heading or HEADING, *rows]
    return statements.read_in(name=name, digest=signing.digest(cells), rows=cells, by=person("case_officer"), at=NOW)


def taken_up(statement: Statement) -> Statement:
    officer = person("case_officer")
    columns = queries.preview(statement, by=officer).columns
    return statements.take_up(statement, columns=columns, by=officer, at=NOW)


def a_line(*, amount: str = "50.00", reference: str = "", description: str = "FROM SOMEBODY") -> StatementLine:
    """Money of which nobody can say whose it is."""
    row = [NOW.date().isoformat(), description, reference, amount, f"{next(_balances)}.00"]
    return taken_up(a_statement(row)).lines.get()
