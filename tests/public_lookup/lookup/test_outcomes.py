"""The seven outcomes: one look in every place, and nothing about a dead licence that reads as if it lived."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from public_lookup.receipts import actions as receipts
from public_lookup.receipts.queries.proofs import Proof
from registry.licences.actions import conditions, licences
from registry.licences.models import Licence
from registry.organisations import actions as people
from registry.register.models import Entry
from registry.register.rules import LOOKS
from registry.register.states import OUTCOMES, Outcome, Standing
from tests.conftest import NOW, SetClock
from tests.people import person
from tests.public_lookup.stories import a_holder, an_applicant, one_of_each_standing
from tests.registry.stories import a_condition, a_decider, a_licence, an_organisation, day

pytestmark = pytest.mark.django_db

WORDS = {
    "licensed": ("Licensed", "Licensed until the end of 1 November 2027"),
    "licensed_with_conditions": ("Licensed, with conditions", "Licensed until the end of 1 November 2027"),
    "revocation_to_come": ("Losing its licence on 2 December 2026", "Licensed until the end of 1 December 2026"),
    "suspended": ("Not licensed", "Suspended from 2 November 2026 until the end of 11 November 2026"),
    "revoked": ("Not licensed", "We took its licence away on 2 November 2026"),
    "expired": ("Not licensed", "Its licence ended on 2 November 2026, because its company, tax or VAT number changed"),
    "surrendered": ("Not licensed", "It gave up its licence on 2 November 2026"),
    "refused": ("Applied, not licensed", "We refused it a licence on 2 November 2026"),
    "applied": ("Applied, not licensed", "It applied for a licence on 2 November 2026"),
}
DEAD = ("suspended", "revoked", "expired", "surrendered")
NAMED = "Angharad Rees"


def page(client: Client, address: str) -> str:
    return html.unescape(" ".join(client.get(address, follow=True).content.decode().split()))


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def revoked(licence: Licence) -> Licence:
    return licences.revoke(licence, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)


# --- one look ---


def test_there_are_seven_outcomes_and_was_licensed_is_none_of_them() -> None:
    assert [outcome.value for outcome in Outcome] == [
        "licensed", "licensed_with_conditions", "losing_licence", "not_licensed", "applied", "not_found", "cannot_tell",
    ]  # fmt: skip
    assert OUTCOMES[Standing.REVOCATION_TO_COME] == Outcome.LOSING_LICENCE


def test_each_outcome_has_a_symbol_and_a_word_of_its_own() -> None:
    assert set(LOOKS) == set(Outcome)
    # Without its colours, each drawing is another.
    shapes = {re.sub(r"\{\w+\}", "", look.drawing) for look in LOOKS.values()}
    assert len(shapes) == len({str(outcome.label) for outcome in Outcome}) == len(Outcome)


@pytest.mark.parametrize("standing", WORDS)
def test_word_symbol_and_day_are_in_title_heading_badge_and_api(client: Client, standing: str) -> None:
    number = one_of_each_standing()[standing]
    word, when = WORDS[standing]
    outcome = OUTCOMES[Standing(standing)]
    shape = re.search(r'd="([^"]+)"|r="(2[13])"', LOOKS[outcome].drawing)
    assert shape

    entry = page(client, f"/check/{number}/")
    badge = page(client, f"/badge/{number}.svg")

    assert entry.split("<title>")[1].startswith(f"{word}: ")
    assert when in entry.split("<title>")[1].split("</title>")[0]
    heading = words(entry.split("<h1")[1].split("</h1>")[0].split(">", 1)[1])
    assert word in heading and when in heading
    assert shape[0] in entry and shape[0] in badge
    assert f">{word}</text>" in badge
    assert when in badge and number in badge.split("</title>")[1]
    assert client.get(f"/api/v1/register/{number}").json()["outcome"] == outcome.value


def test_a_badge_names_the_firm_and_is_not_green_when_it_loses_its_licence(client: Client) -> None:
    numbers = one_of_each_standing()

    losing = page(client, f"/badge/{numbers['revocation_to_come']}.svg")

    assert "Going Hands" in losing.split("</title>")[1]
    assert "#00603b" not in losing and "#00703c" not in losing
    assert "#00603b" in page(client, f"/badge/{numbers['licensed']}.svg")


def test_the_page_of_a_firm_that_loses_its_licence_helps_workers_before_it_is_gone(client: Client) -> None:
    text = page(client, f"/check/{one_of_each_standing()['revocation_to_come']}/")

    assert "If you work for them" in text and "0300 123 1100" in text
    assert "You must not use their workers from 2 December 2026." in text
    assert "Stop using workers from this labour provider." not in text


# --- dead licences ---


@pytest.mark.parametrize("standing", DEAD)
def test_a_dead_licence_speaks_in_the_past_tense(client: Client, standing: str) -> None:
    text = page(client, f"/check/{one_of_each_standing()[standing]}/").split("<footer")[0].split("History")[0]

    for alive in ("Ring this number", "01632 960123", "The licence covers", ">Term<", "2027", "may act for them"):
        assert alive not in text, alive
    assert "The licence covered" in text and "It was licensed" in text


def test_nothing_is_held_out_as_theirs_where_there_is_no_licence(client: Client) -> None:
    text = page(client, f"/check/{an_applicant('Hopeful Hands').number}/")

    assert "claims to hold this licence" not in text
    assert "may act for them" not in text


@pytest.mark.parametrize("standing", DEAD)
def test_a_proof_of_a_dead_licence_says_its_last_day_and_no_term(client: Client, standing: str) -> None:
    number = one_of_each_standing()[standing]
    receipt = receipts.take(number, as_at=NOW, by=None, at=NOW)
    told = Proof(receipt.record)

    text = page(client, f"/proofs/{receipt.number}/{receipt.key}/")

    assert receipt.record["answered"]["last_day"] == "2026-11-01"
    assert told.conditions_said == []
    assert ">Term<" not in text and "1 November 2027" not in text and "The licence covers" not in text
    assert "01632 960123" not in text


def test_the_api_says_the_last_day_before_the_term_that_was_granted(client: Client) -> None:
    answer = client.get(f"/api/v1/register/{one_of_each_standing()['revoked']}").json()

    assert (answer["last_day"], answer["valid_until"]) == ("2026-11-01", "2027-11-01")
    assert list(answer).index("last_day") < list(answer).index("valid_until")


@pytest.fixture
def named() -> Licence:
    organisation = an_organisation("Harvest Hands Ltd")
    people.name(
        organisation,
        kind="principal_authority",
        particulars={"full_name": NAMED},
        since=day(0),
        by=None,
        at=NOW,
    )
    return a_licence(organisation)


def test_may_this_person_act_begins_with_no_when_the_firm_may_not_act(client: Client, named: Licence) -> None:
    revoked(named)

    for typed in (NAMED, "Somebody Else"):
        answer = html.unescape(client.post(f"/check/{named.number}/", {"person": typed}).content.decode())
        said = words(answer.split('id="acts-for">')[1].split("app-answer-row")[0])
        assert said.startswith("May this person act for them? No. Harvest Hands Ltd is not licensed")
        assert "Yes" not in said


def test_a_past_day_on_which_it_was_licensed_confirms_nobody_today(
    client: Client, named: Licence, set_clock: SetClock
) -> None:
    licences.revoke(named, takes_effect=day(3), because="Test.", by=a_decider(), at=NOW)
    set_clock(NOW + timedelta(days=10))

    answer = client.post(f"/check/{named.number}/?at=2026-11-02", {"person": NAMED}).content.decode()

    assert "No. Harvest Hands Ltd is not licensed" in answer
    assert "Yes:" not in answer


# --- conditions, limits, numbers that changed ---


def test_a_condition_whose_day_has_passed_says_so_and_links_to_its_standard(
    client: Client, set_clock: SetClock
) -> None:
    condition = a_condition(a_holder("Mending Hands"))
    address = f"/check/{condition.licence.number}/"
    assert "not yet confirmed" not in page(client, address)
    set_clock(NOW + timedelta(days=(condition.due_on - day(0)).days + 1))

    english, polish = page(client, address), page(client, f"/pl{address}")

    assert "We have not yet confirmed that it was met" in english and "confirmed" not in polish
    link = re.search(r'href="(/standards/gla-food/)#([\w.]+)">([^<]+)</a>', english)
    assert link and link[2] == condition.standard
    assert link[3] in page(client, link[1])


@pytest.mark.parametrize("asked", ["Harvest Hands", "Harvest", "Hereford"])
def test_what_licensed_does_not_mean_is_beside_every_answer(client: Client, asked: str) -> None:
    a_holder("Harvest Hands Ltd")

    text = words(client.post("/check/", {"q": asked}, follow=True).content.decode())

    assert "It does not promise that every worker is treated well." in text


def test_a_licence_that_ended_with_its_number_leads_to_the_one_that_followed(
    client: Client, set_clock: SetClock
) -> None:
    first = a_holder("Harvest Hands Ltd")
    licences.end(first, ended_from=day(0), because="company_number", by=person("case_officer"), at=NOW)
    assert "The licence has run out" not in page(client, f"/check/{first.number}/")
    set_clock(NOW + timedelta(days=21))
    second = a_licence(first.organisation, starts=day(21), at=NOW + timedelta(days=21))

    now = client.get(f"/check/{first.number}/", follow=True)
    then = page(client, f"/check/{first.number}/?at=2026-11-10")

    assert now.redirect_chain == [(f"/check/{second.number}/", 303)]
    assert f"This licence follows {first.number}, which ended" in html.unescape(" ".join(now.content.decode().split()))
    assert f"Its licence now has the number {second.number}" in then


def test_a_failed_condition_is_not_green_with_a_promise(client: Client) -> None:
    condition = a_condition(a_holder("Mending Hands"))
    conditions.fail(condition, on=day(0), because="Test.", by=a_decider(), at=NOW)

    assert Entry.objects.filter(number=condition.licence.number).count() >= 1
    assert "Licensed, with conditions: " in page(client, f"/check/{condition.licence.number}/")


# --- headings of a search ---


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("Hereford", "In or at “Hereford”"),
        ("HR1 1AA", "In or at “HR1 1AA”"),
        ("Harvest", "No exact match. Is it one of these?"),
        ("Harvast Handz", "No exact match. Is it one of these?"),
        ("Zzyzx", "Not found: “Zzyzx”"),
        ("Harvest Hands", "Licensed: Harvest Hands Ltd."),
    ],
)
def test_title_and_heading_of_results_say_the_answer(client: Client, asked: str, title: str) -> None:
    a_holder("Harvest Hands Ltd")

    text = html.unescape(client.post("/check/", {"q": asked}, follow=True).content.decode())

    assert text.split("<title>")[1].startswith(title)
    assert text.count("<h1") == 1
    assert ("Not found" in text.split("<h1")[1].split("</h1>")[0]) is title.startswith("Not found")
    assert 'role="status"' in text and "data-answer" in text


def test_another_legal_form_is_no_exact_match_although_longer_names_begin_so(client: Client) -> None:
    a_holder("Harvest Hands Ltd")
    a_holder("Harvest Hands LLP Recruitment Ltd")

    text = html.unescape(client.post("/check/", {"q": "Harvest Hands LLP"}, follow=True).content.decode())

    assert text.split("<title>")[1].startswith("No exact match. Is it one of these?")


def test_pages_of_the_look_up_offer_a_way_out_and_stay_on_no_device(client: Client) -> None:
    number = a_holder("Harvest Hands Ltd").number

    for address in ("/check/", f"/check/{number}/", "/check/?q=harvest", "/pl/check/"):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "govuk-exit-this-page" in text and "report/history.js" not in text, address


def test_an_answer_has_an_address_that_can_be_reloaded_gone_back_to_and_shared(client: Client) -> None:
    a_holder("Harvest Hands Ltd")

    moved = client.post("/check/", {"q": " harvest hands ", "place": "Hereford", "sector": "", "campaign": "harvest"})

    assert moved.status_code == 303 and moved.headers["Cache-Control"] == "no-store"
    assert moved.headers["Location"] == "/check/?q=harvest+hands&place=Hereford&campaign=harvest"
    page = client.get(moved.headers["Location"]).content.decode()
    assert "Harvest Hands Ltd" in page and 'href="/pl/check/?q=harvest+hands&amp;place=Hereford' in page


def test_on_a_past_day_the_day_is_in_the_address(client: Client) -> None:
    day = {"at_day": "2", "at_month": "11", "at_year": "2026"}

    moved = client.post("/check/", {"q": "harvest", **day})

    assert moved.headers["Location"] == "/check/?q=harvest&at=2026-11-02"


def test_who_wants_no_trace_has_none_in_an_address_or_in_the_history(client: Client) -> None:
    number = a_holder("Harvest Hands Ltd").number

    answer = client.post("/check/", {"q": "harvest hands", "trace": "no"})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "report/history.js" in text and f'href="/check/{number}/?trace=no"' in text
    assert re.search(r'name="trace" type="checkbox" value="no"[^>]* checked>', text)
    entry = client.get(f"/check/{number}/?trace=no").content.decode()
    assert "report/history.js" in entry and '<input type="hidden" name="trace" value="no">' in entry


def test_a_message_that_was_pasted_is_put_into_no_address(client: Client) -> None:
    pasted = "Hi, good job for you, pay 400 a week, bring your passport"

    assert client.post("/check/", {"q": pasted}).status_code == 200


def test_help_about_threats_leaves_no_trace_and_other_help_can_be_gone_back_to(client: Client) -> None:
    assert "report/history.js" in client.get("/help/threats/").content.decode()
    assert "report/history.js" in client.get("/help/threats/england/").content.decode()
    assert "report/history.js" not in client.get("/help/pay/").content.decode()


@pytest.mark.parametrize("language", ["pl", "uk", "ne", "cy"])
def test_a_certificate_can_be_checked_in_every_language(client: Client, language: str) -> None:
    number = a_holder("Harvest Hands Ltd").number

    page = client.get(f"/{language}/verify/")
    assert (page.status_code, f'<html lang="{language}"' in page.content.decode()) == (200, True)
    answer = client.post(f"/{language}/verify/", {"code": number})
    assert answer.headers["Location"].startswith(f"/{language}/check/{number}/")
