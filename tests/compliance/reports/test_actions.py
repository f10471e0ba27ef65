"""Reports: taken once, read by few, answered in the mailbox; the trail keeps no word of them."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.forms.models import model_to_dict

from compliance import vault
from compliance.reports.actions import reports, triage
from compliance.reports.models.contacts import ReportContact
from compliance.reports.models.reports import Report, ReportMessage, ReportPhoto
from compliance.reports.queries import reports as reports_queries
from registry import uploads as files
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.roles import ROLES
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.compliance.reports.world import DETAILS, TOLD, a_report, a_report_begun, a_report_decided, a_report_done
from tests.conftest import NOW
from tests.people import person
from tests.public_lookup.stories import a_holder
from tests.registry.uploads.test_files import with_gps

pytestmark = pytest.mark.django_db

WORDS = "acid acorn acre acts afar affix"


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_a_report_is_received_with_what_was_told() -> None:
    report = a_report()

    assert report.reference.startswith("R-")
    assert (report.status, report.received_at) == ("received", NOW)
    assert report.kinds == ["papers", "pay"]
    assert report.text == TOLD["text"]


def test_handed_in_twice_it_is_one_report() -> None:
    first, again = (a_report(once="drawn with the form", passphrase=WORDS) for _press in range(2))

    assert first == again
    assert Event.objects.filter(kind="report").count() == 1


def test_without_words_it_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        a_report(text=" \n", contact="direct", details={"called": "Ana"})

    assert codes(refused) == ["no_text", "no_way_to_reach"]
    assert not Report.objects.exists()


def test_the_scheme_is_that_of_the_licence_it_names() -> None:
    licence = a_holder("Harvest Hands Ltd")

    assert a_report(about_number=f" {licence.number[:4].lower()} {licence.number[4:]}").scheme == licence.scheme
    assert a_report(about_number="07700 900123").scheme == ""


def test_whoever_stays_anonymous_leaves_no_trace_in_any_row() -> None:
    """What the browser sent besides is handed to no action; of what is kept, no column says who."""
    report = a_report(contact="none", details=DETAILS)

    row = json.dumps(model_to_dict(report), default=str)
    assert report.mailbox_key is None
    assert not ReportContact.objects.exists()
    for detail in filter(None, DETAILS.values()):
        assert detail not in row
    fields = {field.name for field in Report._meta.get_fields()}
    assert not fields & {
        "ip",
        "address",
        "user_agent",
        "session",
        "user",
        "by",
        "created_by",
        "name",
        "telephone",
        "email",
    }


def test_details_are_sealed_and_opened_with_a_reason_only() -> None:
    report = a_report(contact="direct")
    analyst = person("intelligence_analyst")

    assert "900123" not in ReportContact.objects.get().sealed
    with pytest.raises(Refused) as refused:
        reports.reach(report, because="because", by=analyst, at=NOW)
    assert codes(refused) == ["no_reason"]
    assert reports.reach(report, because="To agree on a safe place to meet.", by=analyst, at=NOW) == DETAILS
    event = Event.objects.get(verb="reach")
    assert (event.by, event.because) == (analyst.reference, "To agree on a safe place to meet.")


def test_there_is_nothing_to_open_where_nothing_was_given() -> None:
    with pytest.raises(Refused) as refused:
        reports.reach(a_report(), because="To ask when it happened.", by=person("intelligence_analyst"), at=NOW)

    assert codes(refused) == ["no_details"]


def test_the_trail_keeps_no_word_and_no_name() -> None:
    analyst = person("intelligence_analyst", name="Non Hughes")
    report = a_report_decided(by=analyst, contact="direct")
    reports.ask(report, text="Which Friday was it?", by=analyst, at=NOW)
    reports.reply(report, once="1", text="The second of October.", by=None, at=NOW)
    reports.reach(report, because="To agree on a safe place to meet.", by=analyst, at=NOW)
    reports.close(report, outcome="We have visited.", by=analyst, at=NOW)

    kept = json.dumps(list(Event.objects.filter(kind="report").values()), default=str)
    assert [event.verb for event in Event.objects.filter(kind="report").order_by("number")] == [
        "receive",
        "begin",
        "decide",
        "ask",
        "reply",
        "reach",
        "close",
    ]
    for word in ("passports", "Dyffryn", "Cardigan", "May", "Friday", "October", "visited", "Ana", "900123", "evening"):
        assert word not in kept
    assert list(trail.faults()) == []


def test_photographs_are_kept_clean_and_their_digests_are_on_the_trail() -> None:
    photo = files.photo(with_gps())

    report = a_report(photos=[photo])

    kept = ReportPhoto.objects.get(report=report)
    assert bytes(kept.content) == photo.content
    assert b"Canary" not in bytes(kept.content)
    assert Event.objects.get(verb="receive").facts == {"photos": [photo.digest]}


def test_there_is_an_end_to_photographs() -> None:
    photo = files.photo(with_gps())
    with pytest.raises(Refused) as refused:
        a_report(photos=[photo] * 6)
    assert codes(refused) == ["too_many_photos"]

    report = a_report(photos=[photo] * 5)
    for number in range(3):
        reports.reply(report, once=str(number), text="", photos=[photo] * 5, by=None, at=NOW)
    with pytest.raises(Refused) as refused:
        reports.reply(report, once="one more", text="More.", photos=[photo], by=None, at=NOW)
    assert codes(refused) == ["too_many_photos"]


# --- the mailbox ---


def test_the_words_open_the_mailbox_and_no_others_do() -> None:
    report = a_report(passphrase=WORDS)
    a_report()

    assert reports_queries.open_mailbox(WORDS.upper().replace(" ", "-")) == report
    assert reports_queries.open_mailbox(WORDS.replace("acid", "acts")) is None
    assert reports_queries.open_mailbox("") is None


def test_the_words_are_kept_nowhere() -> None:
    report = a_report(passphrase=WORDS)

    row = json.dumps(list(Report.objects.filter(pk=report.pk).values()), default=str)
    assert not any(word in row for word in ("acorn", "affix"))


def test_the_reporter_answers_whatever_the_state_and_once_for_each_press() -> None:
    report = a_report_done()

    first, again = (reports.reply(report, once="x", text="It goes on.", by=None, at=NOW) for _press in range(2))

    assert first == again
    assert not first.from_authority and first.by is None
    assert list(Report.objects.waiting()) == [report]


def test_an_empty_answer_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        reports.reply(a_report(), once="x", text="  ", by=None, at=NOW)

    assert codes(refused) == ["no_text"]


def test_nothing_is_asked_of_who_has_no_mailbox() -> None:
    with pytest.raises(Refused) as refused:
        reports.ask(a_report(contact="none"), text="Where?", by=person("intelligence_analyst"), at=NOW)

    assert codes(refused) == ["no_mailbox"]


# --- who handles it ---


def test_a_report_goes_from_received_to_done_and_back() -> None:
    analyst = person("intelligence_analyst")
    report = a_report()

    begun = reports.begin(report, by=analyst, at=NOW)
    assert (begun.status, begun.begun_by, begun.begun_at) == ("being_looked_at", analyst, NOW)
    with pytest.raises(Refused) as refused:
        reports.close(report, outcome=" ", by=analyst, at=NOW)
    assert codes(refused) == ["not_decided", "no_outcome"]
    triage.decide(report, decision="no_action", because="Nothing to be seen.", by=analyst, at=NOW)
    done = reports.close(report, outcome="We have visited.", by=analyst, at=NOW + timedelta(days=1))
    assert (done.status, done.outcome) == ("done", "We have visited.")
    again = reports.reopen(report, because="The reporter wrote more.", by=analyst, at=NOW + timedelta(days=2))
    assert (again.status, again.closed_at) == ("being_looked_at", None)


def test_what_waits_is_what_nobody_began_or_answered() -> None:
    analyst = person("intelligence_analyst")
    new, asked, answered = a_report(), a_report_begun(by=analyst), a_report_begun(by=analyst)
    for report in (asked, answered):
        reports.ask(report, text="When?", by=analyst, at=NOW)
    reports.reply(answered, once="x", text="In May.", by=None, at=NOW)

    assert set(Report.objects.waiting()) == {new, answered}


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"intelligence_analyst", "system"}))
def test_nobody_else_sees_or_handles_a_report(role: str) -> None:
    report, somebody = a_report(contact="direct"), person(role)

    assert not Report.objects.visible_to(somebody).exists()
    with pytest.raises(PermissionDenied):
        reports.begin(report, by=somebody, at=NOW)
    with pytest.raises(PermissionDenied):
        reports.reach(report, because="To agree on a safe place.", by=somebody, at=NOW)


@pytest.mark.parametrize(
    "wrong", [{"mailbox_key": None}, {"status": "being_looked_at"}, {"status": "done"}], ids=["box", "begun", "done"]
)
def test_the_database_keeps_what_belongs_together(wrong: dict[str, object]) -> None:
    report = a_report()

    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**wrong)


def test_what_the_authority_writes_has_a_name_and_what_the_reporter_writes_has_none() -> None:
    report = a_report()

    with pytest.raises(DatabaseError), transaction.atomic():
        ReportMessage.objects.create(report=report, from_authority=True, text="Who?", at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportMessage.objects.create(report=report, from_authority=False, by=person("auditor"), text="I", at=NOW)


def test_the_key_of_an_open_mailbox_is_for_a_while() -> None:
    report = a_report()
    key = vault.seal("mailbox", {"reference": report.reference}, at=NOW)

    assert reports_queries.opened_mailbox(key, at=NOW + timedelta(minutes=29)) == report
    assert reports_queries.opened_mailbox(key, at=NOW + timedelta(minutes=31)) is None
    assert reports_queries.opened_mailbox("", at=NOW) is None


# --- conflicts of interest ---


@pytest.mark.parametrize(
    "act",
    [
        lambda report, **by: reports.begin(report, **by),
        lambda report, **by: reports.ask(report, text="Who pays you?", **by),
        lambda report, **by: reports.close(report, outcome="We visited.", **by),
        lambda report, **by: reports.reopen(report, because="It goes on.", **by),
        lambda report, **by: reports.reach(report, because="They asked to be rung.", **by),
    ],
    ids=["begin", "ask", "close", "reopen", "reach"],
)
def test_whoever_has_a_conflict_of_interest_does_nothing_with_the_report(act: Callable[..., Any]) -> None:
    licence, analyst = a_holder("Harvest Hands Ltd"), person("intelligence_analyst")
    report = a_report(about_number=licence.number)
    conflicts.declare(
        analyst, organisation=licence.organisation, because="My sister.", since=NOW.date(), by=analyst, at=NOW
    )

    with pytest.raises(Report.DoesNotExist):
        act(report, by=analyst, at=NOW)
