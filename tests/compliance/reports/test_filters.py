"""Reports are found by their words and by what they are about: by an index of clues, whichever way it is asked."""

from itertools import combinations
from random import Random
from typing import Any

import pytest

from compliance.reports.actions import reports
from compliance.reports.filters import match_keys as index
from compliance.reports.filters import reports as filters
from compliance.reports.models.reports import Report, ReportMessage
from compliance.reports.queries import reports as reports_queries
from registry.accounts.models import User
from tests.compliance.reports.world import a_report, a_report_begun
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db
WORDS = ("boss", "caravan", "debt", "passport", "van", "wages")


@pytest.fixture
def analyst() -> User:
    return person("intelligence_analyst", name="Non Hughes")


@pytest.fixture(params=[10_000, 0], ids=["taken from the index", "asked one by one"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "FEW", request.param)


def found(by: User, **asked: Any) -> set[str]:
    return {one.reference for one in reports_queries.reports(asked, by=by, at=NOW).found()}


def wrote_last(report: Report) -> bool | None:
    return Report.objects.get(pk=report.pk).authority_wrote_last


@pytest.mark.usefixtures("few")
def test_a_report_is_found_by_any_of_its_words_together_and_by_no_other(analyst: User) -> None:
    random = Random("words")
    told = {frozenset(random.sample(WORDS, random.randrange(1, 5))) for _report in range(14)}
    kept = {a_report(text=" ".join(sorted(words)), about_name="", about_place="").reference: words for words in told}

    for size in (1, 2, 3):
        for asked in combinations(WORDS, size):
            having = {reference for reference, words in kept.items() if words >= set(asked)}
            assert found(analyst, q=" ".join(asked)) == having
    assert found(analyst, q="boss nobodysaidthis") == found(analyst, q="nobodysaidthis") == set()


@pytest.mark.usefixtures("few")
def test_words_narrow_what_the_other_filters_leave(analyst: User) -> None:
    begun, new = a_report_begun(by=analyst), a_report()

    assert found(analyst, q="caravan passports") == {begun.reference, new.reference}
    assert found(analyst, q="caravan passports", status=["received"]) == {new.reference}
    assert found(analyst, q="caravan passports", status=["received"], kind="fees") == set()


@pytest.mark.usefixtures("few")
def test_a_report_is_found_by_each_thing_that_it_is_about(analyst: User) -> None:
    both, fees = a_report(kinds=["papers", "pay"]), a_report(kinds=["fees"])

    assert found(analyst, kind="papers") == found(analyst, kind="pay") == {both.reference}
    assert found(analyst, kind="fees") == {fees.reference}
    assert found(analyst, kind="force") == set()
    assert list(Report.objects.of_kind("fees")) == [fees]


def test_two_reports_about_the_same_thing_are_not_said_to_belong_together(analyst: User) -> None:
    one = a_report(text="They took my wages.", about_name="Ash", about_place="", kinds=["pay"])
    other = a_report(text="Nobody pays for Sundays here.", about_name="Birch", about_place="", kinds=["pay"])

    assert {clue.kind for clue in one.clues.all()} >= {index.ABOUT, index.WORD}
    assert other.reference not in {
        may.report.reference for may in reports_queries.report_file(one, by=analyst, at=NOW).may_belong
    }


def test_who_wrote_last_is_kept_as_the_newest_message_says_it(analyst: User) -> None:
    report = a_report_begun(by=analyst)
    assert wrote_last(report) is None

    for ours in (True, False, False, True):
        if ours:
            reports.ask(report, text="When?", by=analyst, at=NOW)
        else:
            reports.reply(report, once=str(ReportMessage.objects.count()), text="In May.", by=None, at=NOW)
        assert wrote_last(report) is ours is report.messages.latest("pk").from_authority
        assert (reports_queries.reports_waiting_for(analyst) == 1) is not ours


def test_a_message_that_is_sent_twice_does_not_turn_it_round(analyst: User) -> None:
    report = a_report_begun(by=analyst)
    reports.reply(report, once="x", text="In May.", by=None, at=NOW)
    reports.ask(report, text="Which week?", by=analyst, at=NOW)

    reports.reply(report, once="x", text="In May.", by=None, at=NOW)

    assert wrote_last(report) is True
