"""Reporting as somebody does it: page by page, without a cookie, and the mailbox."""

import logging
import re
import time
from datetime import datetime, timedelta
from html import unescape
from statistics import median
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance import passphrases, vault
from compliance.reports.actions import reports
from compliance.reports.models.contacts import ReportContact
from compliance.reports.models.reports import GROUP, Report, ReportMessage, ReportPhoto
from compliance.reports.models.triage import ReportClue
from compliance.reports.queries import reports as reports_queries
from compliance.reports.queries.help_lines import helpers
from compliance.reports.queries.links import WORDS as LINKED
from compliance.reports.queries.links import may_belong
from compliance.reports.views import intake
from config.logs import Unlogged
from registry import schemes
from registry.trail.models.events import Event
from registry.web import limits
from tests.compliance.reports.world import a_report, a_report_decided, a_report_done
from tests.conftest import LONDON, NOW, SetClock
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder
from tests.registry.uploads.test_files import HOSTILE, with_gps

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = "acid acorn acre acts afar affix"
TOLD: dict[str, Any] = {
    "danger": "no",
    "text": "They keep our passports. Ми не отримали зарплату.",
    "kinds": ["papers", "pay"],
    "about_name": "Dyffryn Labour Ltd",
    "about_number": "07700 900555",
    "about_place": "Packhouse near Cardigan",
    "happened": "Since May",
    "contact": "mailbox",
}
DETAILS: dict[str, Any] = {
    "contact": "direct",
    "called": "Ana",
    "telephone": "07700 900123",
    "safe_times": "After nine",
}


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    limits.counts.clear()


GROUP_WORDS = re.compile(r'Words for the others</h2>\s*<div class="govuk-inset-text"><strong[^>]*>([^<>]+)<')


