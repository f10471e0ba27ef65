"""Help for workers: every topic in every nation, facts that are in date, answers that lead there, and nothing that is kept."""

import logging
import re
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from public_lookup.help import queries
from public_lookup.help.models import HelpList, HelpPlace
from registry import schemes
from registry.register.states import Outcome
from registry.schemes import Scheme, WorkerHelp
from tests.config.catalogue import left_in_english
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import one_of_each_standing

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CANARY = "Zyxomma"
MOST_BYTES = 50_000
# The same in some of the languages: borrowed words, and what an example shows.
SAME = ("Cookies", "Contact", "Wales", "Scotland")
WORKERS = [code for code, _name in settings.LANGUAGES if code not in settings.SITE_LANGUAGES]
SAMPLE = settings.BASE_DIR / "config/demo/help-places.csv"
WORK = {"period": "2026-04-01", "nation": "wales", "band": "over_20", "hours": "40", "pay": "450"}


def the_scheme() -> Scheme:
    scheme = queries.scheme_with_help(NOW.date())
    assert scheme is not None
    return scheme


def the_help() -> WorkerHelp:
    offered = the_scheme().worker_help
    assert offered is not None
    return offered


def read(address: str, data: dict[str, str] | None = None) -> str:
    answer = Client().get(address) if data is None else Client().post(address, data, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    assert not answer.cookies
    return str(answer.content.decode())


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0]).split())


# --- topics


def test_every_topic_answers_the_four_questions_in_every_nation_and_names_a_number() -> None:
    start = read("/help/")
    for topic, nation in product(the_help().topics, the_scheme().nations):
        page = words(read(f"/help/{topic.code}/{nation.code}/"))

        assert f'href="/help/{topic.code}/"' in start
        assert [str(label) for label in queries.LABELS.values() if str(label) not in page] == []
        assert "0345 161 6000" in page
        assert "Checked on 28 November 2026." in page


def test_each_nation_reads_its_own_law_and_rings_its_own_numbers() -> None:
    ireland, wales = words(read("/help/pay/northern_ireland/")), words(read("/help/pay/wales/"))

    assert "03300 555 300" in ireland and "0300 123 1100" not in ireland
    assert "0300 123 1100" in wales and "6 months" in wales and "6 months" not in ireland


@pytest.mark.parametrize("address", ["/help/nonsense/", "/help/pay/france/", "/help/letter/nonsense/"])
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_no_fact_is_past_the_day_of_its_review() -> None:
    """Compare it with its source again, then write the new `day` and `review_by` into worker_help.toml."""
    for name in schemes.names():
        offered = schemes.get(name, schemes.versions(name)[-1]).worker_help
        assert offered is None or list(offered.past_review(NOW.date())) == []


def test_a_fact_that_is_past_its_review_is_named_by_the_command_and_on_the_page(set_clock: SetClock) -> None:
    set_clock(NOW.replace(year=2027, month=6))
    told = StringIO()

    call_command("check_packs", stdout=StringIO(), stderr=told)

    assert "worker_help.rates[2026-04-01]: should have been checked again by 2027-03-31" in told.getvalue()
    assert "We should have checked this page again by 1 February 2027." in words(read("/help/pay/england/"))


def test_a_correction_of_help_changes_no_version_that_cases_are_pinned_to() -> None:
    assert not [key for key in schemes.content(the_scheme()) if key.startswith("worker_help")]


# --- where answers lead


def test_each_answer_that_is_not_licensed_leads_to_help_and_licensed_does_not() -> None:
    leads = {str(one) for topic in the_help().topics for one in topic.outcomes}
    assert leads == {Outcome.NOT_LICENSED, Outcome.LOSING_LICENCE, Outcome.APPLIED, Outcome.NOT_FOUND}

    numbers = one_of_each_standing()
    for standing in ("revocation_to_come", "suspended", "revoked", "expired", "surrendered", "applied"):
        assert 'href="/help/pay/"' in read(f"/check/{numbers[standing]}/"), standing
    assert 'href="/help/pay/"' not in read(f"/check/{numbers['licensed']}/")
    assert 'href="/help/documents/"' in read("/check/", {"q": "no one of this name"})
    for address in ("/", "/report/", "/check/private/"):
        assert 'href="/help/"' in read(address)


# --- the calculator and the letters


def test_pay_below_the_minimum_is_counted_without_a_script() -> None:
    page = words(read("/help/pay/calculator/?time=week", WORK))
    housed = words(
        read("/help/pay/calculator/?time=week", WORK | {"rent": "100", "nights": "7", "period": "2025-04-01"})
    )

    assert "You may be owed £58.40" in page and "Minimum for these hours £508.40" in page
    assert "You may be owed £63.78" in housed


