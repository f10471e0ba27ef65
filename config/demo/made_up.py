"""Makes up organisations and people, the same for the same seed. Numbers pass their checks and belong to nobody.

Company numbers begin with 9, a range that the registrar has not reached; telephones are from the ranges that the
regulator keeps for drama.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from stdnum.gb import utr

from config.demo import words
from config.demo.answers import Profile

INWARD = "ABDEFGHJLNPQRSTUWXYZ"
VAT_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)
OTHER_STATUS = ("sole_trader", "partnership", "unincorporated")


@dataclass(frozen=True, slots=True)
class Firm:
    """A made-up applicant: what its form says, and what the e-mail address of its user is."""

    name: str
    principal: str
    email: str
    profile: Profile


def firm(random: Random, number: int, *, sectors: Sequence[str], invented_place: bool) -> Firm:
    """One firm. `number` keeps names and addresses apart; `invented_place` for one that something adverse is said of."""
    language = random.choice(words.NAMES)
    principal = person_name(random, language)
    status = "company" if random.random() < 0.8 else random.choice(OTHER_STATUS)
    name = _firm_name(random, number, principal, status, invented_place=invented_place)
    slug = "".join(c for c in name.lower() if c.isascii() and c.isalnum())[:24]
    email = f"office{number}@{slug}.example"
    facts = _facts(random, name=name, status=status, principal=principal, email=email, sectors=sectors)
    people = {
        "principal_authority": {"full_name": principal, "date_of_birth": birthday(random), "job_title": "Manager"}
    }
    lists = {
        page: _people(random, language) for page in ("directors", "partners", "officers") if status == OFFICERS[page]
    }
    return Firm(name, principal, email, Profile(facts, people, lists))


OFFICERS = {"directors": "company", "partners": "partnership", "officers": "unincorporated"}


def person_name(random: Random, language: tuple[tuple[str, ...], tuple[str, ...]] | None = None) -> str:
    given, family = language or random.choice(words.NAMES)
    return f"{random.choice(given)} {random.choice(family)}"


def birthday(random: Random) -> str:
    return f"{random.randint(1955, 2003)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def address(random: Random) -> dict[str, str]:
    town, county, district, nation = random.choice(words.TOWNS)
    return {
        "line_1": f"{random.randint(1, 180)} {random.choice(words.STREETS)}",
        "line_2": "",
        "town": town,
        "county": county,
        "postcode": f"{district} {random.randint(1, 9)}{random.choice(INWARD)}{random.choice(INWARD)}",
        "country": nation,
    }


def telephone(random: Random) -> str:
    return f"+441632960{random.randint(0, 999):03}"


def mobile(random: Random) -> str:
    return f"+447700900{random.randint(0, 999):03}"


def company_number(random: Random) -> str:
    return f"9{random.randint(0, 9_999_999):07}"


def vat_number(random: Random) -> str:
    """Nine digits whose last two make the weighted sum a multiple of 97."""
    digits = f"9{random.randint(0, 999_999):06}"
    total = sum(weight * int(digit) for weight, digit in zip(VAT_WEIGHTS, digits, strict=True))
    return f"{digits}{-total % 97:02}"


def tax_reference(random: Random) -> str:
    digits = f"{random.randint(0, 999_999_999):09}"
    return f"{utr.calc_check_digit(digits)}{digits}"


def _firm_name(random: Random, number: int, principal: str, status: str, *, invented_place: bool) -> str:
    trade = random.choice(words.TRADES)
    places = words.INVENTED_PLACES
    place = places[number % len(places)]
    family = principal.split()[-1]
    first = (
        place
        if invented_place or random.random() < 0.5
        else f"{family} {random.choice(('& Sons', '& Co', '', ''))}".strip()
    )
    ending = {"company": random.choice((" Ltd", " Limited")), "partnership": " & Partners"}.get(status, "")
    return f"{first} {trade}{ending}"


def _facts(
    random: Random, *, name: str, status: str, principal: str, email: str, sectors: Sequence[str]
) -> dict[str, Any]:
    place = random.choice(words.INVENTED_PLACES)
    chosen = random.sample(list(sectors), k=random.choice((1, 1, 2)))
    home = address(random)
    return {
        "legal_name": name,
        "legal_status": status,
        "trading_names": [f"{place} {random.choice(words.TRADES)}"] if random.random() < 0.35 else [],
        "former_names": [f"{place} {random.choice(words.TRADES)} Ltd"] if random.random() < 0.1 else [],
        "company_number": company_number(random),
        "utr": tax_reference(random),
        "vat_registered": True,
        "vat_number": vat_number(random),
        "paye_registered": True,
        "paye_reference": [f"{random.randint(100, 999)}/{random.choice('ABEZ')}{random.randint(10, 99_999)}"],
        "address": home,
        "telephone": telephone(random),
        "mobile": mobile(random),
        "email": email,
        "sectors": chosen,
        "countries_supplied": sorted({home["country"], random.choice(("england", "wales", "scotland"))}),
        "turnover": str(random.choice((120, 380, 640, 950, 1_400, 2_600, 4_200, 6_500, 9_000, 14_000)) * 1000),
        "worker_numbers_now": random.randint(4, 240),
        "accommodation": random.random() < 0.4,
        "transport": random.random() < 0.5,
        "subcontracting": random.random() < 0.2,
        "supplied_before": random.random() < 0.7,
        "signature": principal,
    }


def _people(random: Random, language: tuple[tuple[str, ...], tuple[str, ...]]) -> list[dict[str, Any]]:
    return [
        {"full_name": person_name(random, language), "date_of_birth": birthday(random), "address": address(random)}
        for _number in range(random.choice((1, 2, 2, 3)))
    ]
