"""Bank statements: whose money it is, what is doubtful, what is nobody's; the same money is never counted twice."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.payments.actions import payments, statements
from licensing.payments.models import Payment, Statement, StatementLine
from licensing.payments.queries import statements as queries
from licensing.payments.rules import csv_reader as files
from licensing.payments.rules import statements as reading
from licensing.payments.rules.csv_reader import UnreadableStatement
from registry.errors import Refused
from registry.letters.models import Letter
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.payments.bank_statements import HEADING, a_line, a_row, a_statement, taken_up
from tests.licensing.stories import TODAY
from tests.people import person, signed_in
from tests.races import at_once


@pytest.fixture
def application(db: None) -> Application:
    return stories.an_application_submitted()


def fates(statement: Statement) -> list[tuple[str, str]]:
    return [(row.fate.value, row.doubt) for row in queries.preview(statement, by=person("case_officer")).rows]


# --- what a row says


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-11-02", date(2026, 11, 2)),
        ("02/11/2026", date(2026, 11, 2)),
        ("2/11/26", date(2026, 11, 2)),
        ("2 Nov 2026", date(2026, 11, 2)),
        ("31/02/2026", None),
        ("11/13/2026", None),
        ("Total", None),
        ("", None),
    ],
)
def test_a_day_as_banks_write_it(typed: str, read: date | None) -> None:
    assert reading.day(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("620", "620"),
        ("£1,234.50", "1234.50"),
        ("620.00 CR", "620.00"),
        ("-12.00", "-12.00"),
        ("(12.00)", "-12.00"),
        ("\u221212.00", "-12.00"),
        ("1e9", None),
        ("12.345", None),
        ("=1+1", None),
        ("", None),
    ],
)
def test_an_amount_as_banks_write_it(typed: str, read: str | None) -> None:
    assert reading.money(typed) == (None if read is None else Decimal(read))


def test_references_are_alike_whatever_the_case_the_spaces_and_the_letter_o() -> None:
    assert reading.folded("a-7kq2 m9xo / fp") == "A7KQ2M9X0FP"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        (b"\xef\xbb\xbfa;b\r\n1,5;2\r\n\r\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\r£5\t2".encode("cp1252"), [["a", "b"], ["£5", "2"]]),
    ],
)
def test_a_statement_is_read_as_banks_write_it(content: bytes, found: list[list[str]]) -> None:
    assert files.rows(content) == found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n,\n", "empty"),
        (b"%PDF-1.7\0\0", "not_text"),
        (b"only one column\n1\n", "one_column"),
        (b"a,b\n" * 5_001, "too_many_rows"),
        (b"a,b\n" + b"\n" * 20_000, "too_many_rows"),
        (b"a," * 200_001, "too_many_cells"),
        (b"x" * (2 * 1024 * 1024 + 1), "too_big"),
    ],
)
def test_what_is_no_statement_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableStatement) as wrong:
        files.rows(content)

    assert wrong.value.code == code


def test_columns_are_guessed_by_their_names_and_told_by_the_installation(settings: Settings) -> None:
    assert reading.guessed(["Paid in", "DATE", "Narrative"], {}) == {"amount": 0, "date": 1, "description": 2}
    assert reading.guessed(["Kredit", "Date"], {"amount": "kredit"}) == {"amount": 0, "date": 1}


# --- whose money it is


@pytest.mark.parametrize(
    "write",
    [
        lambda one: str(one.payment_reference),
        lambda one: f"ref {str(one.payment_reference).lower().replace('0', 'o')} thanks",
        lambda one: f"{str(one.payment_reference)[:4]} {str(one.payment_reference)[4:]}",
        lambda one: one.reference,
        lambda one: one.reference.lower().replace("-", " "),
    ],
)
def test_money_is_matched_by_either_reference_however_it_is_written(
    application: Application, write: Callable[[Application], str]
) -> None:
    for row in (
        a_row(application, reference=write(application)),
        a_row(application, reference="-", description=f"FPI {write(application)}"),
    ):
        assert fates(a_statement(row)) == [("sure", "")]


def test_a_statement_taken_up_pays_what_is_sure_and_keeps_the_rest(application: Application) -> None:
    statement = a_statement(
        a_row(application), ["02/11/2026", "UNKNOWN", "hello", "12.00", ""], ["02/11/2026", "RENT", "", "-900.00", ""]
    )

    taken_up(statement)

    payment = Payment.objects.get()
    assert (payment.application, payment.amount) == (application, application.fee)
    assert payment.line and payment.line.statement == statement
    assert queries.waiting_lines().get().amount == 12
    assert Letter.objects.filter(template="licensing/letters/paid.html").count() == 1
    event = Event.objects.get(verb="take_up")
    assert (event.reference, event.facts["sure"]) == (statement.reference, 1)


def test_what_is_doubtful_waits_for_somebody(application: Application) -> None:
    other = stories.an_application_submitted(legal_name="Other Ltd")
    withdrawn = stories.an_application_submitted(legal_name="Gone Ltd")
    applications.withdraw(withdrawn, because="", by=stories.holder_of(withdrawn.organisation), at=NOW)
    statement = a_statement(
        a_row(application, amount="20.00"),
        a_row(application, amount="6200.00"),
        a_row(application, description=str(other.payment_reference)),
        a_row(withdrawn, amount="620.00"),
        a_row(application),
        a_row(application),
    )

    assert fates(statement) == [
        ("doubtful", "less"),
        ("doubtful", "more"),
        ("doubtful", "several"),
        ("doubtful", "not_in_hand"),
        ("sure", ""),
        ("doubtful", "more"),
    ]
    taken_up(statement)
    assert Payment.objects.get().amount == application.fee
    assert queries.waiting_lines().count() == 5


def test_what_was_recorded_by_hand_already_is_doubtful(application: Application) -> None:
    row = a_row(application)
    payments.record(
        application, amount=application.fee or 0, received_on=TODAY, bank_reference="FP", by=person("case_officer"), at=NOW  # type: ignore[arg-type]
    )  # fmt: skip

    assert fates(a_statement(row)) == [("doubtful", "recorded")]


def test_a_row_that_cannot_be_read_is_shown_and_left_out(application: Application) -> None:
    statement = a_statement(a_row(application), ["Total", "", "", "620.00", ""])

    assert fates(statement) == [("sure", ""), ("unreadable", "")]
    assert taken_up(statement).lines.count() == 1


# --- never twice


def test_the_same_file_is_the_same_statement(application: Application) -> None:
    row = a_row(application)

    assert a_statement(row) == a_statement(row)
    assert Event.objects.filter(verb="read_in").count() == 1


def test_a_later_statement_that_tells_of_the_same_day_again_pays_nothing_twice(application: Application) -> None:
    row, new = a_row(application), ["02/11/2026", "UNKNOWN", "", "5.00", ""]
    taken_up(a_statement(row))

    again = a_statement(row, new)

    assert fates(again) == [("seen", ""), ("unmatched", "")]
    assert taken_up(again).lines.get().amount == 5
    assert Payment.objects.count() == 1


def test_two_rows_that_read_alike_are_money_twice_and_the_same_two_again_are_not(db: None) -> None:
    row = ["02/11/2026", "CASH", "x", "5.00", ""]

    assert taken_up(a_statement(row, row)).lines.count() == 2
    assert fates(a_statement(row, row, name="again")) == [("seen", ""), ("seen", "")]


def test_a_statement_is_taken_up_once(application: Application) -> None:
    statement = taken_up(a_statement(a_row(application)))

    assert refusal(lambda: taken_up(statement)) == ["taken_up_before"]


@pytest.mark.django_db(transaction=True)
def test_taken_up_by_two_officers_at_once_it_pays_once() -> None:
    statement = a_statement(a_row(stories.an_application_submitted()))

    results = at_once(lambda: taken_up(statement), lambda: taken_up(statement))

    assert sorted(type(one).__name__ for one in results) == ["Refused", "Statement"]
    assert Payment.objects.count() == 1


# --- by hand


def test_money_is_matched_by_hand_once(application: Application) -> None:
    line = a_line(amount="620.00")

    payment = statements.match(line, application=application, by=person("case_officer"), at=NOW)

    assert (payment.line, payment.bank_reference) == (line, "FROM SOMEBODY")
    assert Application.objects.get(pk=application.pk).still_to_pay == 0
    again = StatementLine.objects.get(pk=line.pk)
    assert refusal(lambda: statements.match(again, application=application, by=person("case_officer"), at=NOW)) == [
        "matched_before"
    ]
    assert refusal(lambda: statements.set_aside(again, because="x", by=person("case_officer"), at=NOW)) == [
        "matched_before"
    ]


def test_money_is_set_aside_with_a_reason(application: Application) -> None:
    line = a_line()

    assert refusal(lambda: statements.set_aside(line, because=" ", by=person("case_officer"), at=NOW)) == ["no_reason"]
    too_long = "Paid back. " * 50
    assert refusal(lambda: statements.set_aside(line, because=too_long, by=person("case_officer"), at=NOW)) == [
        "reason_too_long"
    ]
    statements.set_aside(line, because="Paid back on 3 November.", by=person("case_officer"), at=NOW)

    assert not queries.waiting_lines().exists()
    assert refusal(lambda: statements.match(line, application=application, by=person("case_officer"), at=NOW)) == [
        "set_aside_before"
    ]


def test_money_is_not_matched_to_what_takes_none(db: None) -> None:
    application = stories.an_application_submitted()
    applications.withdraw(application, because="", by=stories.holder_of(application.organisation), at=NOW)

    assert refusal(lambda: statements.match(a_line(), application=application, by=person("case_officer"), at=NOW)) == [
        "not_in_hand"
    ]


def refusal(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize("role", ["applicant", "manager", "decision_maker"])
def test_statements_are_for_those_who_record_payments(db: None, role: str) -> None:
    with pytest.raises(PermissionDenied):
        statements.read_in(name="x", digest="x", rows=[["a", "b"]], by=person(role), at=NOW)


# --- the pages


@pytest.fixture
def officer(db: None) -> Client:
    return signed_in(person("case_officer"))


def upload(officer: Client, *rows: list[str], name: str = "november.csv") -> Any:
    text = StringIO()
    csv.writer(text).writerows([HEADING, *rows])
    file = SimpleUploadedFile(name, text.getvalue().encode(), "text/csv")
    return officer.post(reverse("statements"), {"file": file})


def test_an_officer_uploads_looks_and_takes_up(officer: Client, application: Application) -> None:
    address = upload(officer, a_row(application), ["2/11/2026", "<b>UNKNOWN</b>", "=cmd()", "12.00", ""])["Location"]

    words = officer.get(address).content.decode()
    assert "Nothing has been recorded yet" in words
    assert application.reference in words
    assert "&lt;b&gt;UNKNOWN" in words
    assert not StatementLine.objects.exists()

    columns = {"date": "0", "description": "1", "reference": "2", "amount": "3", "balance": "4"}
    assert officer.post(address, {**columns, "take_up": "1"})["Location"] == address

    assert Payment.objects.get().application == application
    assert "Waits: say whose it is" in officer.get(address).content.decode()
    line = queries.waiting_lines().get()
    page = reverse("statement_line", args=[line.reference])
    assert officer.post(page, {"application": "nonsense"}).status_code == 422
    aside = reverse("set_aside_line", args=[line.reference])
    assert officer.post(aside, {"because": ""}).status_code == 422
    assert officer.post(aside, {"because": "Not for us."}).status_code == 302
    assert "Nothing waits" in officer.get(reverse("statements")).content.decode()


def test_columns_that_are_not_guessed_are_asked_for(officer: Client, application: Application) -> None:
    statement = a_statement(
        ["2026-11-02", "620.00", str(application.payment_reference)], heading=["Tag", "Betrag", "Zweck"]
    )
    address = reverse("statement", args=[statement.reference])

    assert "Say which column holds the day" in officer.get(address).content.decode()
    assert officer.post(address, {"take_up": "1"}).status_code == 422
    columns = {"date": "0", "amount": "1", "reference": "2"}
    assert "Recorded as a payment: 1" in officer.post(address, {**columns, "look": "1"}).content.decode()
    assert not Payment.objects.exists()
    officer.post(address, {**columns, "take_up": "1"})
    assert Payment.objects.exists()


def test_columns_under_which_nothing_is_money_are_refused(officer: Client, application: Application) -> None:
    statement = a_statement(a_row(application))

    answer = officer.post(
        reverse("statement", args=[statement.reference]), {"date": "0", "amount": "1", "take_up": "1"}
    )

    assert answer.status_code == 422
    assert "Are these the right columns?" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "is empty"), (b"%PDF\0", "must be a CSV"), (None, "Select a bank")]
)
def test_what_is_no_statement_is_said_beside_the_field(officer: Client, content: bytes | None, says: str) -> None:
    given = {} if content is None else {"file": SimpleUploadedFile("x.csv", content)}

    answer = officer.post(reverse("statements"), given)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_what_others_write_into_a_transfer_is_no_formula_in_our_file(officer: Client) -> None:
    a_line(reference="=HYPERLINK(1)", description="@SUM(A1)")

    text = officer.get(reverse("waiting_money_csv")).getvalue().decode()

    assert "'=HYPERLINK(1),'@SUM(A1)" in text


def test_the_list_costs_the_same_however_much_waits(
    officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _turn in range(2):
        a_line()
    officer.get(reverse("statements"))
    with django_assert_num_queries(8):
        officer.get(reverse("statements"))
    a_line()
    with django_assert_num_queries(8):
        officer.get(reverse("statements"))


def test_a_preview_costs_the_same_however_many_rows(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paying = [stories.an_application_submitted(legal_name=f"Firm {number}") for number in range(3)]
    officer = person("case_officer")
    for number in (1, 3):
        statement = a_statement(*(a_row(one) for one in paying[:number]))
        with django_assert_num_queries(6):
            queries.preview(statement, by=officer)