def test_what_is_wrong_is_named_and_what_was_typed_is_kept() -> None:
    answer = Client().post("/help/pay/calculator/?time=week", WORK | {"pay": "a lot", "rent": "100"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Pay for the same time, in pounds (one week): enter a number, like 40 or 37.50" in page
    assert "Enter the nights that the rent was for" in page
    assert 'value="a lot"' in page


def test_first_it_is_asked_for_which_time_and_every_label_repeats_it() -> None:
    first = read("/help/pay/calculator/?nation=wales")
    assert "For which time?" in first and 'href="/help/pay/calculator/?time=month&amp;nation=wales"' in first
    assert "<form" not in first.split("<main")[1].split("</main")[0]

    page = words(read("/help/pay/calculator/?time=two_weeks"))
    assert page.count("(two weeks)") == 5 and "Enter everything for this time: two weeks." in page


@pytest.mark.parametrize(
    ("time", "typed", "asked"),
    [
        ("week", {"hours": "40", "nights": "14"}, "Nights in housing from your employer (one week): at most 7"),
        ("two_weeks", {"hours": "400", "nights": "14"}, "Hours you worked (two weeks): at most 336"),
        ("month", {"hours": "160", "nights": "400"}, "Nights in housing from your employer (one month): at most 31"),
    ],
)
def test_nights_and_hours_that_do_not_fit_the_time_are_asked_back(time: str, typed: dict[str, str], asked: str) -> None:
    answer = Client().post(f"/help/pay/calculator/?time={time}", WORK | {"pay": "360", "rent": ""} | typed)

    assert answer.status_code == 422 and asked in words(answer.content.decode())
    assert "not below the minimum" not in words(answer.content.decode()).split("Work out your pay")[0]


def test_the_least_for_an_hour_and_deposits_and_cash_are_on_the_help_pages() -> None:
    pay, deductions = words(read("/help/pay/england/")), words(read("/help/deductions/england/"))

    assert "Minimum for one hour 21 or older £12.71" in pay and "Pay in cash is pay too" in pay
    assert "You need not pay a deposit" in deductions
    assert "Minimum for one hour" not in words(read("/help/hours/england/"))


def test_a_letter_is_in_english_to_send_and_in_the_language_of_the_reader() -> None:
    filled = {"name": "Mair", "employer": "Harvest Hands Ltd", "amount": "120"}

    page = read("/cy/help/letter/wages/", filled)

    english, welsh = re.findall(r'<div class="app-note" lang="(en|cy)" dir="ltr">(.*?)</div>', page, re.DOTALL)
    assert (english[0], welsh[0]) == ("en", "cy")
    assert "I worked for you and was not paid all my wages." in english[1] and "Mair" in english[1]
    assert "Gweithiais i chi" in welsh[1] and "120" in welsh[1]
    assert "________" in english[1]


def test_every_letter_can_be_made_from_nothing() -> None:
    for letter in the_help().letters:
        assert words(read(f"/help/letter/{letter.code}/", {})).count("________") == len(letter.asks)


# --- places


def import_sample(file: Path = SAMPLE) -> None:
    call_command(
        "import_help_places", file, source="sample", title="Sample list", licence="CC0, sample", stdout=StringIO()
    )


def test_places_are_found_by_the_beginning_of_a_postcode_and_by_town_with_the_licence_of_their_list() -> None:
    import_sample()

    near = words(read("/help/near/", {"place": "pe21 6ab"}))
    assert "Sample Advice Centre Boston" in near and "Wisbech" not in near
    assert "Sample list. CC0, sample" in near
    assert "Sample Migrant Centre Wisbech" in words(read("/help/near/", {"place": "PE30"}))
    assert "Ballymena" in words(read("/help/near/", {"place": "ballym"}))
    assert "There is no place on our list for this." in words(read("/help/near/", {"place": "Truro"}))
    assert Client().post("/help/near/", {"place": ""}).status_code == 422


def test_a_new_edition_replaces_the_list_and_a_wrong_one_changes_nothing(tmp_path: Path) -> None:
    import_sample()
    head, *rows = SAMPLE.read_text().splitlines()
    file = tmp_path / "next.csv"

    file.write_text("\n".join([head, rows[0]]))
    import_sample(file)
    assert (HelpList.objects.count(), HelpPlace.objects.count()) == (1, 1)

    file.write_text("\n".join([head, rows[0].replace(",advice,", ",shop,").replace("PE21 6AA", "")]))
    with pytest.raises(CommandError, match="Line 2: The column postcode is empty"):
        import_sample(file)
    assert HelpPlace.objects.count() == 1


# --- nothing is kept


def test_nothing_that_is_asked_is_in_a_log_a_table_or_a_cookie(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_sample()
    written = StringIO()
    console: Any = next(one for one in logging.root.handlers if getattr(one, "filters", None))
    monkeypatch.setattr(console, "stream", written)
    typed = dict.fromkeys(("name", "employer", "story", "documents", "place", "hours"), CANARY)
    statements: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    client = Client()
    with connection.execute_wrapper(note):
        for address in (
            "/help/near/",
            "/help/letter/claim/",
            "/help/letter/documents/",
            "/help/pay/calculator/?time=week",
        ):
            answer = client.post(address, typed)
            assert CANARY in answer.content.decode()
        client.get(f"/help/{CANARY}/")
        client.get(f"/help/pay/calculator/?time=week&nation={CANARY}")

    assert not client.cookies
    assert [sql for sql in statements if not sql.startswith("SELECT")] == []
    assert CANARY not in written.getvalue()


# --- languages


@pytest.mark.parametrize(
    "address",
    [
        "",
        "pay/wales/",
        "housing/northern_ireland/",
        "pay/calculator/",
        "pay/calculator/?time=week",
        "letter/claim/",
        "near/",
    ],
)
def test_every_page_is_light_and_leaves_nothing_in_english(address: str) -> None:
    english = read(f"/help/{address}")
    pages = {language: read(f"/{language}/help/{address}") for language in WORKERS}
    offered = the_help()
    same = [
        *SAME,
        *(one.name for one in offered.calls),
        *(one.source for one in (*offered.facts, *offered.calls, *offered.rates)),
    ]

    left = {language: left_in_english(english, page, *same) for language, page in pages.items()}
    assert {language: found for language, found in left.items() if found} == {}
    assert max(len(page.encode()) for page in pages.values()) < MOST_BYTES