def text_of(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def hidden(response: Any) -> dict[str, list[str]]:
    """What goes along unseen with the form that sends: the last on the page."""
    main = response.content.decode().split("<main")[1].split("<form")[-1]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', main):
        found.setdefault(name, []).append(unescape(value))
    return found


def answer(response: Any, **typed: object) -> Any:
    """Fill in the page and press the button, as a browser does it."""
    return Client().post("/report/", {**hidden(response), **typed})


def posted(step: str = "send", address: str = "/report/", client: Client | None = None, **typed: object) -> Any:
    """All the pages at once: what the last one posts."""
    return (client or Client()).post(address, {**TOLD, "ticket": vault.new_ticket(at=NOW), "step": step, **typed})


def passphrase_of(response: Any) -> str:
    found = re.search(r'translate="no">([^<>]+)</strong></div>', response.content.decode())
    return found[1] if found else ""


# --- the first page ---


@pytest.mark.parametrize("address", ["/report/", "/cy/report/"])
def test_anybody_finds_out_how_to_report(address: str) -> None:
    response = Client().get(address)

    page = text_of(response)
    assert response.status_code == 200
    assert "govuk-exit-this-page" in page
    for line in helpers(NOW.date()):
        assert line.telephone in page


def test_whom_to_ring_in_danger_comes_first() -> None:
    first = helpers(NOW.date())[0]

    page = text_of(Client().get("/report/"))

    assert first.telephone == "999"
    assert page.index('href="tel:999"') == page.index('href="tel:')


def test_the_numbers_are_those_in_force_today(set_clock: SetClock) -> None:
    today = text_of(Client().get("/report/"))
    set_clock(datetime(2026, 4, 6, 12, tzinfo=LONDON))
    before = text_of(Client().get("/report/"))

    assert "Fair Work Agency" in today
    assert "Fair Work Agency" not in before


def test_nobody_is_looked_up(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    browser = signed_in(person("case_officer"))

    with django_assert_num_queries(0):
        browser.get("/report/")
        browser.get("/report/mailbox/")
        posted("what", client=browser)


def test_nothing_is_fetched_from_elsewhere_and_links_out_tell_nothing() -> None:
    page = text_of(Client().get("/report/"))

    for link in page.split("<a ")[1:]:
        attributes = link[: link.index(">")]
        if 'href="http' in attributes:
            assert "noreferrer" in attributes, attributes
    assert 'src="http' not in page


def test_it_answers_when_no_scheme_is_in_force(set_clock: SetClock) -> None:
    set_clock(datetime(1999, 1, 1, 12, tzinfo=LONDON))

    response = Client().get("/report/")

    assert response.status_code == 200
    assert helpers(NOW.date() - timedelta(days=365 * 40)) == ()


def test_a_help_line_that_two_schemes_share_is_shown_once() -> None:
    lines = helpers(NOW.date())

    assert len(lines) == len({(line.name, line.telephone, line.when) for line in lines})
    assert schemes.names()


# --- page by page ---


def test_a_report_goes_from_page_to_page_with_all_that_was_typed() -> None:
    page = answer(Client().get("/report/"), danger="no")
    page = answer(page, text=TOLD["text"], kinds=["papers", "pay"])
    page = answer(page, about_name=TOLD["about_name"], about_number="")
    page = answer(page, about_place=TOLD["about_place"], happened="")
    page = answer(page, people="", group="")
    page = answer(page, contact="mailbox")
    assert '<option value="en-gb" selected' in text_of(page)
    page = answer(page, language="en-gb")
    for said in ("Check and send", "They keep our passports", "A passport or identity card", "Not provided"):
        assert said in text_of(page)

    page = answer(page)

    report = Report.objects.get()
    assert report.reference in text_of(page)
    assert (report.text, report.kinds, report.about_name) == (TOLD["text"], ["papers", "pay"], "Dyffryn Labour Ltd")
    assert (report.danger, report.contact, report.language) == ("no", "mailbox", "en-gb")


@pytest.mark.parametrize("danger", ["yes", "not_sure"])
def test_in_danger_the_numbers_come_before_anything_else(danger: str) -> None:
    page = answer(Client().get("/report/"), danger=danger)

    main = text_of(page).split("<main")[1].split("</main>")[0]
    assert "Ring for help now" in main
    numbers = re.findall(r'href="tel:(\d+)"', main)
    assert numbers == ["999", "08000121700"]
    assert re.search(r'class="govuk-button govuk-button--warning app-call" href="tel:999"[^>]*>Call 999<', main)
    assert main.count("govuk-button ") == 1 and "Carry on with the report</button>" in main
    assert "<textarea" not in main
    assert "What happened?" in text_of(answer(page))


@pytest.mark.parametrize("danger", ["yes", "not_sure"])
def test_in_danger_the_number_is_said_again_when_the_report_is_sent(danger: str) -> None:
    main = text_of(posted(danger=danger)).split("<main")[1]

    assert "We have your report" in main
    assert main.index("Call 999") < main.index("Your words")


def test_out_of_danger_no_one_is_told_to_call() -> None:
    assert "Call 999" not in text_of(posted(danger="no"))


def test_the_page_of_an_entry_brings_its_number_and_name_along() -> None:
    licence = a_holder("Harvest Hands Ltd")

    page = answer(answer(Client().get(f"/report/?about={licence.number}"), danger="no"), text="Late pay.")

    assert 'value="Harvest Hands Ltd"' in text_of(page)
    assert f'value="{licence.number}"' in text_of(page)


@pytest.mark.parametrize("about", ["%00", "<script>", "A" * 200, "zz"])
def test_a_number_that_is_none_begins_nothing(about: str) -> None:
    page = Client().get(f"/report/?about={about}")

    assert page.status_code == 200
    assert "about_number" not in hidden(page)


def test_every_entry_leads_here_with_its_number() -> None:
    licence = a_holder("Harvest Hands Ltd")

    assert f'href="/report/?about={licence.number}"' in text_of(Client().get(f"/check/{licence.number}/"))
    assert 'href="/report/"' in text_of(Client().post("/check/", {"q": "nobody of this name"}, follow=True))


def test_what_is_missing_is_said_and_what_was_typed_is_kept() -> None:
    page = posted("what", text="", kinds=["pay"])

    assert page.status_code == 422
    assert "Write what happened." in text_of(page)
    assert re.search(r'value="pay"[^>]* checked', text_of(page))
    assert hidden(page)["about_name"] == [TOLD["about_name"]]


def test_one_can_go_back_and_change_an_answer() -> None:
    back = posted("where", back="1")
    change = posted("send", to="what")

    assert 'name="about_name"' in text_of(back)
    assert 'value="Dyffryn Labour Ltd"' in text_of(back)
    assert "They keep our passports" in text_of(change)
    assert hidden(change)["contact"] == ["mailbox"]


def test_what_was_tampered_with_on_an_earlier_page_is_asked_again() -> None:
    page = posted(danger="purple")

    assert page.status_code == 422
    assert "Is someone in danger now?" in text_of(page)
    assert not Report.objects.exists()


def test_whoever_wants_to_be_reached_must_say_how() -> None:
    page = posted("details", contact="direct", called="Ana")

    assert page.status_code == 422
    assert "Give a telephone number or an email address." in text_of(page)
    assert 'value="Ana"' in text_of(page)


def test_the_page_in_another_language_keeps_what_was_typed() -> None:
    page = posted("who")

    nav = page.content.decode().split('class="app-language"')[1].split("<main")[0]
    assert 'action="/cy/report/"' in nav
    assert nav.count('name="kinds"') >= 2
    assert "Packhouse near Cardigan" in nav


# --- together with others ---


def test_who_reports_for_several_gets_words_for_the_others_and_staff_see_that_the_reports_belong_together() -> None:
    analyst = person("intelligence_analyst")
    first = posted(people="12")
    words = GROUP_WORDS.search(first.content.decode())
    assert words is not None

    second = posted(text="No pay for three weeks.", about_name="", about_number="", about_place="", group=words[1])

    one, other = Report.objects.order_by("pk")
    assert one.people == 12
    assert not GROUP_WORDS.search(second.content.decode())
    assert [(found.report, found.shares) for found in may_belong(one, by=analyst)] == [(other, (LINKED[GROUP],))]
    assert reports_queries.open_mailbox(words[1]) is None
    assert words[1] not in str(list(ReportClue.objects.values()))


def test_words_of_a_group_that_we_never_give_are_named_and_nothing_is_lost() -> None:
    page = posted("group", group="acid acron acre")

    assert page.status_code == 422
    assert "We never give these words: acron." in text_of(page)
    assert 'value="acid acron acre"' in text_of(page)


@pytest.mark.parametrize("people", ["0", "-3", "many", "1e9", "99999999"])
def test_a_number_of_people_is_a_number(people: str) -> None:
    assert posted("group", people=people).status_code == 422


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"answer_by": "email"}, "Give an email address, or choose another way."),
        ({"answer_by": "text", "telephone": "", "email": "ana@example.com"}, "Give a telephone number, or choose"),
    ],
)
def test_the_way_to_be_reached_is_one_that_was_given(typed: dict[str, Any], said: str) -> None:
    page = posted("details", **DETAILS | typed)

    assert page.status_code == 422
    assert said in text_of(page)


