"""From a certificate to the register: a number or code that is right leads on, one that was altered is told apart."""

import html
from datetime import timedelta
from random import Random

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from public_lookup.certificates import letters
from registry import live_codes, signing
from registry.codes import code_is_valid, make_code, neighbours_of_code
from registry.licence_numbers import looks_like_licence_number
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations import actions as people
from registry.register.actions import listings
from tests.conftest import NOW, SetClock
from tests.public_lookup.receipts.world import a_proof
from tests.public_lookup.stories import Statements, a_holder, an_applicant
from tests.registry.stories import a_decider, a_licence, day

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd")


def test_the_code_of_a_certificate_leads_to_its_entry(client: Client, licence: Licence) -> None:
    code = licence.listing.code

    for address in (f"/c/{code}/", f"/c/{code.lower()}/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/check/{licence.number}/?by=certificate")


def test_the_code_leads_in_the_language_of_the_address(client: Client, licence: Licence) -> None:
    assert (
        client.get(f"/cy/c/{licence.listing.code}/").headers["Location"]
        == f"/cy/check/{licence.number}/?by=certificate"
    )


def test_an_applicants_code_follows_it_to_its_licence(client: Client) -> None:
    entry = an_applicant("Meadow Staff")
    number = a_licence(entry.listing.organisation, at=NOW).number

    assert client.get(f"/c/{entry.listing.code}/").headers["Location"] == f"/check/{number}/?by=certificate"


def test_a_code_that_reads_like_a_licence_number_leads_on(client: Client, licence: Licence) -> None:
    """As three codes of a thousand do."""
    random = Random(1)
    codes = (make_code(random.randbytes(5)) for _number in range(100_000))
    licence.listing.code = next(code for code in codes if looks_like_licence_number(code))
    licence.listing.save()

    for address in (f"/c/{licence.listing.code}/", f"/c/{licence.listing.code.lower()}/"):
        assert client.get(address).headers["Location"] == f"/check/{licence.number}/?by=certificate"
    assert licence.number in client.post("/check/", {"q": licence.listing.code}, follow=True).content.decode()


def test_a_typed_number_or_code_leads_on(client: Client, licence: Licence) -> None:
    code = licence.listing.code

    for typed in (licence.number, licence.number.lower(), f"{code[:4]} {code[4:]}", code.lower()):
        answer = client.post("/verify/", {"code": typed})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/check/{licence.number}/?by=certificate"), (
            typed
        )


def test_a_code_with_one_altered_character_is_told_apart(client: Client, licence: Licence) -> None:
    code = licence.listing.code
    altered = [code[:n] + other + code[n + 1 :] for n in range(8) for other in CHARACTERS if other != code[n]]
    assert not any(map(code_is_valid, altered))

    # One that reads as a licence number is answered as one: nobody has had it.
    for typed in altered[::9]:
        answer = client.get(f"/c/{typed}/")
        assert answer.status_code == 404
        assert (
            "is not a licence number or code" in answer.content.decode()
            or f"but {code} is, which differs" in answer.content.decode()
            or "Not on the register" in answer.content.decode()
        )


def test_a_code_that_is_none_of_ours_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/verify/", {"code": "Q1W2E3R4"})

    assert answer.status_code == 422
    assert 'value="Q1W2E3R4"' in answer.content.decode()
    assert answer.content.decode().count("This is not a licence number or code of this register.") == 2


def test_a_number_or_code_that_nobody_has_had_is_not_on_the_register(client: Client, licence: Licence) -> None:
    for typed in ("WXYZ0009", "00000000"):
        answer = client.post("/verify/", {"code": typed})
        assert answer.status_code == 404
        assert "We did not issue a certificate with it" in answer.content.decode()


def mark_of(licence: Licence, **changes: object) -> str:
    given = {
        "number": licence.number,
        "valid_from": day(0),
        "valid_until": day(364),
        "entry": 1,
        "name": "Harvest Hands",
    }
    return signing.mark(settings.SIGNING_KEY, signing.CertificateMark(**{**given, **changes}))  # type: ignore[arg-type]


