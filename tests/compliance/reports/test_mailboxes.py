"""Mailboxes that were made when the digest of their words cost less: they open, and are found by that of today from then on."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test import Client

from compliance import passphrases
from compliance.reports.actions import reports
from compliance.reports.models.reports import Report
from compliance.reports.queries import reports as reports_queries
from licensing.retention import jobs as retention_jobs
from registry.trail.actions import events as trail
from registry.trail.actions.verifications import verify_history
from registry.trail.models.events import Event
from tests.compliance.reports.world import a_report, a_report_done
from tests.conftest import NOW
from tests.races import at_once

pytestmark = pytest.mark.django_db
WORDS = "acid acorn acre acts afar affix"
OTHERS = "acid acorn acre acts afar zoom"
Computed = Callable[[], list[int]]


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> Computed:
    """How often the work of each digest was done since it was last asked."""
    done: list[int] = []
    digest = passphrases._slow_digest

    def watched(typed: str, times: int) -> bytes:
        done.append(times)
        return digest(typed, times)

    monkeypatch.setattr(passphrases, "_slow_digest", watched)

    def since() -> list[int]:
        found = sorted(done)
        done.clear()
        return found

    return since


def a_former_mailbox(words: str = WORDS, *, report: Report | None = None) -> Report:
    """As it was kept before."""
    report = report or a_report(passphrase=words)
    Report.objects.filter(pk=report.pk).update(mailbox_key=passphrases.former_mailbox_key(words))
    report.refresh_from_db()
    return report


def opened(words: str = WORDS) -> int:
    return Client().post("/report/mailbox/", {"passphrase": words}).status_code


@pytest.mark.both
def test_a_former_mailbox_opens_once_and_is_then_found_by_the_digest_of_today() -> None:
    report = a_former_mailbox()
    trail.seal()  # as at the commit, which a test does not come to
    events = Event.objects.count()
    assert report.has_former_key

    assert opened(WORDS.upper()) == 200

    report.refresh_from_db()
    assert (report.mailbox_key, report.has_former_key) == (passphrases.mailbox_key(WORDS), False)
    assert reports_queries.open_mailbox(WORDS) == report
    assert opened() == 200
    trail.seal()
    assert Event.objects.count() == events, "the trail would say when a reporter read the mailbox"
    assert verify_history().holds


def test_wrong_words_and_the_key_itself_open_nothing() -> None:
    report = a_former_mailbox()

    assert opened(OTHERS) == opened(report.mailbox_key or "") == 422
    report.refresh_from_db()
    assert report.has_former_key


def test_time_does_not_tell_by_which_digest_a_mailbox_is_found(computed: Computed) -> None:
    a_former_mailbox()
    a_report(passphrase=OTHERS)
    computed()

    for words in (WORDS, OTHERS, "none of these"):
        reports_queries.open_mailbox(words)
        assert computed() == [1, 5]


def test_the_former_digest_is_not_made_once_no_mailbox_needs_it(computed: Computed) -> None:
    a_former_mailbox()
    a_report(contact="none")
    opened()
    computed()

    for words in (WORDS, OTHERS):
        reports_queries.open_mailbox(words)
        assert computed() == [5]


def test_an_erased_mailbox_of_before_opens_no_more_and_costs_nothing(computed: Computed) -> None:
    report = a_former_mailbox(report=a_report_done(passphrase=WORDS))
    retention_jobs.erase_due(at=NOW.replace(year=NOW.year + 3))
    computed()

    assert reports_queries.open_mailbox(WORDS) is None
    assert computed() == [5]
    report.refresh_from_db()
    assert report.mailbox_key == f"erased {report.reference}"


def test_a_mailbox_that_was_erased_meanwhile_stays_erased() -> None:
    report = a_former_mailbox()
    Report.objects.filter(pk=report.pk).update(mailbox_key=f"erased {report.reference}")

    reports.renew_mailbox_key(report, passphrase=WORDS, by=None, at=NOW)

    report.refresh_from_db()
    assert report.mailbox_key == f"erased {report.reference}"


@pytest.mark.postgresql
def test_whether_any_is_left_is_asked_of_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "report_of_former_key" in Report.objects.with_former_key().explain()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_open_the_same_mailbox() -> None:
    report = a_former_mailbox()

    assert at_once(*[partial(opened, WORDS)] * 4) == [200] * 4
    report.refresh_from_db()
    assert report.mailbox_key == passphrases.mailbox_key(WORDS)