# --- what is kept ---


@pytest.mark.parametrize(
    ("address", "typed", "language"),
    [
        ("/pl/report/", {}, "pl"),
        ("/pl/report/", {"language": "uk"}, "uk"),
        ("/report/", {"language": "ro"}, "ro"),
        ("/report/", {"language": "ro", "contact": "none"}, "en-gb"),
    ],
)
def test_the_reporter_chooses_the_language_of_our_answers(address: str, typed: dict[str, Any], language: str) -> None:
    page = posted(address=address, **typed)

    report = Report.objects.get()
    assert report.language == language
    if report.has_mailbox:
        words, of_words = passphrase_of(page), passphrases.language_of_words(language)
        assert set(words.split()) <= set(passphrases.words(of_words))
        assert f'lang="{of_words}" dir="ltr" translate="no">{words}<' in page.content.decode()
        assert reports_queries.open_mailbox(words) == report


def test_the_words_stay_those_of_the_report_when_it_is_sent_again_from_a_page_in_another_language() -> None:
    ticket = vault.new_ticket(at=NOW)

    first, again = (posted(address=address, ticket=ticket) for address in ("/pl/report/", "/report/"))

    assert passphrase_of(first) == passphrase_of(again) != ""
    assert reports_queries.open_mailbox(passphrase_of(again)) == Report.objects.get()


def test_who_wants_no_answer_is_not_asked_for_a_language() -> None:
    assert 'name="language"' in text_of(posted("contact"))
    assert "Check and send" in text_of(posted("contact", contact="none"))


@pytest.mark.parametrize("language", ["xx", "de"])
def test_a_language_that_we_do_not_offer_is_asked_again(language: str) -> None:
    assert posted(language=language).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.both
