"""A made-up past of firms, and applicants of whom a few are firms of the past come back. The same for the same seed.

What makes it hard is in it on purpose: common names and rare ones, namesakes, families under one roof, people who work
for one firm after another, accountants whose address and telephone many firms give, business parks, offices by the hour,
secretaries by profession, telephones and vans that change hands. None of that makes a firm one of the past.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, count
from random import Random
from typing import Any

from tests.benchmarks.firms import people, words
from tests.benchmarks.firms.people import Human, Named

#: Line 1, town, postcode.
Address = tuple[str, str, str]

# Shares no factor with the numbers of anything that is drawn.
_STEP = 1_000_000_007 * 7_919

LEADS = ("principal_authority", "director", "partner", "controller")


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as its file has it. `comes_from` is the number of the firm of the past that it is; 0 for none."""

    number: int
    legal_name: str
    trading_names: tuple[str, ...]
    company_number: str
    utr: str
    vat_number: str
    paye: str
    address: Address
    telephone: str
    email: str
    website: str
    accounts: tuple[str, ...]
    vehicles: tuple[str, ...]
    people: tuple[Named, ...]
    comes_from: int = 0
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agent:
    """An accountant or agent, whose address, telephone and mailbox stand in the files of clients."""

    address: Address
    telephone: str
    email: str


