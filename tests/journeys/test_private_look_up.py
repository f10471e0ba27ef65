"""The private look-up in a real browser: nothing asked leaves it, it works in flight mode, and a doubtful copy says nothing."""

import functools
import http.server
import itertools
import json
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from public_lookup import jobs
from public_lookup.lookup.queries.instants import on_register
from public_lookup.lookup.rules import public_fields
from public_lookup.lookup.rules.differences import compared
from public_lookup.private.queries import phone_index, snapshot
from registry import names, signing
from registry.licences.actions import licences
from registry.register.actions import publishing as register
from registry.register.models import Entry
from tests.benchmarks import private_look_up
from tests.benchmarks.questions import Question
from tests.benchmarks.search import made_up_names
from tests.conftest import LONDON, NOW
from tests.public_lookup.lookup.test_differences import MARKED, NAME, UNMARKED
from tests.public_lookup.lookup.test_public_fields import COUNTY
from tests.public_lookup.pasted import made as made_by_chance
from tests.public_lookup.pasted import world as pasted
from tests.public_lookup.stories import a_holder, an_applicant, one_of_each_standing, rename
from tests.registry.register.standing_cases import standing_cases
from tests.registry.register.test_standing import Dates, shown
from tests.registry.stories import SCHEME, a_decider, an_organisation, day

pytestmark = pytest.mark.browser

REGISTER = "**/register.ndjson"
SEARCH = "Name, licence number or code"
Visit = Callable[..., Page]


@pytest.fixture(autouse=True)
def var_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """A fresh browser at an address, on which the clock stands as in the story."""
    contexts: list[BrowserContext] = []

    def to(address: str = "/check/private/", *, at: datetime = NOW, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(at)
        page.goto(address)
        return page

    yield to
    for context in contexts:
        context.close()


def ask(page: Page, text: str) -> None:
    page.get_by_label(SEARCH).fill(text)
    page.get_by_role("button", name="Check", exact=True).click()


def answer(page: Page) -> Any:
    return page.locator("[data-part=answer]")


def assert_cannot_tell(page: Page, why: str) -> None:
    expect(answer(page)).to_contain_text("We cannot tell now")
    expect(answer(page)).to_contain_text(why)
    expect(answer(page).locator(".app-outcome")).to_have_text(["We cannot tell now"])
    expect(answer(page).locator("dl, ul, .app-told")).to_have_count(0)


def test_nothing_that_is_asked_leaves_the_browser(visit: Visit, live_server: LiveServer) -> None:
    holder = a_holder("Quiet Hands Ltd")
    a_holder("Quiet Hounds Ltd")
    jobs.keep_snapshot(at=NOW)
    page = visit()
    expect(page.get_by_role("status")).to_contain_text("was made on 2 November 2026 at 10am and holds 2 entries")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))

    for text in ("Quiet Hands", "quiet handz", holder.number, holder.listing.code.lower(), "01632 960123", "Nobody"):
        ask(page, text)
        expect(page.locator("[data-part=answer] h2").first).to_be_focused()

    expect(answer(page)).to_contain_text("The register has no labour provider called “Nobody”")
    assert asked == []
    assert page.url == f"{live_server.url}/check/private/"
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("caches.keys()") == []


def test_only_the_same_name_or_number_is_answered(visit: Visit) -> None:
    a_holder("Quiet Hands Ltd", trading_names=["Dawel"])
    jobs.keep_snapshot(at=NOW)
    page = visit()

    for text in ("quiet hands limited", "DAWEL", "Quiet-Hands"):
        ask(page, text)
        expect(answer(page)).to_contain_text(
            "Quiet Hands Ltd is licensed, from 2 November 2026 until the end of 1 November 2027."
        )
        expect(answer(page).locator(".app-outcome")).to_have_text("Licensed")
        expect(answer(page)).to_contain_text("+441632960123")
    for text in ("quiet handz", "Квиет Хандс"):
        ask(page, text)
        expect(answer(page).locator("h2").first).to_have_text("No exact match. Is it one of these?")
        expect(answer(page)).to_contain_text("These are not exactly what you entered.")
        expect(answer(page)).to_contain_text("Do not pay anyone for work.")
        expect(answer(page)).not_to_contain_text("offence")
        expect(answer(page).locator(".app-outcome")).to_have_count(0)