def test_the_text_of_a_square_code_is_read_where_codes_are_pasted(client: Client, licence: Licence) -> None:
    site, code = settings.SITE_ADDRESS, licence.listing.code
    for pasted in (
        f"{site}/c/{code}/",
        f"{site}/pl/c/{code}/",
        f"{site}/c/{code}/#{mark_of(licence)}",
        mark_of(licence),
        f"  {site.upper().replace('HTTP', 'http')}/check/{licence.number}/ ",
    ):
        answer = client.post("/verify/", {"code": pasted})
        assert answer.headers.get("Location") == f"/check/{licence.number}/?by=certificate", pasted


def test_the_text_of_the_square_code_of_a_proof_leads_to_it(client: Client, licence: Licence) -> None:
    receipt = a_proof(client, licence.number)

    answer = client.post("/verify/", {"code": letters.address_of(receipt)})

    assert answer.headers["Location"] == f"/verify/{receipt.number}/"


def test_a_square_code_that_leads_elsewhere_or_was_altered_is_refused(client: Client, licence: Licence) -> None:
    site, code, mark = settings.SITE_ADDRESS, licence.listing.code, mark_of(licence)
    other = a_holder("Meadow Staff Ltd")
    forged = mark.replace(mark.split(".")[3], "20391231")
    for pasted in (
        f"https://register.false.example/c/{code}/#{mark}",
        f"{site}/c/{code}/#{forged}",
        f"{site}/c/{other.listing.code}/#{mark}",
        f"{site}/c/{code}/#hello",
        forged,
        mark[:-1],
        "L1.",
        f"{site}/report/",
        "https://[",
    ):
        answer = client.post("/verify/", {"code": pasted})
        assert answer.status_code == 422, pasted
        assert "This is not a licence number or code of this register." in answer.content.decode()


def test_nothing_typed_is_said_plainly(client: Client) -> None:
    assert client.post("/verify/", {"code": " "}).status_code == 422
    assert client.get("/verify/").status_code == 200


@pytest.mark.both
@pytest.mark.parametrize("fail_at", [1, 2])
def test_a_fault_never_says_that_a_code_is_false(client: Client, licence: Licence, fail_at: int) -> None:
    with connection.execute_wrapper(Statements(fail_at)):
        answer = client.get(f"/c/{licence.listing.code}/")

    assert answer.status_code in (503, 303)
    assert fail_at != 1 or answer.status_code == 503


# --- a mistyped code ---


def read(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())


def a_code_that_is_no_number(licence: Licence) -> str:
    """Some codes read like licence numbers once a character is another; this one does not, whichever is changed."""
    licence.listing.code = make_code(b"\x07\x9c\xe1\x4b\xaf")
    licence.listing.save()
    return licence.listing.code


@pytest.mark.both
def test_a_code_one_slip_away_from_one_of_ours_is_told_which_it_may_be(client: Client, licence: Licence) -> None:
    code = a_code_that_is_no_number(licence)
    # A letter at the end: four letters and four numbers would be read as a licence number.
    for typed in (code[:7] + ("A" if code[7] != "A" else "B"), ("0" if code[0] != "0" else "1") + code[1:]):
        answer = html.unescape(client.post("/verify/", {"code": typed}).content.decode())
        assert f"but {code} is, which differs in one letter or number" in answer
        assert "it was altered" in answer
        assert "Harvest Hands" not in answer


def test_nothing_is_suggested_where_two_codes_could_be_meant(client: Client, licence: Licence) -> None:
    code = a_code_that_is_no_number(licence)
    others = a_holder("Meadow Staff").listing
    neighbour = next(one for one in neighbours_of_code(code[:-1] + ("0" if code[-1] != "0" else "1")) if one != code)
    others.code = neighbour
    others.save()

    answer = client.post("/verify/", {"code": code[:-1] + ("0" if code[-1] != "0" else "1")}).content.decode()

    assert "This is not a licence number or code of this register." in answer
    assert code not in answer


# --- whose it is, and who holds it ---


def test_a_certificate_says_whose_it_is_and_asks_who_holds_it(client: Client, licence: Licence) -> None:
    people.name(
        licence.organisation,
        kind="principal_authority",
        particulars={"full_name": "Angharad Rees"},
        since=NOW.date(),
        by=None,
        at=NOW,
    )
    listings.republish(licence.organisation, by=None, at=NOW)
    text = html.unescape(client.get(f"/c/{licence.listing.code}/", follow=True).content.decode())

    assert "The certificate is of Harvest Hands Ltd, Hereford." in text
    assert "Who holds this certificate?" in text
    assert "Who holds this certificate?" not in read(client, f"/check/{licence.number}/")


