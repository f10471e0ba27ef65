"""Sample money: a bank statement with money that is nobody's yet, another that has still to be looked at, a turnover that was higher."""

import csv
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from io import StringIO

from django.utils import timezone

from config.demo.people import person
from licensing.applications.models import Application
from licensing.applications.states import ApplicationStatus
from licensing.payments.actions import payments, statements
from licensing.payments.models import Statement
from licensing.payments.queries import statements as queries
from licensing.payments.rules import csv_reader as files
from registry import signing
from registry.accounts.models import User

HEADING = ("Date", "Description", "Reference", "Amount", "Balance")
EVIDENCE = "The accounts that you sent to Companies House for the last year, page 4."


def money(at: datetime) -> Iterator[object]:
    """By the real actions: what the bank says, and what an officer found out about the sample employer's turnover."""
    officer = person("case-officer")
    employer = person("applicant")
    unpaid = Application.objects.filter(status=ApplicationStatus.SUBMITTED).exclude(started_by=employer)
    short, *others = unpaid.order_by("pk")[:2]
    day = timezone.localdate(at).isoformat()
    taken = _read_in(
        "last-week.csv",
        (day, "FASTER PAYMENT", str(short.payment_reference).lower(), "20.00", "1020.00"),
        (day, "BACS", "LICENCE FEE", "620.00", "1640.00"),
        (day, "OFFICE RENT", "", "-900.00", "740.00"),
        by=officer,
        at=at,
    )
    yield statements.take_up(taken, columns=queries.preview(taken, by=officer).columns, by=officer, at=at)
    for one in others:
        fee = f"{one.still_to_pay:.2f}"
        yield _read_in(
            "this-week.csv",
            (day, f"FPI {one.reference}", "", fee, "2000.00"),
            (day, "=CMD()", "thank you", "12.50", ""),
            by=officer,
            at=at,
        )
    own = Application.objects.acted_for_by(employer).filter(status=ApplicationStatus.AWAITING_APPLICANT)
    for one in own.order_by("pk")[:1]:
        found = Decimal(str(one.facts["turnover"])) + 4_500_000
        yield payments.verify_turnover(one, verified=found, evidence=EVIDENCE, by=officer, at=at)


def _read_in(name: str, *rows: tuple[str, ...], by: User, at: datetime) -> Statement:
    text = StringIO()
    csv.writer(text).writerows([HEADING, *rows])
    content = text.getvalue().encode()
    return statements.read_in(
        name=name, digest=signing.digest_of_bytes(content), rows=files.rows(content), by=by, at=at
    )
