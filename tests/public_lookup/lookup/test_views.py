"""The pages that anyone may open: what they say, what they cost, and that they leave no trace."""

import gzip
import html
import logging
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.utils import translation

from public_lookup.lookup.filters import LONGEST_TEXT
from public_lookup.management.commands.publish_snapshot import words_for_a_web_server
from registry import schemes
from registry.licences.actions import conditions, licences
from registry.licences.models import Licence
from registry.organisations import actions as people
from registry.register.actions import listings
from registry.register.actions import publishing as register
from registry.search.models import IndexedName
from tests.conftest import NOW, SetClock
from tests.people import person
from tests.public_lookup.stories import (
    Statements,
    a_holder,
    an_applicant,
    one_of_each_standing,
    rename,
    show_application,
)
from tests.registry.stories import a_condition, a_decider, a_licence, an_organisation, day

pytestmark = pytest.mark.django_db

NAMED = "Żaneta O'Neil-Kowalska"
PAGES = ["/check/", "/check/?q=harvest", "/check/HARV0001/", "/check/HARV0001/?at=2026-11-02", "/check/HARV0001/?at=1999-01-01",
         "/check/ABCD0009/", "/verify/", "/c/00000000/", "/cy/check/", "/cy/check/?q=harvest", "/cy/check/HARV0001/",
         "/help/", "/help/pay/scotland/", "/help/pay/calculator/", "/help/letter/claim/", "/help/near/"]  # fmt: skip


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd", trading_names=["Orchard Crew"])