def test_details_are_kept_only_for_who_wants_to_be_reached() -> None:
    posted(**{**DETAILS, "contact": "mailbox"})
    assert not ReportContact.objects.exists()

    posted(**DETAILS)
    assert ReportContact.objects.count() == 1


def test_whoever_declines_contact_is_given_no_mailbox() -> None:
    page = posted(contact="none")

    assert passphrase_of(page) == ""
    assert "We cannot ask you anything" in text_of(page)
    assert Report.objects.get().mailbox_key is None


@pytest.mark.both
def test_nothing_of_the_browser_reaches_the_database() -> None:
    Client().post(
        "/report/",
        {**TOLD, "ticket": vault.new_ticket(at=NOW), "step": "send"},
        REMOTE_ADDR="203.0.113.77",
        HTTP_USER_AGENT="Canary Browser 7",
        HTTP_REFERER="http://testserver/check/",
    )

    kept = [*Report.objects.values_list(), *Event.objects.values_list(), *ReportMessage.objects.values_list()]
    assert Report.objects.exists()
    assert "203.0.113.77" not in str(kept)
    assert "Canary Browser" not in str(kept)


def test_pressed_twice_or_reloaded_it_is_one_report_with_the_same_words() -> None:
    ticket = vault.new_ticket(at=NOW)

    first, again = (posted(ticket=ticket) for _press in range(2))

    assert Report.objects.count() == 1
    assert passphrase_of(first) == passphrase_of(again) != ""


def test_no_token_is_asked_for_as_no_cookie_carries_one() -> None:
    a_report(passphrase=WORDS)
    strict = Client(enforce_csrf_checks=True)

    assert posted(client=strict).status_code == 200
    assert strict.post("/report/mailbox/", {"passphrase": WORDS}).status_code == 200


@pytest.mark.both
def test_photographs_are_stripped_and_never_touch_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was written")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
    large = with_gps() + b"\0" * (3 * 1024 * 1024)

    posted(photos=[SimpleUploadedFile("a.jpg", large), SimpleUploadedFile("b.jpg", with_gps())])

    kept = [bytes(photo.content) for photo in ReportPhoto.objects.all()]
    assert len(kept) == 2
    assert not any(b"Canary" in content for content in kept)


@pytest.mark.parametrize("what", sorted(set(HOSTILE) - {"empty"}))
def test_a_hostile_file_is_refused_whatever_it_calls_itself(what: str) -> None:
    page = posted(photos=[SimpleUploadedFile("photo.jpg", HOSTILE[what][0], "image/jpeg")])

    assert page.status_code == 422
    assert "The photo" in text_of(page)
    assert "They keep our passports" in text_of(page)
    assert not Report.objects.exists()


def test_of_a_file_that_is_too_big_one_learns_that_it_is() -> None:
    page = posted(photos=[SimpleUploadedFile("photo.jpg", HOSTILE["too big"][0])])

    assert "The photo must be smaller than 10 MB." in text_of(page)


def test_too_many_photographs_are_refused() -> None:
    page = posted(photos=[SimpleUploadedFile(f"{n}.jpg", with_gps()) for n in range(6)])

    assert page.status_code == 422
    assert "Choose at most 5 photos at a time." in text_of(page)


# --- no trace ---


def test_no_cookie_is_set_nothing_is_kept_and_the_title_says_nothing() -> None:
    a_report(passphrase=WORDS)
    answers = [
        Client().get("/report/"),
        posted("what"),
        posted(),
        Client().get("/report/mailbox/"),
        Client().post("/report/mailbox/", {"passphrase": WORDS}),
        Client().post("/report/mailbox/", {"passphrase": "wrong"}),
    ]

    for response in answers:
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        title = text_of(response).split("<title>")[1].split("</title>")[0]
        assert not re.search("report|concern|mailbox", title, re.IGNORECASE)
        assert "report/history.js" in text_of(response)


def test_a_browser_keeps_nothing_that_was_typed_to_offer_it_to_whoever_types_next() -> None:
    a_report(passphrase=WORDS)
    pages = [
        *(posted(step) for step in ("danger", "what", "who", "where", "contact")),
        Client().get("/report/mailbox/"),
        Client().post("/report/mailbox/", {"passphrase": WORDS}),
        Client().get("/check/"),
    ]

    forms = [one for page in pages for one in re.findall(r"<form .*?</form>", page.content.decode(), re.DOTALL)]
    asking = [one.split(">")[0] for one in forms if re.search(r'<textarea|type="(text|search|email)"', one)]
    assert len(asking) >= 6
    assert [one for one in asking if 'autocomplete="off"' not in one] == []