def test_every_standing_is_said_as_on_the_ordinary_page(visit: Visit) -> None:
    numbers = one_of_each_standing()
    jobs.keep_snapshot(at=NOW)
    page = visit()
    ordinary = page.context.new_page()
    asked = [("", number) for number in numbers.values()]

    for language, number in [*asked, ("/cy", numbers["licensed_with_conditions"]), ("/cy", numbers["suspended"])]:
        if language not in page.url:
            page.goto(f"{language}/check/private/")
        page.locator("#private-asked").fill(number)
        page.locator("#private-asked").press("Enter")
        expect(answer(page)).to_contain_text(number)
        ordinary.goto(f"{language}/check/{number}/")
        for here, there in {
            ".app-outcome": ".app-answer__word",
            "p:nth-of-type(2)": ".app-answer__when",
        }.items():
            said = answer(page).locator(f".app-told > {here}, .app-told > p > {here}").first.inner_text().strip()
            assert said == ordinary.locator(there).inner_text().strip()
        said = answer(page).locator(".app-told > p:nth-of-type(3)").inner_text().strip()
        assert ordinary.locator(".app-answer__so").first.inner_text().startswith(said)


def test_a_field_of_one_line_in_the_table_is_on_the_phone(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_fields, "PUBLIC_FIELDS", (*public_fields.PUBLIC_FIELDS, COUNTY))
    a_holder("Harvest Hands Ltd", trading_names=["Harvest", "Orchard"])
    jobs.keep_snapshot(at=NOW)
    page = visit()

    ask(page, "Harvest Hands Ltd")

    rows = answer(page).locator(".govuk-summary-list__row")
    expect(rows.filter(has_text="County")).to_contain_text("Herefordshire")
    expect(rows.filter(has_text="Trades as")).to_contain_text("Harvest, Orchard")


@pytest.mark.parametrize("language", ["", "/cy", "/pl"])
def test_who_asks_about_a_licence_that_is_gone_reads_what_can_be_done(visit: Visit, language: str) -> None:
    numbers = one_of_each_standing()
    jobs.keep_snapshot(at=NOW)
    page = visit(f"{language}/check/private/")
    ordinary = page.context.new_page()

    page.locator("#private-asked").fill(numbers["revoked"])
    page.locator("#private-asked").press("Enter")
    ordinary.goto(f"{language}/check/{numbers['revoked']}/")

    expect(answer(page)).to_contain_text("0300 123 1100")
    advice = answer(page).locator(".app-told li").all_inner_texts()
    assert len(advice) == 12
    assert set(advice) <= set(ordinary.locator("main li").all_inner_texts())


def test_similar_names_beside_an_answer_are_not_to_be_confused_with_it(visit: Visit) -> None:
    a_holder("Quiet Hands Ltd")
    a_holder("Quiet Hounds Ltd")
    jobs.keep_snapshot(at=NOW)
    page = visit()

    ask(page, "quiet hands")

    expect(answer(page).locator("h2")).to_have_text(
        ["On the register with this name or number", "Not to be confused with"]
    )
    expect(answer(page)).to_contain_text("These have similar names and are others.")
    expect(answer(page).locator(".app-outcome")).to_have_count(1)


def test_a_certificate_is_scanned_in_flight_mode_once_the_page_is_kept(visit: Visit) -> None:
    licence = a_holder("Flight Hands Ltd")
    jobs.keep_snapshot(at=NOW)
    page = visit()
    page.get_by_role("link", name="Use it without a connection").click()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_text("Kept on this device.")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")

    page.context.set_offline(True)
    mark = signing.mark(settings.SIGNING_KEY, mark_of(licence.number))
    page.goto(f"/c/{licence.listing.code}/#{mark}")
    expect(answer(page)).to_contain_text("The square code is genuine: it was made for Flight Hands Ltd")
    expect(answer(page)).to_contain_text("Flight Hands Ltd is licensed")
    page.clock.set_fixed_time(NOW + timedelta(hours=25))
    page.goto("/check/private/")
    ask(page, "flight hands")
    assert_cannot_tell(page, "older than 24 hours")


def mark_of(number: str) -> signing.CertificateMark:
    entry = Entry.objects.get(number=number, shown_until=None)
    assert entry.valid_from and entry.valid_until
    return signing.CertificateMark(number, entry.valid_from, entry.valid_until, entry.entry_number, entry.name)