def main(text: str) -> str:
    """The words of the main part of a page."""
    inside = text.split('<main class="govuk-main-wrapper"')[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def test_the_form_posts_and_the_address_keeps_nothing_of_what_was_typed(client: Client, licence: Licence) -> None:
    page = client.get("/check/").content.decode()

    assert '<form class="app-search" action="/check/" method="post" novalidate' in page
    assert "csrfmiddlewaretoken" not in page
    answer = client.post("/check/", {"q": "harvest hands"}, follow=True)
    assert answer.status_code == 200
    assert "Harvest Hands Ltd is licensed" in main(answer.content.decode())


def test_the_forms_need_no_cookie_even_where_csrf_is_checked(licence: Licence) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/check/", {"q": "harvest"}, follow=True).status_code == 200
    assert client.post("/verify/", {"code": licence.number}).status_code == 303
    assert client.post(f"/check/{licence.number}/", {"person": "No one"}).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_sets_no_cookie_and_reads_no_session(client: Client, licence: Licence, address: str) -> None:
    client.cookies["session"] = "anything"
    statements: list[str] = []

    def note(execute, sql, *rest):  # type: ignore[no-untyped-def]
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = client.get(address)

    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not [sql for sql in statements if "django_session" in sql or not sql.startswith("SELECT")]


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_loads_nothing_from_elsewhere(client: Client, licence: Licence, address: str) -> None:
    text = client.get(address).content.decode()

    loaded = re.findall(
        r'<(?:script|img|iframe)[^>]*src="([^"]+)"|<link[^>]*rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"', text
    )
    assert loaded
    assert all((script or link).startswith("/static/") for script, link in loaded)
    assert "<script>" not in text
    assert " style=" not in text


@pytest.mark.once
@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_with_its_style_and_script_is_under_50_kb(client: Client, licence: Licence, address: str) -> None:
    text = client.get(address).content
    files = re.findall(rb'<script[^>]*src="/static/([^"]+)"|<link rel="stylesheet" href="/static/([^"]+)"', text)

    weight = len(gzip.compress(text))
    for script, style in files:
        found = finders.find((script or style).decode())
        assert isinstance(found, str)
        weight += len(gzip.compress(Path(found).read_bytes()))

    assert weight < 50_000


def test_a_page_of_the_most_results_is_under_50_kb(client: Client) -> None:
    for number in range(30):
        a_holder(f"Harvest Hands {number} of the Long Name and Sons (Packing) Limited")

    answer = client.post("/check/", {"standing": "licensed"}, follow=True)

    assert len(gzip.compress(answer.content)) < 20_000
    assert "The first 20 of 30 are shown." in main(answer.content.decode())


def test_results_are_kept_by_no_browser_and_found_by_no_search_engine(client: Client, licence: Licence) -> None:
    for answer in (client.get("/check/", {"q": "harvest"}), client.post("/check/", {"q": "harvest"}, follow=True)):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_nobody_is_shown_what_somebody_else_typed_or_chose(client: Client, licence: Licence) -> None:
    before = {address: client.get(address).content for address in ("/check/", "/cy/check/")}
    for typed in (
        {"sector": "horticulture"},
        {"place": "Hereford"},
        {"at_day": "1"},
        {"place": "x" * 99},
        {"q": "hands"},
    ):
        answer = client.post("/check/", typed, follow=True).content.decode()
        for text in typed.values():
            assert f'value="{text}"' in answer

    assert {address: client.get(address).content for address in before} == before


def test_an_entry_must_be_asked_for_anew_and_is_sent_only_once(client: Client, licence: Licence) -> None:
    first = client.get(f"/check/{licence.number}/")
    assert first.headers["Cache-Control"] == "no-store"
    assert "noindex" not in first.headers.get("X-Robots-Tag", "")

    again = client.get(f"/check/{licence.number}/", headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304
    assert (again.headers["ETag"], again.headers["Cache-Control"]) == (first.headers["ETag"], "no-store")
    assert client.get(f"/cy/check/{licence.number}/").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("address", ["/check/{}/", "/api/v1/register/{}"])
def test_who_has_the_entry_already_is_told_so_by_one_statement(client: Client, licence: Licence, address: str) -> None:
    kept = client.get(address.format(licence.number)).headers["ETag"]
    statements = Statements()

    with connection.execute_wrapper(statements):
        again = client.get(address.format(licence.number), headers={"if-none-match": kept})

    assert (again.status_code, statements.count) == (304, 1)


def test_who_had_the_entry_under_an_older_number_is_led_on(client: Client, licence: Licence) -> None:
    kept = client.get(f"/check/{licence.number}/").headers["ETag"]

    answer = client.get(f"/check/{licence.number.lower()}/", headers={"if-none-match": kept})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/check/{licence.number}/")


def test_the_etag_changes_with_the_entry_and_with_the_day(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    address = f"/check/{licence.number}/"
    tags = [client.get(address).headers["ETag"]]
    licences.revoke(licence, takes_effect=day(1), because="Test.", by=a_decider(), at=NOW)
    tags.append(client.get(address).headers["ETag"])
    set_clock(NOW.replace(day=3))
    tags.append(client.get(address).headers["ETag"])
    tags.append(client.get(f"/api/v1/register/{licence.number}", {"at": "2026-11-02"}).headers["ETag"])

    assert len(set(tags[:3])) == 3
    assert tags[3] == tags[1]


def test_a_failure_writes_no_name_and_no_address_to_the_log(
    client: Client, licence: Licence, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(Statements(fail_at=1)):
        client.get("/check/", {"q": "harvest hands"})
        client.get(f"/check/{licence.number}/")

    said = " ".join(record.getMessage() for record in caplog.records if record.name == "registry.web")
    assert "OperationalError" in said
    assert "harvest" not in said.lower()
    assert licence.number not in said


@pytest.mark.once
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/check/", "/check/HARV0001/", "/verify/", "/c/00000000/"])
def test_nothing_but_asking_is_understood(client: Client, address: str, method: str) -> None:
    assert getattr(client, method)(address).status_code == 405


def test_an_entry_leads_to_its_one_address(client: Client, licence: Licence) -> None:
    for typed in (licence.number.lower(), f"{licence.number[:4]} {licence.number[4:]}"):
        answer = client.get(f"/check/{typed}/")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/check/{licence.number}/")


def test_the_form_for_a_past_day_leads_to_an_address_that_names_it(client: Client, licence: Licence) -> None:
    answer = client.get(f"/check/{licence.number}/", {"at_day": "2", "at_month": "november", "at_year": "2026"})

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/check/{licence.number}/?at=2026-11-02")


def test_a_search_on_a_past_day_posts_the_day_in_three_parts(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    rename(licence.organisation, NOW.replace(day=5), legal_name="Meadow Crew")
    set_clock(NOW.replace(day=20))
    asked = {"q": "harvest hands", "at_day": "3", "at_month": "11", "at_year": "2026"}

    text = main(client.post("/check/", asked, follow=True).content.decode())

    assert "Harvest Hands Ltd was licensed on 3 November 2026." in text
    assert "A past day. The register said this on 3 November 2026 at 11:59pm : Licensed ." in text
    assert text.index("Meadow Crew is licensed") < text.index("Harvest Hands Ltd was licensed"), (
        "what holds today is first"
    )


def test_a_search_on_a_past_day_says_first_what_holds_today(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    licences.revoke(licence, takes_effect=day(3), because="Test.", by=a_decider(), at=NOW.replace(day=5))
    set_clock(NOW.replace(day=20))

    page = client.get("/check/", {"q": "harvest hands", "at": "2026-11-02"}).content.decode()
    text = main(page)

    assert (
        text.index("Not licensed") < text.index("We took the licence away") < text.index("was licensed on 2 November")
    )
    assert re.search(r"<title>\s*A past day\. Harvest Hands Ltd was licensed on 2 November 2026\.", page)
    assert "is licensed" not in text and "Licensed:" not in page


@pytest.mark.parametrize(
    "query", ["q=Harvest&q=Orchard", "q=Harvest&place=Hereford&place=Ashford", "q=H&at=&at=2026-11-01"]
)
def test_a_search_that_asks_two_things_at_once_is_not_answered(client: Client, licence: Licence, query: str) -> None:
    answer = client.get(f"/check/?{query}")

    assert answer.status_code == 422
    assert "Enter one answer only." in answer.content.decode()
    assert licence.number not in answer.content.decode()


def test_every_bad_part_of_a_search_is_said_at_once_and_kept(client: Client, licence: Licence) -> None:
    asked = {"q": "a" * (LONGEST_TEXT + 1), "place": "b" * 61, "at_day": "31", "at_month": "2", "at_year": "2026"}

    answer = client.post("/check/", asked, follow=True)
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "<title>Error: Check a labour provider" in text
    for sentence in ("Enter at most 300 characters.", "Enter at most 60 characters.", "The date must be a real date."):
        assert text.count(sentence) == 2
    for typed in asked.values():
        assert f'value="{typed}"' in text


def test_what_is_typed_is_shown_as_text(client: Client) -> None:
    answer = client.post("/check/", {"q": "<script>alert(1)</script>"}, follow=True)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_the_answer_says_when_it_was_true_and_where_it_stands(client: Client, licence: Licence) -> None:
    text = main(client.get(f"/check/{licence.number}/").content.decode())

    assert "The register said this on 2 November 2026 at 10am" in text
    assert f"{settings.SITE_ADDRESS}/check/{licence.number}/" in text


def test_a_licensed_answer_gives_the_registered_contact_and_what_is_not_promised(
    client: Client, licence: Licence
) -> None:
    answer = client.get(f"/check/{licence.number}/").content.decode()
    text = main(answer)

    assert "Ring this number, not one that you were given." in text
    assert "01632 960123" in text
    assert 'href="tel:+441632960123"' in answer
    assert "https://harvest.example" in text
    assert "1 Orchard Lane Hereford Herefordshire HR1 1AA" in text
    assert str(schemes.in_force("gla-food", day(0)).outcomes.promise) in text
    assert "Horticulture" in text
    assert "Orchard Crew" in text


def test_links_to_reporting_give_nothing_away(client: Client, licence: Licence) -> None:
    for address in (
        f"/check/{licence.number}/",
        "/check/?q=harvest",
        "/check/?q=nobody",
        "/check/ABCD0009/",
        "/verify/",
    ):
        links = re.findall(
            r'<a [^>]*href="/report/[^"]*"[^>]*>', client.get(address).content.decode().split("<main")[1]
        )
        assert links, address
        assert all('rel="noreferrer"' in link for link in links)


def test_when_a_licence_has_ended_workers_and_users_are_told_what_to_do(client: Client) -> None:
    numbers = one_of_each_standing()
    pack = schemes.in_force("gla-food", day(0))
    advice = [str(pack.ended.workers[0]), str(pack.ended.users[0])]

    for standing, number in numbers.items():
        text = main(client.get(f"/check/{number}/").content.decode()).replace("&#x27;", "'")
        ended = standing in {"suspended", "revoked", "expired", "surrendered"}
        assert (advice[0] in text) is (ended or standing == "revocation_to_come"), standing
        assert (advice[1] in text) is ended, standing


def test_the_history_is_dated_and_newest_first(client: Client, licence: Licence, set_clock: SetClock) -> None:
    told = {"because": "Test.", "by": a_decider()}
    licences.suspend(licence, starts=day(3), until=day(9), at=NOW.replace(day=4), **told)  # type: ignore[arg-type]
    licences.revoke(licence, takes_effect=day(30), at=NOW.replace(day=6), **told)  # type: ignore[arg-type]
    rename(licence.organisation, NOW.replace(day=8), legal_name="Meadow Crew")
    set_clock(NOW.replace(day=20))

    text = main(client.get(f"/check/{licence.number}/").content.decode())

    sentences = [
        "Name changed from Harvest Hands Ltd to Meadow Crew. Published 8 November 2026",
        "Revoked: not licensed from 2 December 2026. Published 6 November 2026",
        "Suspended from 5 November 2026 until 11 November 2026. Published 4 November 2026",
        "granted, from 2 November 2026 until 1 November 2027. Published 2 November 2026",
    ]
    places = [text.index(sentence) for sentence in sentences]
    assert places == sorted(places)


def test_the_history_of_a_past_day_ends_with_that_day(client: Client, licence: Licence, set_clock: SetClock) -> None:
    licences.revoke(licence, takes_effect=day(30), because="Test.", by=a_decider(), at=NOW.replace(day=6))
    set_clock(NOW.replace(day=20))

    assert "Revoked" not in main(client.get(f"/check/{licence.number}/", {"at": "2026-11-05"}).content.decode())


@pytest.fixture(scope="module", params=["listed", "confirm_only"])
def packs_of_policy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    packs = tmp_path_factory.mktemp(request.param) / "packs"
    shutil.copytree(schemes.PACKS[0], packs)
    for file in packs.glob("*/base/scheme.toml"):
        text = file.read_text()
        file.write_text(re.sub(r'named_people = "\w+"', f'named_people = "{request.param}"', text))
    return request.param, packs


@pytest.fixture
def policy(packs_of_policy: tuple[str, Path]) -> Iterator[str]:
    """The packs, with this policy about the names of people."""
    policy, packs = packs_of_policy
    with schemes.use([packs]):
        yield policy


@pytest.fixture
def named(policy: str) -> Licence:
    """A holder for whom one person may act."""
    organisation = an_organisation("Harvest Hands Ltd")
    particulars = {"full_name": NAMED}
    people.name(organisation, kind="principal_authority", particulars=particulars, since=day(0), by=None, at=NOW)
    return a_licence(organisation)


def test_named_people_are_listed_only_where_the_pack_says_so(client: Client, named: Licence, policy: str) -> None:
    page = html.unescape(client.get(f"/check/{named.number}/").content.decode())
    api = client.get(f"/api/v1/register/{named.number}")

    assert (NAMED in page) is (policy == "listed")
    assert api.json()["named_people"] == ([NAMED] if policy == "listed" else None)
    assert "May this person act for them?" in page


@pytest.mark.parametrize(
    "typed", [NAMED, "zaneta oneil kowalska", "Ms Żaneta O’Neil-Kowalska", "O'Neil-Kowalska, Żaneta"]
)
def test_a_typed_name_is_confirmed(client: Client, named: Licence, typed: str) -> None:
    answer = client.post(f"/check/{named.number}/", {"person": typed})

    assert answer.status_code == 200
    assert f"Yes: {typed} is named on this entry." in html.unescape(main(answer.content.decode()))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("typed", ["Żaneta", "Kowalska", "Zaneta O'Neil", "Somebody Else", "%", "***"])
def test_a_part_of_a_name_or_a_guess_is_not_confirmed_and_lists_nobody(
    client: Client, named: Licence, policy: str, typed: str
) -> None:
    text = html.unescape(main(client.post(f"/check/{named.number}/", {"person": typed}).content.decode()))

    assert f"We cannot confirm {typed}." in text
    assert "Yes:" not in text
    assert (NAMED in text) is (policy == "listed")


def test_a_name_must_be_typed_and_not_be_too_long(client: Client, named: Licence) -> None:
    for typed, sentence in {"": "Enter the name of the person.", "a" * 101: "Enter at most 100 characters."}.items():
        answer = client.post(f"/check/{named.number}/", {"person": typed})
        assert answer.status_code == 422
        assert answer.content.decode().count(sentence) == 2


def test_a_confirmed_name_is_no_licence(client: Client, named: Licence) -> None:
    licences.revoke(named, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)

    text = main(client.post(f"/check/{named.number}/", {"person": NAMED}).content.decode())

    assert "May this person act for them? No. Harvest Hands Ltd is not licensed" in text
    assert "Yes:" not in text


def test_two_with_one_name_are_both_shown_and_told_apart(client: Client) -> None:
    a_holder("Harvest Hands Ltd")
    a_holder("Harvest Hands Limited", address={"town": "Ashford"})

    text = main(client.post("/check/", {"q": "harvest hands"}, follow=True).content.decode())

    assert "More than one has this name or number." in text
    assert "HARV0001 · Hereford" in text
    assert "HARV0002 · Ashford" in text


def test_nobody_found_says_what_to_do(client: Client, licence: Licence) -> None:
    text = main(client.post("/check/", {"q": "Zzyzx"}, follow=True).content.decode())

    assert "“Zzyzx” Not found The register has no labour provider called “Zzyzx”" in text
    assert "It is an offence to supply workers without a licence" in text
    assert "app-answer--yes" not in text


def test_an_applicant_is_never_called_licensed(client: Client) -> None:
    number = an_applicant("Hopeful Hands").number

    text = main(client.get(f"/check/{number}/").content.decode())

    assert "Hopeful Hands Applied, not licensed It applied for a licence on 2 November 2026" in text
    assert "Hopeful Hands applied for a licence on 2 November 2026. It is not licensed." in text


def test_an_empty_form_is_not_an_error(client: Client) -> None:
    answer = client.get("/check/")

    assert answer.status_code == 200
    assert "There is a problem" not in answer.content.decode()
    assert client.post("/check/", {"q": ""}, follow=True).status_code == 422


def test_a_page_that_was_posted_can_be_asked_for_in_welsh_without_an_address_that_holds_it(
    client: Client, licence: Licence
) -> None:
    text = client.post("/check/", {"q": "harvest hands", "trace": "no"}).content.decode()

    form = re.search(r'<form(?:(?!</form>).)*formaction="/cy/check/".*?</form>', text, re.DOTALL)
    assert form is not None
    assert '<input type="hidden" name="q" value="harvest hands">' in form[0]
    assert "q=harvest" not in text


def test_the_history_says_what_else_changed(client: Client, licence: Licence) -> None:
    particulars = {"full_name": NAMED}
    people.name(
        licence.organisation, kind="principal_authority", particulars=particulars, since=day(0), by=None, at=NOW
    )
    rename(licence.organisation, NOW, telephone="+441632960999", website="")
    rename(licence.organisation, NOW, address={"town": "Leominster"})
    condition = a_condition(licence)
    conditions.discharge(condition, on=day(0), because="Met.", by=a_decider(), at=NOW)

    text = main(client.get(f"/check/{licence.number}/").content.decode())

    sentences = [
        "No conditions any more.",
        "Now with 1 condition.",
        "Registered details changed.",
        "The people who may act for it changed.",
        "granted, from 2 November 2026",
    ]
    places = [text.index(sentence) for sentence in sentences]
    assert places == sorted(places)


def test_the_history_of_a_renewal_a_suspension_lifted_and_a_new_application_is_told(
    client: Client, set_clock: SetClock
) -> None:
    by = a_decider()
    organisation = an_organisation("Harvest Hands")
    show_application(organisation)
    licence = a_licence(organisation, starts=day(0), until=day(100), by=by)
    licences.suspend(licence, starts=day(10), until=day(20), because="Test.", by=by, at=NOW)
    licences.lift(licence, lifted_from=day(5), because="Test.", by=by, at=NOW)
    licences.surrender(licence, takes_effect=day(30), because="Test.", by=by, at=NOW)
    set_clock(NOW + timedelta(days=40))
    show_application(organisation, at=NOW + timedelta(days=40))

    text = main(client.get(f"/check/{licence.number}/").content.decode())

    sentences = [
        "Applied for a licence on 12 December 2026.",
        "Given up by the holder: not licensed from 2 December 2026.",
        "The suspension was lifted before it began.",
        "Suspended from 12 November 2026 until 22 November 2026.",
        f"Licence {licence.number} granted, from 2 November 2026 until 10 February 2027.",
        "Applied for a licence on 2 November 2026.",
    ]
    places = [text.index(sentence) for sentence in sentences]
    assert places == sorted(places)


def test_the_history_of_a_revocation_that_an_appeal_set_aside_says_that_the_appeal_was_allowed(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    by, later = a_decider(), NOW + timedelta(days=40)
    licences.revoke(licence, takes_effect=day(0), because="Wages.", by=by, at=NOW)
    licences.reinstate(licence, because="Allowed.", by=by, at=later)
    set_clock(later)

    text = main(client.get(f"/check/{licence.number}/").content.decode())

    told = ["The appeal was allowed: the licence is not revoked.", "Revoked: not licensed from 2 November 2026."]
    places = [text.index(sentence) for sentence in told]
    assert places == sorted(places)


def test_a_listing_that_was_hidden_and_shown_again_says_so(client: Client, set_clock: SetClock) -> None:
    organisation = an_organisation("Meadow Staff")
    show_application(organisation)
    by = person("case_officer")
    listings.hide_applicant(organisation, scheme="gla-food", by=by, at=NOW + timedelta(days=2))
    again = show_application(organisation, at=NOW + timedelta(days=9))
    set_clock(NOW + timedelta(days=9))

    text = main(client.get(f"/check/{again.number}/").content.decode())

    assert "Taken off the register. Published 4 November 2026" in text


def test_that_we_cannot_tell_is_said_in_the_language_of_the_address_without_asking_the_database(client: Client) -> None:
    for address, sentence in {
        "/check/AAAA0001/": "We cannot tell now",
        "/cy/check/AAAA0001/": "Ni allwn ddweud",
    }.items():
        statements = Statements(fail_at=1)
        with connection.execute_wrapper(statements):
            answer = client.get(address)

        assert (answer.status_code, statements.count) == (503, 1)
        assert sentence in answer.content.decode()
        assert answer.headers["Retry-After"] == "60"
        assert answer.headers["Cache-Control"] == "no-store"


def test_beside_an_answer_only_a_few_others_are_shown_and_it_says_so(client: Client) -> None:
    for number in range(9):
        a_holder(f"Harvest Hands {'abcdefghi'[number]} Ltd")
    a_holder("Harvest Hands Ltd")

    beside = client.post("/check/", {"q": "harvest hands"}, follow=True).content.decode()
    alone = client.post("/check/", {"q": "harvest handz"}, follow=True).content.decode()

    assert beside.count(' class="govuk-heading-s"><a') == 5
    assert "Harvest Hands Ltd is licensed" in main(beside).split("Not to be confused with")[0]
    assert "The first 6 of 10 are shown." in main(beside)
    assert alone.count(' class="govuk-heading-s"><a') == 5
    assert alone.count('name="q"') == 2  # the box at the head, and what the filters take along
    assert alone.count('type="text" dir="auto"') == 1


def test_what_is_filtered_out_makes_room_for_the_others(client: Client) -> None:
    for number in range(25):
        a_holder(f"Harvest Hands {'abcdefghijklmnopqrstuvwxy'[number]} Ltd")
    last = a_holder("Harvest Handzzz Ltd", address={"town": "Boston"})

    found = client.post("/check/", {"q": "harvest handz", "place": "Boston"}, follow=True).content.decode()

    assert last.number in main(found)
    assert found.count(' class="govuk-heading-s"><a') == 1


def test_while_the_index_has_still_to_be_written_nobody_is_said_not_to_be_there(client: Client) -> None:
    """As after a migration that empties it, and before it is written anew."""
    licence = a_holder("Meadow Hands")
    IndexedName.objects.all().delete()

    page = client.post("/check/", {"q": "Meadow Hands"}, follow=True)
    answer = client.get("/api/v1/register", {"q": "Meadow Hands"})

    assert (page.status_code, answer.status_code) == (503, 503)
    assert "We cannot tell now" in page.content.decode()
    assert answer.json()["licensed"] is None
    assert licence.number in client.post("/check/", {"q": licence.number}, follow=True).content.decode()


# --- a past day is never taken for today ---


def test_a_past_day_of_who_is_licensed_no_more_says_so_first(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    """Whoever has lost the licence may send somebody the address of a day on which it held."""
    licences.revoke(licence, takes_effect=day(3), because="Test.", by=a_decider(), at=NOW.replace(day=5))
    set_clock(NOW.replace(day=20))

    page = client.get(f"/check/{licence.number}/", {"at": "2026-11-02"}).content.decode()
    text = main(page)

    assert text.index("A past day.") < text.index("We took the licence away") < text.index("was licensed on 2 November")
    assert "app-answer--yes" not in page and "app-outcome--yes" not in page
    assert re.search(r"<title>\s*A past day\. \S+ Hands Ltd was licensed on 2 November 2026\.", page)
    assert "is licensed" not in text and "app-answer__word" not in page
    assert "What was registered Licence number" in text
    assert licence.organisation.telephone and 'href="tel:' not in page
    assert "may supply workers in the sectors shown" not in text
    assert "Ring this number" not in text
    assert page.count("See what it says now") == 1


def test_a_past_day_of_who_was_taken_off_says_so(client: Client, licence: Licence, set_clock: SetClock) -> None:
    register.hide(licence.listing, at=NOW.replace(day=5))
    set_clock(NOW.replace(day=20))

    text = main(client.get(f"/check/{licence.number}/", {"at": "2026-11-02"}).content.decode())

    assert text.index("Not on the register") < text.index("was licensed on 2 November")


def test_what_a_past_day_says_of_today_is_asked_anew_each_time(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    """A standing that changes by its date makes no entry: what is kept would go on saying what was so."""
    licences.suspend(licence, starts=day(3), until=day(9), because="Test.", by=a_decider(), at=NOW)
    set_clock(NOW.replace(day=4))
    before = client.get(f"/check/{licence.number}/", {"at": "2026-11-02"})
    set_clock(NOW.replace(day=6))
    after = client.get(f"/check/{licence.number}/", {"at": "2026-11-02"})

    assert "ETag" not in before.headers and before.headers["Cache-Control"] == "no-store"
    assert "The licence is suspended from" not in main(before.content.decode())
    assert "The licence is suspended from" in main(after.content.decode())


def test_a_search_on_a_past_day_says_so_before_what_it_found_and_without_colour(
    client: Client, licence: Licence, set_clock: SetClock
) -> None:
    set_clock(NOW.replace(day=20))

    page = client.get("/check/", {"q": licence.number, "at": "2026-11-03"}).content.decode()
    today = client.get("/check/", {"q": licence.number}).content.decode()

    text = main(page)
    assert "A past day. The register said this on 3 November 2026" in text
    assert "app-answer--yes" not in page
    assert page.count("app-outcome--yes") == 1, "of what holds today"
    assert "app-answer--yes" in today


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("cannot-tell.html", "Do not rely on an answer that someone else gave you."),
        ("cannot-save.html", "We kept what was saved before this page. What you sent last may not have been saved."),
        ("too-many.html", "This page says nothing about whether anybody is licensed."),
    ],
)
def test_what_a_web_server_gives_out_by_itself_can_be_read_by_every_worker(file: str, said: str) -> None:
    """It knows no language."""
    page = words_for_a_web_server()[file].decode()

    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words = translation.gettext(said)
        assert words in html.unescape(page.split(f'<section lang="{code}" dir="')[1].split("</section>")[0]), code
    assert "govuk-tag" not in page
    assert len(gzip.compress(page.encode())) < 10_000