def test_no_word_reaches_a_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**told: object) -> None:
        raise RuntimeError(f"cannot keep {told['text']}")

    console = next(one for one in logging.root.handlers if any(isinstance(f, Unlogged) for f in one.filters))
    caplog.set_level(logging.DEBUG)
    posted(**DETAILS)
    posted("what", text="")
    Client().post("/report/mailbox/", {"passphrase": "Canary words"})
    monkeypatch.setattr(reports, "receive", breaks)
    page = posted()

    said = " ".join(f"{record.getMessage()} {record.exc_info}" for record in caplog.records if console.filter(record))
    assert page.status_code == 503
    assert "999" in text_of(page)
    assert "cannot take a report: RuntimeError" in said
    for word in ("passports", "900123", "Cardigan", "Canary"):
        assert word not in said


def test_when_the_database_fails_what_was_written_stays_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_told: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(reports, "receive", fails)

    page = posted()

    assert page.status_code == 503
    assert "We could not take your report now." in text_of(page)
    assert hidden(page)["text"] == [TOLD["text"]]
    assert hidden(page)["ticket"]


# --- limits ---


def test_a_connection_that_sends_too_much_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_SENT", 1)
    first, second = posted(), posted()

    assert (first.status_code, second.status_code) == (200, 429)
    assert "They keep our passports" in text_of(second)
    assert Report.objects.count() == 1


def test_photographs_that_are_refused_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_SENT", 1)
    posted(photos=[SimpleUploadedFile("photo.jpg", b"<svg/>")])

    page = posted(photos=[SimpleUploadedFile("photo.jpg", b"<svg/>")])

    assert page.status_code == 429
    assert "The photo" not in text_of(page).split("There is a problem")[1].split("</ul>")[0]


def _opens_nothing(*_asked: object) -> None:
    raise AssertionError("a picture was opened")


def test_over_the_limit_no_photograph_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_SENT", 1)
    posted()
    a_report(passphrase=WORDS)
    monkeypatch.setattr("registry.uploads.photo", _opens_nothing)
    photo = SimpleUploadedFile("photo.jpg", b"a picture")

    said = Client().post("/report/mailbox/", {**hidden(opened()), "text": "One.", "photos": [photo]})

    assert posted(photos=[photo]).status_code == said.status_code == 429


def test_an_open_mailbox_takes_no_more_than_a_connection_may_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_SENT", 1)
    report = a_report(passphrase=WORDS)

    answers = [Client().post("/report/mailbox/", {**hidden(opened()), "text": text}) for text in ("One.", "Two.")]

    assert [response.status_code for response in answers] == [200, 429]
    assert "Two.</textarea>" in text_of(answers[1])
    assert [message.text for message in report.messages.all()] == ["One."]


def test_an_hour_later_it_may_send_again(monkeypatch: pytest.MonkeyPatch, set_clock: SetClock) -> None:
    monkeypatch.setattr(intake, "MOST_SENT", 1)
    posted()
    set_clock(NOW + timedelta(hours=1))

    assert posted().status_code == 200


