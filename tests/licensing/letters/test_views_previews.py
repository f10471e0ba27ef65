"""An officer reads each letter before it goes out: the very words, and nothing is done until they press on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.requests.models import InformationRequest
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.papers import words
from registry.trail.queries import chain as trail
from tests.compliance.stories import a_follow_up, an_inspection_confirmed
from tests.licensing.appeals.world import a_revocation_at_once
from tests.licensing.holding.world import somebody_joins
from tests.licensing.payments.bank_statements import a_line, a_row, a_statement
from tests.licensing.stories import (
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    day,
    notified,
)
from tests.people import person, signed_in
from tests.stories import an_application_being_assessed, an_application_submitted

pytestmark = [pytest.mark.django_db, pytest.mark.once]
QUESTION = {
    "question": "Send us your agreement with the farms.",
    "due_on_day": "20",
    "due_on_month": "11",
    "due_on_year": "2026",
}


def _ask() -> tuple[str, str, dict[str, Any]]:
    return "case_officer", f"/staff/applications/{an_application_being_assessed().reference}/ask/", QUESTION


def _notify() -> tuple[str, str, dict[str, Any]]:
    return "case_officer", f"/staff/decisions/{a_refusal_proposed().reference}/notify/", {}


def _drop() -> tuple[str, str, dict[str, Any]]:
    decision = notified(a_refusal_proposed())
    return "case_officer", f"/staff/decisions/{decision.reference}/drop/", {"because": "It was put right."}


def _grant() -> tuple[str, str, dict[str, Any]]:
    decision = a_grant_proposed(starts=day(3))
    return (
        "decision_maker",
        f"/staff/decisions/{decision.reference}/decide/",
        {"because": "For the reasons given.", "from_day_day": "5", "from_day_month": "11", "from_day_year": "2026"},
    )


def _refuse_change() -> tuple[str, str, dict[str, Any]]:
    change = somebody_joins(a_licence())
    return "case_officer", f"/staff/changes/{change.reference}/refuse/", {"because": "The date of birth is missing."}


def _pay() -> tuple[str, str, dict[str, Any]]:
    case = an_application_submitted()
    day = {"received_on_day": "2", "received_on_month": "11", "received_on_year": "2026"}
    return (
        "case_officer",
        f"/staff/applications/{case.reference}/payments/",
        {"amount": "100.00", "bank_reference": "77", **day},
    )


def _match() -> tuple[str, str, dict[str, Any]]:
    case = an_application_submitted()
    return "case_officer", f"/staff/payments/lines/{a_line().reference}/", {"application": case.reference}


def _message() -> tuple[str, str, dict[str, Any]]:
    case = an_application_being_assessed()
    return "case_officer", f"/staff/applications/{case.reference}/messages/", {"text": "We look at it on Monday."}


def _appeal() -> tuple[str, str, dict[str, Any]]:
    decision = a_revocation_at_once()
    day = {"received_on_day": "2", "received_on_month": "11", "received_on_year": "2026"}
    return "case_officer", f"/staff/decisions/{decision.reference}/appeal/", {"grounds": "It was put right.", **day}


def _follow_up() -> tuple[str, str, dict[str, Any]]:
    inspection = an_inspection_confirmed("2.4")
    day = {"due_on_day": "20", "due_on_month": "11", "due_on_year": "2026"}
    typed = {"standard": "2.4", "action": "Write down the hours of every worker.", **day}
    return "quality_reviewer", f"/staff/inspections/{inspection.reference}/follow-ups/ask/", typed


def _accept() -> tuple[str, str, dict[str, Any]]:
    return "quality_reviewer", f"/staff/follow-ups/{a_follow_up().reference}/accept/", {"because": "The sheets came."}


def _report() -> tuple[str, str, dict[str, Any]]:
    inspection = an_inspection_confirmed("2.4")
    day = {"reply_by_day": "20", "reply_by_month": "11", "reply_by_year": "2026"}
    return "quality_reviewer", f"/staff/inspections/{inspection.reference}/for-business/send/", day


STORIES = [
    _ask,
    _notify,
    _drop,
    _grant,
    _refuse_change,
    _pay,
    _match,
    _message,
    _appeal,
    _follow_up,
    _accept,
    _report,
]


@pytest.mark.parametrize("story", STORIES)
def test_the_letter_that_is_read_first_is_the_letter_that_is_sent(
    story: Callable[[], tuple[str, str, dict[str, Any]]],
) -> None:
    role, path, typed = story()
    officer = signed_in(person(role))
    before = (trail.head(), Letter.objects.count())
    assert "Read the letter first" in officer.get(path).content.decode()

    shown = officer.post(path, {**typed, "preview": "1"})

    assert shown.status_code == 200, shown.context["form"].errors
    assert (trail.head(), Letter.objects.count()) == before
    assert Licence.objects.count() == Application.objects.exclude(licence=None).count()
    page = shown.content.decode()
    assert page.count("<h1") == 1
    assert all(value in page for value in typed.values())
    (foreseen,) = shown.context["letters"]

    assert officer.post(path, typed).status_code == 302
    sent = Letter.objects.latest("pk")
    assert _words(foreseen.words) == _words(words.fragment(sent))
    assert list(foreseen.addresses) == sent.addresses


def _words(fragment: str) -> str:
    """Without what is only known when it is written: its own number, those of new things, and the head of the trail."""
    told = re.sub(r"<[^>]*>", " ", fragment)
    told = re.sub(r"\b[A-Z]+-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b[A-Z]{4}\d{4}\b", "NUMBER", told)
    return re.sub(r"\s+", " ", told.split("Trail ")[0])


def test_the_receipts_of_a_statement_are_read_before_it_is_taken_up() -> None:
    statement = a_statement(a_row(an_application_submitted()))
    officer, path = signed_in(person("case_officer")), f"/staff/payments/statements/{statement.reference}/"
    assert "Read the letter first" in officer.get(path).content.decode()
    before = Letter.objects.count()

    columns = officer.get(path).context["form"].initial
    shown = officer.post(path, {**columns, "preview": "1"})

    assert [one.subject for one in shown.context["letters"]] == ["Receipt for your payment"]
    statement.refresh_from_db()
    assert (statement.taken_up_at, Letter.objects.count()) == (None, before)


def test_what_would_be_refused_is_refused_before_it_is_read(client: Client) -> None:
    officer = signed_in(person("case_officer"))
    case = an_application_being_assessed()

    page = officer.post(
        f"/staff/applications/{case.reference}/ask/", {**QUESTION, "due_on_year": "2025", "preview": "1"}
    )

    assert page.status_code == 422
    assert page.context["letters"] is None
    assert not InformationRequest.objects.exists()
    assert Decision.objects.count() == 0


def test_a_letter_reads_as_it_was_sent_when_its_template_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    notified(a_refusal_proposed())
    letter = Letter.objects.latest("pk")
    was = words.render(letter), words.text(letter)
    assert "gla-food/" in was[1]

    letter.template = "licensing/letters/withdrawn.html"
    letter.facts = {"scheme": "gla-food", "issued_under": letter.facts["issued_under"]}

    assert (words.render(letter), words.text(letter)) == was
