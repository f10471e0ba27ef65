"""Puts made-up firms into the tables as the actions would have left them, many at once; and says which file is whose."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count, islice
from random import Random

from django.db import transaction

from registry import matching
from registry.organisations.models import Fact, LegalStatus, Organisation, Person, Role
from tests.benchmarks.firms import phoenix, world
from tests.benchmarks.firms.people import Named
from tests.benchmarks.firms.world import Address, Firm, World

AT = datetime(2024, 3, 1, 9, tzinfo=UTC)
SINCE = date(2024, 3, 1)
_CHUNK = 2_000
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Register:
    """A past, and who applies now."""

    past: Sequence[Firm]
    applicants: Sequence[Firm]

    @property
    def back(self) -> list[Firm]:
        return [one for one in self.applicants if one.comes_from]


def made_up(seed: str, *, past: int, applicants: int, back: int) -> Register:
    """So many firms of the past, and so many applicants, of whom `back` are firms of the past."""
    made = World.of(seed, size=past)
    before = [world.firm(made) for _nth in range(past)]
    come_back = [phoenix.come_back(made, one) for one in made.random.sample(before, back)]
    honest = [world.honest(made, before) for _nth in range(applicants - back)]
    mixed = [*come_back, *honest]
    Random(f"{seed} order").shuffle(mixed)
    return Register(before, mixed)


def file(firms: Iterable[Firm]) -> dict[int, int]:
    """Write the files of these firms, and by what they are known again. By number of the firm, the key of its row."""
    keys: dict[int, int] = {}
    waiting = iter(firms)
    while some := list(islice(waiting, _CHUNK)):
        with transaction.atomic():
            keys |= _filed(some)
    return keys


def filed() -> dict[int, int]:
    """What `file` said, of what it has written."""
    rows = Organisation.objects.filter(reference__startswith="O-").values_list("reference", "pk")
    return {int(reference.removeprefix("O-")): pk for reference, pk in rows}


def _filed(firms: Sequence[Firm]) -> dict[int, int]:
    files = Organisation.objects.bulk_create(_organisation(firm) for firm in firms)
    Fact.objects.bulk_create(fact for firm, one in zip(firms, files, strict=True) for fact in _facts(firm, one))
    named = [(one, somebody) for firm, one in zip(firms, files, strict=True) for somebody in _people(firm)]
    people = Person.objects.bulk_create(_person(somebody) for _one, roles in named for somebody in roles[:1])
    Role.objects.bulk_create(
        Role(organisation=one, person=person, kind=role.role, since=SINCE)
        for (one, roles), person in zip(named, people, strict=True)
        for role in roles
    )
    matching.add_files([one.pk for one in files])
    return {firm.number: one.pk for firm, one in zip(firms, files, strict=True)}


def _people(firm: Firm) -> Iterator[list[Named]]:
    """Each person once, with all roles."""
    roles: dict[tuple[int, str], list[Named]] = {}
    for one in firm.people:
        roles.setdefault((one.human, one.full_name), []).append(one)
    yield from roles.values()


def _organisation(firm: Firm) -> Organisation:
    return Organisation(
        # Two drawn at random may be the same among so many.
        reference=f"O-{firm.number}",
        legal_name=firm.legal_name,
        trading_names=list(firm.trading_names),
        legal_status=LegalStatus.COMPANY if firm.company_number else LegalStatus.SOLE_TRADER,
        company_number=firm.company_number,
        utr=firm.utr,
        vat_number=firm.vat_number,
        paye_references=[firm.paye] if firm.paye else [],
        address=_address(firm.address),
        telephone=firm.telephone,
        email=firm.email,
        website=firm.website,
        created_at=AT,
    )


def _address(address: Address) -> dict[str, str]:
    line, town, postcode = address
    return {"line_1": line, "line_2": "", "town": town, "county": "", "postcode": postcode, "country": "england"}


def _person(somebody: Named) -> Person:
    return Person(
        reference=f"X-{somebody.human}-{next(_NUMBERS)}",
        full_name=somebody.full_name,
        date_of_birth=somebody.born,
        nino=somebody.nino,
        address=_address(somebody.address),
        telephone=somebody.telephone,
        email=somebody.email,
    )


def _facts(firm: Firm, one: Organisation) -> Iterator[Fact]:
    known = {
        "vehicles": [{"registration": plate} for plate in firm.vehicles],
        "bank_accounts": [matching.account_digest(*account.split()) for account in firm.accounts],
    }
    for key, value in known.items():
        if value:
            yield Fact(organisation=one, key=key, value=value, source="made up", at=AT)