@dataclass(slots=True)
class World:
    """Everything that firms share by chance; `random` decides all."""

    random: Random
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    humans: dict[int, Human] = field(default_factory=dict)
    postcodes: list[tuple[str, str]] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    offices: list[Address] = field(default_factory=list)
    secretaries: list[Human] = field(default_factory=list)
    weights: dict[str, Sequence[float]] = field(default_factory=dict)
    draws: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, seed: str, *, size: int) -> "World":
        """Ready for so many firms: how much there is to share grows with them."""
        world = cls(Random(seed))
        world.postcodes = [world._postcode() for _nth in range(max(200, size // 3))]
        for _nth in range(max(20, size // 70)):
            address = world.home()
            mailbox = f"office@{world.word()}-accounts{next(world.numbers)}.co.uk"
            world.agents.append(Agent(address, world.telephone(), mailbox))
        world.offices = [
            (f"{world.random.randint(1, 90)} {world.street()}", *world.place()) for _nth in range(max(10, size // 250))
        ]
        world.secretaries = [world.human() for _nth in range(max(3, size // 1500))]
        # Some have a handful of clients, a few have hundreds.
        world.weights = {
            "agents": list(accumulate(1 / (rank + 2) ** 0.9 for rank in range(len(world.agents)))),
            "offices": list(accumulate(1 / (rank + 2) for rank in range(len(world.offices)))),
            "secretaries": list(accumulate(1 / (rank + 1) for rank in range(len(world.secretaries)))),
        }
        return world

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def word(self) -> str:
        return self.random.choice(words.PLACES).lower()

    def street(self) -> str:
        return f"{people.by_rank(self.random, words.STREETS)} {people.by_rank(self.random, words.WAYS)}"

    def place(self) -> tuple[str, str]:
        return self.random.choice(self.postcodes)

    def home(self) -> Address:
        return (f"{self.random.randint(1, 140)} {self.street()}", *self.place())

    def _postcode(self) -> tuple[str, str]:
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        inward = f"{self.random.randint(0, 9)}{self.random.choice(letters)}{self.random.choice(letters)}"
        outward = f"{self.random.choice(words.AREAS)}{self.random.randint(1, 24)}"
        return self.random.choice(words.TOWNS), f"{outward} {inward}"

    def drawn(self, kind: str, below: int) -> int:
        """A number that nobody else has: by steps through all that there are, as chance would meet one twice."""
        self.draws[kind] = (self.draws.get(kind, self.random.randrange(below)) + _STEP) % below
        return self.draws[kind]

    def telephone(self) -> str:
        return f"+447{self.drawn('telephone', 10**9):09}"

    def human(self, *, family: str = "", community: int | None = None, address: Address | None = None) -> Human:
        random = self.random
        of = people.community(random) if community is None else community
        listed = words.COMMUNITIES[of]
        given = people.by_rank(random, listed.given)
        family = family or people.family_name(random, listed)
        number = next(self.numbers)
        plain = people.transliterated(Random(number), f"{given} {family}").lower()
        mailbox = "".join(c for c in plain.replace(" ", random.choice((".", "", "_"))) if c.isascii()) or "post"
        born = people.birthday(random, listed)
        human = Human(
            number=number,
            community=of,
            given=given,
            middle=people.by_rank(random, listed.given) if self.chance(0.25) else "",
            family=family,
            born=born,
            nino=people.nino(self.drawn("nino", people.NINOS)),
            address=address or self.home(),
            telephone=self.telephone(),
            email=f"{mailbox}{random.randrange(10_000)}@{random.choice(words.MAILBOXES)}",
        )
        self.humans[number] = human
        return human

    def agent(self) -> Agent:
        return self.random.choices(self.agents, cum_weights=self.weights["agents"])[0]

    def office(self) -> Address:
        return self.random.choices(self.offices, cum_weights=self.weights["offices"])[0]

    def secretary(self) -> Human:
        return self.random.choices(self.secretaries, cum_weights=self.weights["secretaries"])[0]


def firm(world: World, *, team: Sequence[tuple[Human, str]] = ()) -> Firm:
    """An honest firm, of a team of its own unless one is given."""
    random = world.random
    team = team or _team(world)
    name = _firm_name(world, team[0][0])
    domain = f"{''.join(c for c in name.lower() if c.isascii() and c.isalnum())[:24]}{random.randrange(100)}.co.uk"
    has_domain = world.chance(0.5)
    own: dict[str, Any] = {
        "address": _business_address(world, team[0][0]),
        "telephone": world.telephone() if world.chance(0.6) else team[0][0].telephone,
        "email": f"{random.choice(('info', 'office', 'admin', 'jobs'))}@{domain}" if has_domain else team[0][0].email,
    }
    if world.chance(0.25):
        own |= _by_agent(world)
    is_company = world.chance(0.85)
    return Firm(
        number=next(world.numbers),
        legal_name=name,
        trading_names=(_firm_name(world, team[0][0]),) if world.chance(0.25) else (),
        company_number=f"{world.drawn('company', 16_000_000):08}" if is_company else "",
        utr=f"{world.drawn('utr', 10**10):010}",
        vat_number=f"{world.drawn('vat', 10**9):09}" if world.chance(0.7) else "",
        paye=_paye(random, world.drawn("paye", 10**5 * 10**3)) if world.chance(0.9) else "",
        website=f"https://www.{domain}/" if has_domain else _page(world),
        accounts=(f"{random.randrange(10**6):06} {world.drawn('account', 10**8):08}",) if world.chance(0.6) else (),
        vehicles=tuple(_plate(random) for _nth in range(random.choice((0, 0, 1, 1, 2, 3, 5)))),
        people=tuple(people.named(human, role, gives=1.0, random=random) for human, role in team),
        **own,
    )


def _paye(random: Random, number: int) -> str:
    letters = random.choice("ABCDEFGHJKLMNPRSTUVWXYZ") + random.choice("ABEGJKPRSTWZ")
    return f"{number % 1000:03}/{letters}{number // 1000:05}"


def _plate(random: Random) -> str:
    letters = "ABCDEFGHJKLMNOPRSTUVWXY"
    area, rest = random.choices(letters, k=2), random.choices(letters, k=3)
    return f"{''.join(area)}{random.choice(('08', '12', '15', '17', '58', '62', '65', '67', '19', '69', '21', '71'))} {''.join(rest)}"


def _page(world: World) -> str:
    return (
        f"https://{world.random.choice(words.PAGES_OF_ALL)}/{world.word()}{next(world.numbers)}"
        if world.chance(0.25)
        else ""
    )


def _team(world: World) -> list[tuple[Human, str]]:
    """Who runs a firm and who acts for it: often of one family, under one roof."""
    random = world.random
    first = world.human()
    team = (
        [(first, "principal_authority"), (first, "director")] if world.chance(0.7) else [(first, "principal_authority")]
    )
    for _nth in range(random.choice((0, 1, 1, 1, 2, 2, 3))):
        related = world.chance(0.35)
        if related:
            address = first.address if world.chance(0.75) else None
            member = world.human(family=first.family, community=first.community, address=address)
        else:
            member = world.human(community=first.community if world.chance(0.6) else None)
        team.append((member, random.choice(("director", "director", "controller", "named_individual"))))
    for _nth in range(random.choice((0, 0, 1, 1, 2, 3))):
        team.append((world.human(), "named_individual"))
    if world.chance(0.08):
        team.append((world.secretary(), "secretary"))
    return team


def _firm_name(world: World, first: Human) -> str:
    random = world.random
    form, trade = random.choice(words.FORMS), random.choice(words.TRADES)
    way = random.randrange(4)
    if way == 0:
        family = people.latin(first.family)
        called = f"{family} {random.choice(('& Sons', trade, trade, 'Brothers'))}"
    elif way == 1:
        called = f"{random.choice(words.PLACES)} {trade}"
    elif way == 2:
        called = f"{random.choice(words.PLACES)} {random.choice(words.PLACES)} {trade}"
    else:
        letters = "".join(random.choices("ABCDEFGHJKLMNPRSTVW", k=random.choice((2, 3))))
        called = f"{letters} {trade}"
    return f"{called} {form}".strip()


def _business_address(world: World, first: Human) -> Address:
    roll = world.random.random()
    if roll < 0.35:
        return first.address
    if roll < 0.5:
        return world.office()
    if roll < 0.75:
        # A unit of a business park: the same postcode as the others, another number.
        _line, town, postcode = world.office()
        return f"Unit {world.random.randint(1, 40)}", town, postcode
    return world.home()


def _by_agent(world: World) -> dict[str, Any]:
    agent = world.agent()
    given: dict[str, Any] = {}
    for name, part in (("address", 0.7), ("telephone", 0.5), ("email", 0.4)):
        if world.chance(part):
            given[name] = getattr(agent, name)
    return given


# --- applicants who are nobody of the past, and look it


def honest(world: World, past: Sequence[Firm]) -> Firm:
    """An applicant who is nobody of the past: now and then with something in common with somebody there, by chance."""
    applicant = firm(world)
    for way, part in CHANCES:
        if world.chance(part):
            applicant = way(world, applicant, world.random.choice(past))
    return applicant


def _namesake(world: World, applicant: Firm, other: Firm) -> Firm:
    """The principal authority is called as somebody there, and is born on another day."""
    there = world.random.choice(other.people)
    return _first_called(applicant, there.full_name)


def _born_on_that_day(world: World, applicant: Firm, other: Firm) -> Firm:
    """Called as somebody there and born on that day of another year, or nearly."""
    there = world.random.choice(other.people)
    applicant = _first_called(applicant, there.full_name)
    if there.born is None:
        return applicant
    born = there.born.replace(
        year=there.born.year + world.random.choice((-23, -14, -7, 5, 12, 18)), day=min(28, there.born.day)
    )
    return replace(applicant, people=(replace(applicant.people[0], born=born), *applicant.people[1:]))


def _first_called(applicant: Firm, name: str) -> Firm:
    first = replace(applicant.people[0], full_name=name)
    rest = (replace(one, full_name=name) if one.human == first.human else one for one in applicant.people[1:])
    return replace(applicant, people=(first, *rest))


def _relative(world: World, applicant: Firm, other: Firm) -> Firm:
    """A grown-up child of somebody there, still at the same address; now and then with the telephone of the house."""
    there = other.people[0]
    before = world.humans[there.human]
    child = world.human(family=before.family, community=before.community, address=before.address)
    joined = people.named(child, applicant.people[-1].role, gives=1.0, random=world.random)
    if world.chance(0.3):
        joined = replace(joined, telephone=there.telephone)
    return replace(
        applicant, people=(*applicant.people[:-1], joined) if len(applicant.people) > 1 else (*applicant.people, joined)
    )


def _moved_on(world: World, applicant: Firm, other: Firm) -> Firm:
    """Somebody who booked workers for the one now does so for the other."""
    minor = [one for one in other.people if one.role == "named_individual"]
    return replace(applicant, people=(*applicant.people, world.random.choice(minor))) if minor else applicant


def _bought_van(_world: World, applicant: Firm, other: Firm) -> Firm:
    return replace(applicant, vehicles=(*applicant.vehicles, other.vehicles[0])) if other.vehicles else applicant


def _took_number(_world: World, applicant: Firm, other: Firm) -> Firm:
    """A telephone number that was given up is given to somebody else."""
    return replace(applicant, telephone=other.telephone)


def _moved_in(_world: World, applicant: Firm, other: Firm) -> Firm:
    """Into the unit that the other one left."""
    return replace(applicant, address=other.address)


def _called_alike(world: World, applicant: Firm, other: Firm) -> Firm:
    called = (
        other.legal_name
        if world.chance(0.5)
        else f"{other.legal_name.split()[0]} {world.random.choice(words.TRADES)} Ltd"
    )
    return replace(applicant, legal_name=called)


Change = Callable[[World, Firm, Firm], Firm]
CHANCES: tuple[tuple[Change, float], ...] = (
    (_namesake, 0.08),
    (_born_on_that_day, 0.02),
    (_relative, 0.04),
    (_moved_on, 0.03),
    (_bought_van, 0.03),
    (_took_number, 0.015),
    (_moved_in, 0.04),
    (_called_alike, 0.08),
)