def test_guesses_at_the_words_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_WRONG_WORDS", 2)
    a_report(passphrase=WORDS)

    answers = [Client().post("/report/mailbox/", {"passphrase": words}) for words in ("a b", "c d", WORDS)]

    assert [response.status_code for response in answers] == [422, 422, 429]
    assert Client().post("/report/mailbox/", {"passphrase": WORDS}, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_a_word_that_is_in_no_list_is_named() -> None:
    a_report(passphrase=WORDS)

    mistyped = text_of(Client().post("/report/mailbox/", {"passphrase": WORDS.replace("acorn", "acornn")}))
    mixed_up = text_of(Client().post("/report/mailbox/", {"passphrase": WORDS.replace("acorn", "acre")}))

    assert "We never give these words: acornn." in mistyped
    assert "These words open no mailbox." in mixed_up and "We never give these words" not in mixed_up


def test_no_address_is_kept_of_who_guesses() -> None:
    Client().post("/report/mailbox/", {"passphrase": "a b"}, REMOTE_ADDR="203.0.113.77")

    assert list(cache._cache) == []  # type: ignore[attr-defined]
    assert b"203.0.113" not in bytes(limits.counts._opened())


# --- the mailbox ---


def opened(words: str = WORDS, **typed: object) -> Any:
    return Client().post("/report/mailbox/", {"passphrase": words, **typed})


def test_a_day_to_answer_that_has_passed_is_not_told_as_one_to_come(set_clock: SetClock) -> None:
    a_report(passphrase=WORDS)
    assert "We answer by" in text_of(opened())
    set_clock(NOW + timedelta(days=90))

    page = text_of(opened())

    assert "We are late. We should have answered by" in page
    assert "We answer by" not in page


def test_the_words_open_the_mailbox() -> None:
    words = passphrase_of(posted())

    page = text_of(opened(words.upper()))

    assert "Received" in page
    assert "They keep our passports" in page


def test_wrong_words_get_the_same_answer_in_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "WORK", 2**14)
    a_report(passphrase=WORDS)

    def seconds(words: str) -> float:
        started = time.process_time()  # which a busy machine does not lengthen
        opened(words)
        return time.process_time() - started

    near, far = opened(WORDS.replace("affix", "aged")), opened("aged")
    assert "These words open no mailbox. Check each word." in text_of(near)
    assert re.sub("value=.*?>", "", text_of(near)) == re.sub("value=.*?>", "", text_of(far))
    right, wrong = (median(seconds(words) for _again in range(5)) for words in (WORDS, "zz zz"))
    assert wrong > right / 3


def test_the_reporter_reads_what_is_asked_and_where_it_stands() -> None:
    analyst = person("intelligence_analyst", name="Non Hughes")
    report = a_report_decided(passphrase=WORDS, by=analyst)
    reports.ask(report, text="Which Friday was it?", by=analyst, at=NOW)

    page = text_of(opened())
    assert "Being looked at" in page
    assert "Which Friday was it?" in page
    assert "Non Hughes" not in page

    reports.close(report, outcome="We have visited.", by=analyst, at=NOW)
    assert "We have visited." in text_of(opened())


def test_the_reporter_adds_words_and_photographs() -> None:
    report = a_report_done(passphrase=WORDS)
    given = {**hidden(opened()), "text": "It goes on.", "photos": [SimpleUploadedFile("a.jpg", with_gps())]}

    page, again = (Client().post("/report/mailbox/", _fresh(given)) for _press in range(2))

    assert "Added. We will read it." in text_of(page)
    assert again.status_code == 200
    assert [message.text for message in report.messages.all()] == ["It goes on."]
    assert report.photos.count() == 1


def _fresh(given: dict[str, Any]) -> dict[str, Any]:
    """A file is read to its end when it is sent."""
    return {**given, "photos": [SimpleUploadedFile("a.jpg", with_gps())]}


def test_an_empty_answer_says_what_is_missing() -> None:
    a_report(passphrase=WORDS)

    page = Client().post("/report/mailbox/", {**hidden(opened()), "text": " "})

    assert page.status_code == 422
    assert "Write a message, or add a photo." in text_of(page)


@pytest.mark.both
def test_a_mailbox_left_open_shuts_and_keeps_what_was_written(set_clock: SetClock) -> None:
    report = a_report(passphrase=WORDS)
    given = hidden(opened())
    set_clock(NOW + timedelta(minutes=40))

    shut = Client().post("/report/mailbox/", {**given, "text": "It goes on."})
    assert "They keep our passports" not in text_of(shut)
    assert not report.messages.exists()

    again = opened(text=hidden(shut)["text"][0])
    assert "It goes on.</textarea>" in text_of(again)


def test_a_forged_key_opens_nothing() -> None:
    report = a_report(passphrase=WORDS)

    for key in ("", report.reference, vault.seal("ticket", {"reference": report.reference}, at=NOW)):
        assert "They keep our passports" not in text_of(Client().post("/report/mailbox/", {"key": key}))


def test_what_is_in_no_post_is_in_no_address() -> None:
    a_report(passphrase=WORDS)

    assert "They keep our passports" not in text_of(Client().get(f"/report/mailbox/?passphrase={WORDS}"))
    assert settings.UNLOGGED_PATHS and any("/report/mailbox/".startswith(path) for path in settings.UNLOGGED_PATHS)
