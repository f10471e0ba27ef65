"""Makes up organisations and people, the same for the same seed. Numbers pass their checks and belong to nobody.

Company numbers begin with 9, a range that the registrar has not reached; telephones are from the ranges that the
regulator keeps for drama.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from stdnum.gb import utr

from config.demo import words
from config.demo.answers import Profile

INWARD = "ABDEFGHJLNPQRSTUWXYZ"
VAT_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)
OTHER_STATUS = ("sole_trader", "partnership", "unincorporated")

Language = tuple[tuple[str, ...], tuple[str, ...]]
#: Given the key of something that is a firm's own, and what it is, says what to put there.
Say = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Firm:
    """A made-up applicant: what its form says, and what the e-mail address of its user is."""

    name: str
    principal: str
    email: str
    profile: Profile


def firm(random: Random, number: int, *, scheme: str, sectors: Sequence[str], invented_place: bool) -> Firm:
    """One firm. `number` keeps names and addresses apart; `invented_place` for one that something adverse is said of."""
    language = random.choice(words.NAMES)
    principal = person_name(random, language)
    status = "company" if random.random() < 0.8 else random.choice(OTHER_STATUS)
    name = firm_name(random, language, principal, status, scheme=scheme, invented_place=invented_place)
    email = _email(name, number)
    facts = _facts(random, name=name, status=status, principal=principal, email=email, sectors=sectors)
    facts |= {
        "trading_names": [trading_name(random, scheme)] if random.random() < 0.35 else [],
        "former_names": [f"{trading_name(random, scheme)} Ltd"] if random.random() < 0.1 else [],
    }
    people = {
        "principal_authority": {"full_name": principal, "date_of_birth": birthday(random), "job_title": "Manager"}
    }
    lists = {
        page: _people(random, language) for page in ("directors", "partners", "officers") if status == OFFICERS[page]
    }
    if "shellfish" in facts["sectors"]:
        # Somebody of its own: one supervisor in all of these firms would connect them, and one refusal would be everybody's.
        lists["supervisors"] = _people(Random(name), language)[:1]
    return Firm(name, principal, email, Profile(facts, people, lists))


OFFICERS = {"directors": "company", "partners": "partnership", "officers": "unincorporated"}


def alike(random: Random, number: int, *, like: Firm, scheme: str, invented_place: bool) -> Firm:
    """Another firm that answers every question as `like` does, but for what is its own: names, numbers, places, people."""
    language = random.choice(words.NAMES)
    facts = like.profile.facts
    principal = person_name(random, language)
    name = firm_name(random, language, principal, facts["legal_status"], scheme=scheme, invented_place=invented_place)
    nation = facts["address"]["country"]
    drawn = {
        "legal_name": name,
        "email": _email(name, number),
        "principal_authority.full_name": principal,
        **{key: draw(random) for key, draw in NUMBERS.items()},
    }

    def say(key: str, old: str) -> str:
        if key not in drawn:
            drawn.update(_own(random, key, language, scheme, nation))
        return drawn[key]

    return described(like, say)


def own(firm: Firm) -> dict[str, str]:
    """What is the firm's own, by key: that in which it differs from every firm `alike`."""
    found: dict[str, str] = {}

    def keep(key: str, value: str) -> str:
        found[key] = value
        return value

    described(firm, keep)
    return found


def described(firm: Firm, say: Say) -> Firm:
    """The firm with `say` in place of all that is its own."""
    facts = firm.profile.facts
    principal = say("principal_authority.full_name", firm.principal)
    new = {
        **facts,
        **{key: say(key, facts[key]) for key in ("legal_name", "email", *NUMBERS)},
        **{
            key: [say(f"{key}.{nth}", one) for nth, one in enumerate(facts[key])]
            for key in ("trading_names", "former_names", "paye_reference")
        },
        "address": _described_address("address", facts["address"], say),
        "signature": principal,
    }
    authority = {
        **firm.profile.people["principal_authority"],
        "full_name": principal,
        "date_of_birth": say(
            "principal_authority.date_of_birth", firm.profile.people["principal_authority"]["date_of_birth"]
        ),
    }
    lists = {
        page: [_described_person(f"{page}.{nth}", one, say) for nth, one in enumerate(people)]
        for page, people in firm.profile.lists.items()
    }
    return Firm(new["legal_name"], principal, new["email"], Profile(new, {"principal_authority": authority}, lists))