def test_the_square_code_of_a_certificate_is_checked_and_the_register_decides(visit: Visit) -> None:
    numbers = one_of_each_standing()
    jobs.keep_snapshot(at=NOW)
    page = visit()
    mark = signing.mark(settings.SIGNING_KEY, mark_of(numbers["revoked"]))

    ask(page, mark)
    expect(answer(page)).to_contain_text("The square code is genuine")
    expect(answer(page)).to_contain_text("We took the licence away")
    for forged in (
        mark[:-1] + ("A" if mark[-1] != "A" else "Q"),
        mark.replace(".2026", ".2025", 1),
        mark.replace("L1.G", "L1.P"),
    ):
        ask(page, forged)
        expect(answer(page)).to_contain_text("not one of ours, or it was altered")
        expect(answer(page)).not_to_contain_text("licensed")


# --- a doubtful copy says nothing ---


def altered(change: Callable[[bytes], bytes]) -> Callable[[Route], None]:
    def serve(route: Route) -> None:
        route.fulfill(body=change((snapshot.folder() / snapshot.NAME).read_bytes()))

    return serve


def signed_by_a_stranger(content: bytes) -> bytes:
    first, _newline, body = content.partition(b"\n")
    return signing.canonical(signing.seal(signing.new_private_key(), json.loads(first)["record"])) + b"\n" + body


def longer_valid(content: bytes) -> bytes:
    return content.replace(b'"valid_until":"2026', b'"valid_until":"2027', 1)


DAMAGED, NOT_OURS = "it is not what was signed", "is not signed by us"
ALTERED: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda content: content.replace(b"Gone Hands", b"Fine Hands"), DAMAGED),
    (lambda content: content[: content.rindex(b"{")], DAMAGED),
    (lambda content: content + b"{}\n", DAMAGED),
    (lambda content: b"", DAMAGED),
    (lambda content: b"<html>Sign in to the wifi</html>", DAMAGED),
    (signed_by_a_stranger, NOT_OURS),
    (longer_valid, NOT_OURS),
]


def test_a_copy_that_was_altered_says_nothing(visit: Visit) -> None:
    one_of_each_standing()
    jobs.keep_snapshot(at=NOW)
    page = visit()

    for change, why in ALTERED:
        page.context.unroute_all()
        page.context.route(REGISTER, altered(change))
        page.goto("/check/private/")
        for text in ("Plain Hands", "No one"):
            ask(page, text)
            assert_cannot_tell(page, why)


def test_who_asks_sooner_than_the_register_is_there_waits_for_it(visit: Visit) -> None:
    a_holder("Plain Hands")
    jobs.keep_snapshot(at=NOW)
    page = visit("/")
    under_way: list[Route] = []
    page.context.route(REGISTER, lambda route: under_way.append(route))
    page.goto("/check/private/")

    ask(page, "Plain Hands")
    expect(page.get_by_role("status")).to_contain_text("Loading the register")
    expect(answer(page)).to_be_empty()
    under_way[0].continue_()

    expect(answer(page)).to_contain_text("Plain Hands is licensed")


def test_a_copy_that_does_not_come_says_nothing(visit: Visit) -> None:
    page = visit()

    ask(page, "Plain Hands")

    assert_cannot_tell(page, "could not be loaded")


AGES = {
    timedelta(hours=23, minutes=59): "",
    timedelta(hours=24): "older than 24 hours",
    timedelta(days=400): "older than 24 hours",
    timedelta(minutes=-4): "",
    timedelta(minutes=-6): "clock of this device is behind",
}


def test_a_copy_answers_for_24_hours_however_long_the_page_was_open(visit: Visit) -> None:
    a_holder("Plain Hands")
    jobs.keep_snapshot(at=NOW)
    page = visit()

    for age, why in AGES.items():
        page.clock.set_fixed_time(NOW + age)
        ask(page, "Plain Hands")
        if why:
            assert_cannot_tell(page, why)
        else:
            expect(answer(page)).to_contain_text("Plain Hands is licensed")


OLD_PHONE = """
  const known = crypto.subtle.importKey.bind(crypto.subtle);
  crypto.subtle.importKey = (format, key, algorithm, ...rest) => (algorithm.name || algorithm) === 'Ed25519'
    ? Promise.reject(new DOMException('unknown', 'NotSupportedError')) : known(format, key, algorithm, ...rest);
"""