def test_the_code_of_a_revoked_licence_says_that_it_is_revoked(client: Client, licence: Licence) -> None:
    licences.revoke(licence, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)

    text = html.unescape(client.get(f"/c/{licence.listing.code}/", follow=True).content.decode())

    assert "We took the licence away" in text


# --- a code that changes each minute ---


def live(licence: Licence, ago: timedelta = timedelta()) -> str:
    return live_codes.live_code(settings.SECRET_KEY, licence.listing.code, at=NOW - ago)


@pytest.mark.parametrize("ago", [timedelta(), timedelta(seconds=59), timedelta(seconds=119)])
def test_a_code_of_this_minute_or_the_one_before_is_shown_live(
    client: Client, licence: Licence, set_clock: SetClock, ago: timedelta
) -> None:
    code = live(licence)
    set_clock(NOW + ago)

    text = read(client, f"/c/{code}/")

    assert "The holder shows this code live, at 10am." in text
    assert "Harvest Hands Ltd is licensed" in text
    assert "This code is old" not in text


@pytest.mark.parametrize("later", [timedelta(seconds=120), timedelta(hours=5), timedelta(days=700)])
def test_an_older_code_is_a_copy_or_a_screenshot(
    client: Client, licence: Licence, set_clock: SetClock, later: timedelta
) -> None:
    code = live(licence)
    set_clock(NOW + later)

    text = read(client, f"/c/{code}/")

    assert (
        "This code is old: the holder showed it on 2 November 2026 at 10am. What you were shown is a copy or a screenshot."
        in text
    )
    assert "shows this code live" not in text


def test_a_live_code_may_be_typed_in_groups(client: Client, licence: Licence) -> None:
    code = live(licence)
    typed = " ".join(code[n : n + 4] for n in range(0, 20, 4)).lower()

    answer = client.post("/verify/", {"code": typed})

    assert answer.status_code == 200
    assert "shows this code live" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_live_code_of_another_holder_or_with_a_later_minute_was_never_shown(client: Client, licence: Licence) -> None:
    other = a_holder("Meadow Staff").listing.code
    code = live(licence)
    later = live_codes.live_code("a guess", licence.listing.code, at=NOW + timedelta(minutes=5))

    for forged in (other + code[8:], later, code[:-1] + ("0" if code[-1] != "0" else "1")):
        answer = client.get(f"/c/{forged}/")
        assert answer.status_code == 404
        assert "This is not a licence number or code of this register." in answer.content.decode()


# --- names are confirmed, and not found out ---


@pytest.mark.both
def test_after_too_many_wrong_names_the_next_must_wait(client: Client, licence: Licence, set_clock: SetClock) -> None:
    people.name(
        licence.organisation,
        kind="principal_authority",
        particulars={"full_name": "Angharad Rees"},
        since=NOW.date(),
        by=None,
        at=NOW,
    )
    address = f"/check/{licence.number}/"
    tried = [client.post(address, {"person": f"Guess {number}"}).status_code for number in range(21)]

    assert tried == [200] * 20 + [429]
    right = client.post(address, {"person": "Angharad Rees"})
    assert right.status_code == 429
    assert "Yes:" not in right.content.decode()
    assert "Too many names were tried" in right.content.decode()
    assert client.post(address, {"person": "Guess"}, REMOTE_ADDR="192.0.2.7").status_code == 200
    set_clock(NOW + timedelta(hours=1))
    assert client.post(address, {"person": "Guess"}).status_code == 200


def test_the_limit_keeps_no_address(client: Client, licence: Licence) -> None:
    client.post(f"/check/{licence.number}/", {"person": "Guess"}, REMOTE_ADDR="192.0.2.7")

    assert "192.0.2.7" not in repr(vars(cache)) + repr(cache._cache)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("address", "says"), [("", "Check before you start work"), ("/cy", "")])
def test_a_poster_leads_to_the_register_in_its_language(client: Client, address: str, says: str) -> None:
    page = client.get(f"{address}/check/poster/").content.decode()

    assert f"{settings.SITE_ADDRESS}{address}/check/" in page
    assert '<svg role="img"' in page
    assert says in page
