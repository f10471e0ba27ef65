"""A firm of the past come back: under another name, with the directors exchanged, somewhere else, and never all traces gone."""

from dataclasses import replace
from random import Random

from tests.benchmarks.firms import people, words
from tests.benchmarks.firms.people import Named
from tests.benchmarks.firms.world import LEADS, Firm, World, firm

#: Traces by which somebody could know a firm again; of each that comes back at least so many are left.
LEAST_TRACES = 2


def come_back(world: World, before: Firm) -> Firm:
    """The firm `before` as it applies again. What is left of it is left to chance, and never less than two traces."""
    while True:
        again, traces = _disguised(world, before)
        if len(traces) >= LEAST_TRACES:
            return replace(again, comes_from=before.number, ways=tuple(sorted(traces)))


def _disguised(world: World, before: Firm) -> tuple[Firm, set[str]]:
    random = world.random
    again = firm(world)
    traces: set[str] = set()
    again = replace(again, legal_name=_another_name(random, again, before))
    again, back = _exchanged(world, again, before)
    traces |= back
    for name, part in (("telephone", 0.4), ("email", 0.2), ("website", 0.3), ("address", 0.15)):
        kept = getattr(before, name)
        if kept and world.chance(part) and not _is_shared(world, name, kept):
            again = replace(again, **{name: kept})
            traces.add(name)
    if before.accounts and world.chance(0.35):
        again = replace(again, accounts=before.accounts)
        traces.add("account")
    kept = tuple(plate for plate in before.vehicles if world.chance(0.5))
    if kept:
        again = replace(again, vehicles=(*again.vehicles, *kept))
        traces.add("vehicle")
    if before.paye and world.chance(0.04):
        again = replace(again, paye=before.paye)
        traces.add("paye")
    return again, traces


def _is_shared(world: World, name: str, kept: object) -> bool:
    """The address of an accountant or of an office by the hour is no trace."""
    if name == "website":
        return any(host in str(kept) for host in words.PAGES_OF_ALL)
    return any(getattr(agent, name) == kept for agent in world.agents) or kept in world.offices


def _another_name(random: Random, again: Firm, before: Firm) -> str:
    roll, old = random.random(), before.legal_name
    if roll < 0.6:
        return again.legal_name
    if roll < 0.8:
        return f"{old.split()[0]} {random.choice(words.TRADES)} {random.choice(words.FORMS)}".strip()
    if roll < 0.9:
        return f"{' '.join(old.split()[:-1]) or old} {random.choice(('2020', 'UK', 'Group', 'Services', '(East)'))} Ltd"
    return before.trading_names[0] if before.trading_names else people.misspelt(random, old)


def _exchanged(world: World, again: Firm, before: Firm) -> tuple[Firm, set[str]]:
    """New people in front; of those who ran the old firm one or two are back, in another role as a rule."""
    random = world.random
    team = list(again.people)
    elsewhere = team[0].address
    ran = list({one.human: one for one in before.people if one.role in LEADS}.values())
    others = list(
        {
            one.human: one for one in before.people if one.role not in LEADS and one.human not in _secretaries(world)
        }.values()
    )
    back = [one for one in ran if world.chance(0.6)] + [one for one in others if world.chance(0.25)]
    for one in back:
        role = (
            random.choice(LEADS)
            if world.chance(0.45)
            else random.choice(("named_individual", "alternative_representative"))
        )
        team.append(people.come_back(random, one, world.humans[one.human], role, elsewhere))
    traces = {"person"} if any(one.human in {lead.human for lead in ran} for one in back) else set()
    if len(back) > 1:
        traces.add("another person")
    if world.chance(0.25):
        team[0] = _of_the_house(world, team[0], ran[0])
        traces.add("house")
    return replace(again, people=tuple(team)), traces


def _secretaries(world: World) -> set[int]:
    return {one.number for one in world.secretaries}


def _of_the_house(world: World, front: Named, before: Named) -> Named:
    """In front stands the husband, the wife or a child: of the same name, at the same address."""
    old = world.humans[before.human]
    member = world.human(family=old.family, community=old.community, address=old.address)
    return people.named(member, front.role, gives=1.0, random=world.random)