def test_a_phone_that_does_not_know_the_signature_itself_checks_it_all_the_same(visit: Visit) -> None:
    a_holder("Plain Hands")
    jobs.keep_snapshot(at=NOW)
    page = visit("/")
    page.context.add_init_script(OLD_PHONE)

    page.goto("/check/private/")
    ask(page, "Plain Hands")
    expect(answer(page)).to_contain_text("Plain Hands is licensed")
    page.context.route(REGISTER, altered(longer_valid))
    page.goto("/check/private/")
    ask(page, "Plain Hands")
    assert_cannot_tell(page, "is not signed by us")


def test_a_browser_that_cannot_check_signatures_says_so(visit: Visit) -> None:
    a_holder("Plain Hands")
    jobs.keep_snapshot(at=NOW)
    page = visit("/")
    page.context.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")

    page.goto("/check/private/")
    ask(page, "Plain Hands")

    assert_cannot_tell(page, "cannot check signatures")


# --- from any web server ---


@pytest.fixture
def plain_server(tmp_path: Path, live_server: LiveServer) -> Iterator[str]:
    """`python -m http.server` over the folder that the command writes."""
    a_holder("Plain Hands")
    call_command("publish_snapshot", str(tmp_path / "served"), verbosity=0)
    handler = functools.partial(Silent, directory=str(tmp_path / "served"))
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