def _described_person(key: str, person: Mapping[str, Any], say: Say) -> dict[str, Any]:
    return {
        "full_name": say(f"{key}.full_name", person["full_name"]),
        "date_of_birth": say(f"{key}.date_of_birth", person["date_of_birth"]),
        "address": _described_address(f"{key}.address", person["address"], say),
    }


def _described_address(key: str, address: Mapping[str, str], say: Say) -> dict[str, str]:
    return {part: say(f"{key}.{part}", value) if part in OWN_ADDRESS else value for part, value in address.items()}


OWN_ADDRESS = ("line_1", "town", "county", "postcode")


def _own(random: Random, key: str, language: Language, scheme: str, nation: str) -> dict[str, str]:
    """One more thing that is a firm's own; an address comes whole, and is in the nation of the firm's own."""
    where, _dot, what = key.rpartition(".")
    if where.endswith("address"):
        place = address(random, nation)
        return {f"{where}.{part}": place[part] for part in OWN_ADDRESS}
    if what == "full_name":
        return {key: person_name(random, language)}
    if what == "date_of_birth":
        return {key: birthday(random)}
    if where == "paye_reference":
        return {key: paye_reference(random)}
    return {key: trading_name(random, scheme) + (" Ltd" if where == "former_names" else "")}


def person_name(random: Random, language: Language | None = None) -> str:
    given, family = language or random.choice(words.NAMES)
    return f"{random.choice(given)} {random.choice(family)}"


def birthday(random: Random) -> str:
    return f"{random.randint(1955, 2003)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


TOWNS_OF = {nation: tuple(place for place in words.TOWNS if place[3] == nation) for *_place, nation in words.TOWNS}


def address(random: Random, nation: str = "") -> dict[str, str]:
    town, county, district, country = random.choice(TOWNS_OF[nation] if nation else words.TOWNS)
    return {
        "line_1": f"{random.randint(1, 180)} {random.choice(words.STREETS)}",
        "line_2": "",
        "town": town,
        "county": county,
        "postcode": f"{district} {random.randint(1, 9)}{random.choice(INWARD)}{random.choice(INWARD)}",
        "country": country,
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


def paye_reference(random: Random) -> str:
    return f"{random.randint(100, 999)}/{random.choice('ABEZ')}{random.randint(10, 99_999)}"


# What a firm has of its own that is neither a name nor an address.
NUMBERS: dict[str, Callable[[Random], str]] = {
    "company_number": company_number,
    "utr": tax_reference,
    "vat_number": vat_number,
    "telephone": telephone,
    "mobile": mobile,
}


def trading_name(random: Random, scheme: str) -> str:
    return f"{random.choice(words.INVENTED_PLACES)} {_trade(random, scheme)}"


def _trade(random: Random, scheme: str) -> str:
    return random.choice(words.TRADES.get(scheme, words.STAFFING))


def firm_name(
    random: Random, language: Language, principal: str, status: str, *, scheme: str, invented_place: bool
) -> str:
    """Millions of names, a few of them nearly alike and fewer the same, as in life."""
    given, family = principal.split(" ", 1)
    other = random.choice(language[1])
    place = random.choice(words.INVENTED_PLACES)
    if invented_place:
        first = random.choice((place, f"{place} {family}", f"{place} {other}"))
    else:
        first = random.choice(
            (
                f"{place} {family}",
                f"{place} {other}",
                f"{given} {family}",
                f"{family} & {other}",
                f"{family} {other}",
                f"{given[0]} {family}",
                f"{family} & Sons",
                f"{family}'s",
                place,
                family,
            )
        )
    ending = {"company": random.choice((" Ltd", " Limited")), "partnership": " & Partners"}.get(status, "")
    return f"{first} {_trade(random, scheme)}{ending}"


def _email(name: str, number: int) -> str:
    slug = "".join(c for c in name.lower() if c.isascii() and c.isalnum())[:24]
    return f"office@{slug}-{number}.example"


def _facts(
    random: Random, *, name: str, status: str, principal: str, email: str, sectors: Sequence[str]
) -> dict[str, Any]:
    chosen = random.sample(list(sectors), k=random.choice((1, 1, 2)))
    home = address(random)
    return {
        "legal_name": name,
        "legal_status": status,
        **{key: draw(random) for key, draw in NUMBERS.items()},
        "vat_registered": True,
        "paye_registered": True,
        "paye_reference": [paye_reference(random)],
        "address": home,
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


def _people(random: Random, language: Language) -> list[dict[str, Any]]:
    return [
        {"full_name": person_name(random, language), "date_of_birth": birthday(random), "address": address(random)}
        for _number in range(random.choice((1, 2, 2, 3)))
    ]