def test_it_works_from_any_web_server_and_without_it_once_kept(visit: Visit, plain_server: str) -> None:
    page = visit(plain_server)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))

    ask(page, "plain hands")
    expect(answer(page)).to_contain_text("Plain Hands is licensed")
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Keep on this device").click()
    expect(page.get_by_role("button", name="Remove from this device")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.context.set_offline(True)
    page.goto(plain_server)
    ask(page, "Plain Hands")
    expect(answer(page)).to_contain_text("Plain Hands is licensed")

    assert all(url.startswith(plain_server) for url in asked)


# --- the same as the server ---

MODULE = "/static/vendor/private.js"
STANDINGS = f"""async ([entries, days]) => {{
  const {{ standing }} = await import('{MODULE}');
  return days.map((day) => entries.map((entry) => standing(entry, day)));
}}"""
NEAR = date(2028, 2, 29)
#: A name as someone types it, and the name: a letter left out, two exchanged, one put in, a word too many, another alphabet.
MISTYPES: list[Callable[[str], tuple[str, str]]] = [
    lambda name: (name[:3] + name[4:], name),
    lambda name: (name[:2] + name[3] + name[2] + name[4:], name),
    lambda name: (name[:5] + "ß" + name[5:].upper(), name),
    lambda name: (f"The {name}", name),
    lambda name: (name.replace("a", "á"), name.replace("e", "İ")),
]


def every_edge() -> list[Dates]:
    near: list[date | None] = [None, *(NEAR + timedelta(days=offset) for offset in (-1, 0, 1))]
    return [
        Dates(start, until, suspended, lifted, revoked, appealed, surrendered, ended, refused, conditions)
        for start, until, suspended, lifted, revoked, appealed, surrendered, ended, refused, conditions in itertools.product(
            near, near[1:], near, near, near, (None, NEAR), near, near, (None, NEAR), (0, 2)
        )
        if start is None or (until is not None and start <= until)
    ]


SHARED_CASES = f"""async (cases) => {{
  const {{ lastDay, standing }} = await import('{MODULE}');
  const {{ words }} = JSON.parse(document.getElementById('private-facts').textContent);
  return cases.map(([entry, day]) => [standing(entry, day), words.outcome_of[standing(entry, day)], lastDay(entry, day) || null]);
}}"""


def test_the_phone_reads_the_shared_cases_of_standing_as_the_register_does(visit: Visit) -> None:
    cases = standing_cases()

    told = visit().evaluate(SHARED_CASES, [[case.entry, case.day.isoformat()] for case in cases])

    expected = [[case.standing, case.outcome, case.last_day and case.last_day.isoformat()] for case in cases]
    assert [one for one in zip(map(str, cases), told, expected, strict=True) if one[1] != one[2]] == []


def test_the_standing_on_the_phone_is_that_of_the_register_at_every_edge(visit: Visit) -> None:
    # A prime number of steps, so that no date is left out by the order in which they are made.
    everything = every_edge()[::59]
    days = [NEAR + timedelta(days=offset) for offset in (-2, -1, 0, 1, 2)]
    shown(register.listing_of(an_organisation(), SCHEME), everything)
    entries = [signing.plain(asdict(said)) for said in everything]

    told = visit().evaluate(STANDINGS, [entries, [one.isoformat() for one in days]])

    assert len(everything) > 1000
    for asked_day, standings in zip(days, told, strict=True):
        ours = Entry.objects.standing_on(asked_day).order_by("entry_number").values_list("standing", flat=True)  # type: ignore[misc]
        differ = [one for one in zip(everything, standings, ours, strict=True) if one[1] != one[2]]
        assert differ[:3] == []


COMPARED = f"""async (pairs) => {{
  const {{ compared }} = await import('{MODULE}');
  return pairs.map(([typed, name]) => compared(typed, name));
}}"""


def test_the_letters_that_are_marked_on_the_phone_are_those_of_the_ordinary_page(visit: Visit) -> None:
    mistyped = [mistype(name) for name in made_up_names(200) for mistype in MISTYPES]
    pairs = [*((typed, NAME) for typed in (*dict(MARKED), *UNMARKED)), *mistyped]

    told = visit().evaluate(COMPARED, pairs)

    expected = [[list(piece) for piece in compared(typed, name)] for typed, name in pairs]
    assert [one for one in zip(pairs, told, expected, strict=True) if one[1] != one[2]] == []
    assert sum(map(bool, expected)) > len(MISTYPES) * 100


def test_a_name_that_is_nearly_the_one_typed_is_told_apart_by_its_letters(visit: Visit) -> None:
    a_holder("Nathwani Picking Teams Ltd")
    jobs.keep_snapshot(at=NOW)
    page = visit()

    ask(page, "Nathwani Packing Teams Ltd")

    expect(answer(page).locator("h3 mark")).to_have_text("i")
    expect(answer(page)).to_contain_text("What differs is marked.")


LONDON_DAYS = f"""async (instants) => {{
  const {{ londonDay }} = await import('{MODULE}');
  return instants.map((instant) => londonDay(new Date(instant)));
}}"""


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_day_on_the_phone_is_that_of_london_to_the_second(visit: Visit, zone: str) -> None:
    midnights = [
        datetime(year, month, of_month, tzinfo=LONDON)
        for year in (2026, 2028)
        for month, of_month in (
            (1, 1),
            (2, 29 if year == 2028 else 28),
            (3, 29),
            (3, 30),
            (6, 15),
            (10, 25),
            (10, 26),
            (12, 31),
        )
    ]
    instants = [midnight + timedelta(seconds=seconds) for midnight in midnights for seconds in (-1, 0, 1)]

    told = visit(timezone_id=zone).evaluate(LONDON_DAYS, [instant.astimezone(UTC).isoformat() for instant in instants])

    assert told == [timezone.localdate(instant).isoformat() for instant in instants]


SQUASHED = f"""async ([names, rules]) => {{
  const {{ squash, useRules }} = await import('{MODULE}');
  useRules(rules);
  return names.map(squash);
}}"""
STEMS = [
    "Harvest Hands",
    "Żniwa Ręce",
    "Жнива",
    "Жніва",
    "Лий",
    "Лии",
    "Ёлка",
    "Елка",
    "Straße",
    "Strasse",
    "Øst",
    "Ost",
    "किताब",
    "कताब",
    "حصاد",
    "أيدي ٢٤ ڤ",
    "Ŵyl",
    "J.B. Smith",
    "JB Smith",
]
TURNS: list[Callable[[str], str]] = [
    lambda name: name, str.upper, str.lower, lambda name: f"{name} Ltd", lambda name: f"{name} & Co. Limited",
    lambda name: f"{name} (UK) Cyf", lambda name: name.replace(" ", "-"), lambda name: f"The {name}", lambda name: name.replace("a", "á"),
    lambda name: unicodedata.normalize("NFD", name), lambda name: f"{name}’s", lambda name: name + "\u200d", lambda name: f"{name} Community Interest Company",
    lambda name: name[:-1], lambda name: name.replace("e", "ee"), lambda name: f"{name} and Sons", lambda name: f"{name} + Sons",
]  # fmt: skip


def test_names_are_the_same_on_the_phone_as_to_the_register(visit: Visit) -> None:
    everything = sorted({second(first(stem)) for stem in STEMS for first in TURNS for second in TURNS})

    squashed = visit().evaluate(SQUASHED, [everything, names.rules()])

    assert len(everything) > 2000
    assert [one for one in zip(everything, squashed, strict=True) if one[1] != names.squash(one[0])][:5] == []


ASKED = f"""async ([copy, index, texts, now]) => {{
  const {{ Register }} = await import('{MODULE}');
  const read = (text) => text.split('\\n').filter(Boolean).map((line) => JSON.parse(line));
  const [sealed, ...entries] = read(copy);
  const register = new Register(sealed.record);
  entries.forEach((entry) => register.note(entry));
  read(index).forEach((line) => register.noteIndex(line));
  return texts.map((text) => [register.ask(text, new Date(now)).rows.map(
    ({{ entry, exact, why, name, standing }}) => [entry.number, exact, why, name, standing],
  ), 0]);
}}"""
TOWNS = [("Hereford", "HR1 1AA"), ("Ballymena", "BT43 4JW"), ("Spalding", "PE11 2AB"), ("Ashford", "TN23 1AA")]


def a_register_of_all_kinds() -> list[str]:
    """Sixty businesses, some of them hard to tell apart; and what is asked about those."""
    random, made = Random(3), list(made_up_names(140, seed=3))
    for number, name in enumerate(made[:60]):
        town, postcode = random.choice(TOWNS)
        a_holder(
            name,
            trading_names=[made[60 + number]] if number % 3 == 0 else [],
            address={"line_1": "1 Orchard Lane", "town": town, "county": "Shire", "postcode": postcode},
            telephone=f"+4416329601{number:02}",
            company_number=f"{1234500 + number:08}",
        )
    for name in ("Olteanu Crews Ltd", "Olteanu Crews LLP", "Балкан Персонал ООД"):
        a_holder(name)
    a_holder("Marrowby Farms Ltd", trading_names=["Marrowby Fruit Pickers"])
    gone = a_holder("Marrowby Fruit Pickers Ltd")
    licences.revoke(gone, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    renamed = a_holder("Meadow Staffing Ltd")
    rename(renamed.organisation, NOW, legal_name="Brook Staffing Ltd", telephone="+441632960999")
    with transaction.atomic():
        register.hide(an_applicant("Vanished Gangs Ltd").listing, at=NOW)
    return [
        "Olteanu Crews", "olteanu crews llp", "Olteanu Crews GmbH", "Marrowby Fruit Pickers", "Marrowby Fruit Pickers Ltd",
        "Balkan Personal", "балкан персонал оод", "Meadow Staffing", "01632 960123", "01632 960999", "Ballymena", "BT43 4JW", "bt43",
        "Vanished Gangs", "...", "A", "Shire", "harvest.example", "श्रम सेवा", "ماروبي فروت بيكرز", "Nobody at all", gone.number.lower(), gone.listing.code,
    ]  # fmt: skip


def test_the_private_look_up_answers_as_the_ordinary_one(visit: Visit) -> None:
    """A sample of `python -m tests.benchmarks.private_look_up`."""
    hard = a_register_of_all_kinds()
    entries = list(on_register(NOW).order_by("entry_number"))
    asking = [*private_look_up.asked_of(entries, 240, seed=3), *(Question("own", text, "") for text in hard)]

    found = private_look_up.compare(asking, at=NOW, ask=ask_on(visit))

    assert found.differing == ()
    assert found.by_phone >= 0.985 * found.typos
    assert private_look_up.wrong(private_look_up.names_of_no_one(entries, 100, seed=3), at=NOW, ask=ask_on(visit)) == []


def ask_on(visit: Visit) -> private_look_up.Ask:
    def ask_page(texts: Sequence[str], folder: Path, at: datetime) -> list[private_look_up.Told]:
        files = [(folder / name).read_text() for name in (snapshot.NAME, phone_index.NAME)]
        return [private_look_up.told(one) for one in visit().evaluate(ASKED, [*files, list(texts), at.isoformat()])]

    return ask_page


def test_what_is_pasted_is_read_as_on_the_ordinary_page(visit: Visit) -> None:
    pasted.the_register()
    written = [one.text for file in pasted.files() for one in pasted.texts(file)]
    by_chance = [text for text, _about in made_by_chance.texts(150, seed=36)]
    asking = [Question("own", text, "") for text in (*written, *by_chance)]

    assert private_look_up.compare(asking, at=NOW, ask=ask_on(visit)).differing == ()


def test_what_the_ordinary_page_finds_is_found_in_private(visit: Visit) -> None:
    a_holder("Marrowby Fruit Pickers Ltd", address={"town": "Ballymena", "postcode": "BT43 4JW"})
    a_holder("Olteanu Crews Ltd")
    a_holder("Olteanu Crews LLP")
    jobs.keep_snapshot(at=NOW)
    page = visit()

    ask(page, "marowby fruit piker")
    expect(answer(page)).to_contain_text("No exact match. Is it one of these?")
    expect(answer(page)).to_contain_text("Marrowby Fruit Pickers Ltd is licensed")
    for place in ("Ballymena", "BT43 4JW", "bt43"):
        ask(page, place)
        expect(answer(page).locator("h2").first).to_have_text(f"In or at “{place}”")
        expect(answer(page)).to_contain_text("Marrowby Fruit Pickers Ltd is licensed")
    ask(page, "Marrowby Fruit Pickers LLP")
    expect(answer(page)).to_contain_text("It does not have the legal form that you entered")
    expect(answer(page).locator(".app-outcome")).to_have_count(0)
    ask(page, "Olteanu Crews")
    expect(answer(page)).to_contain_text("“Olteanu Crews” is the name of more than one business")
    expect(answer(page).locator(".app-outcome")).to_have_count(0)
    ask(page, "x" * 301)
    assert_cannot_tell(page, "Enter at most 300 characters.")


def test_a_pasted_message_is_answered_in_the_words_of_the_ordinary_page(visit: Visit) -> None:
    quiet = a_holder("Quiet Hands Ltd", trading_names=["Dawel"])
    other = a_holder("Marrowby Fruit Pickers Ltd")
    jobs.keep_snapshot(at=NOW)
    page = visit()

    ask(page, f"Hi, is this a real licence? Quiet Hands Ltd, licence no {quiet.number}. " + "Is it this? " * 12)
    expect(answer(page).locator(".app-outcome")).to_have_text("Licensed")
    ask(page, f"Quiet Hands Ltd {other.number}")
    expect(answer(page).locator("h2").first).to_have_text("This number is not theirs. It may be borrowed: report it.")
    expect(answer(page).locator(".app-outcome")).to_have_count(0)
    ask(page, f"Somebody Else plc {quiet.number}")
    expect(answer(page).locator("h2").first).to_have_text("No exact match. Is it one of these?")
    expect(answer(page)).to_contain_text("but what you entered does not have its name. Compare the name.")
    ask(page, f"Somebody Else plc https://register.example/c/{quiet.listing.code}/")
    expect(answer(page).locator(".app-outcome")).not_to_have_text(["Licensed"])
    ask(page, "Dawel Ltd")
    expect(answer(page)).to_contain_text("it may be the same business: compare the company number")
    expect(answer(page)).not_to_contain_text("another business")


def test_no_font_is_loaded_by_what_is_typed_or_answered(visit: Visit) -> None:
    a_holder("Жнива Łódź श्रम حصاد Ltd")
    jobs.keep_snapshot(at=NOW)
    page = visit()
    expect(page.get_by_role("status")).to_contain_text("holds 1 entries")
    page.evaluate("document.fonts.ready.then(() => null)")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))

    for text in ("Жнива", "श्रम सेवा", "حصاد", "Γη", "Nguyễn Văn", "Łódź"):
        ask(page, text)
        expect(page.locator("[data-part=answer] h2").first).to_be_focused()
        page.evaluate("document.fonts.ready.then(() => null)")
    page.wait_for_timeout(200)

    assert asked == []


def test_an_answer_left_open_goes_when_the_copy_is_too_old(visit: Visit) -> None:
    a_holder("Plain Hands")
    jobs.keep_snapshot(at=NOW)
    page = visit("/")
    page.clock.install(time=NOW)
    page.goto("/check/private/")
    ask(page, "Plain Hands")
    expect(answer(page)).to_contain_text("Plain Hands is licensed")

    page.clock.fast_forward("24:00:30")

    assert_cannot_tell(page, "older than 24 hours")
