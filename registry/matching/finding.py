"""Who is like whom: candidates by what they share with few others, then the evidence for each, point by point.

Five statements, however many files are asked about and however many there are. What too many share neither finds
anybody nor counts for anything, so that a crowd in one place costs nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from registry import names
from registry.matching import match_keys as traits
from registry.matching import weights
from registry.matching.evidence import PERSONAL, Common, Likeness, MatchContext, OwnKeys, Whose, at_most, compared
from registry.matching.models import Trait, TraitKind
from registry.matching.people import RUNS, FilePerson
from registry.organisations.models import Organisation, Person
from registry.search.reading import among, read

_TRAITS = Trait._meta.db_table
# Of so many with the most in common each is looked at; only who shares an address with a crowd has more.
_MOST_CANDIDATES = 60
#: By these alone someone in another file is the same person.
_ONE_PERSON = (TraitKind.NINO, TraitKind.BORN)


@dataclass(frozen=True, slots=True)
class ExtraKnowledge:
    """What is known of an organisation and stands in no file yet: of itself, or of somebody, whose `pk` is then below zero."""

    traits: frozenset[traits.Trait]
    person: FilePerson | None = None


def told_of_person(number: int, said: Mapping[str, Any], *, runs: bool) -> ExtraKnowledge:
    """Somebody as a form names them, before they are in a file; `number` tells them from others told at once, from 1."""
    born = traits.day(said.get("date_of_birth"))
    fields = {name: said[name] for name in Person.PERSONAL if said.get(name) and name != "date_of_birth"}
    person = Person(**fields, date_of_birth=born)
    called = tuple(filter(None, (person.full_name, person.former_name)))
    somebody = FilePerson(-number, called, born, runs, traits.keys_of_names(called))
    return ExtraKnowledge(frozenset(traits.of_person(person)), somebody)


def told_of_organisation(said: Mapping[str, Any]) -> ExtraKnowledge:
    """Particulars of an organisation, or facts about it, as a form says them."""
    return ExtraKnowledge(frozenset(traits.of_particulars(said) | traits.of_facts(said)))


def alike(
    organisations: Collection[int],
    *,
    besides: Mapping[int, Collection[ExtraKnowledge]] | None = None,
    least: int = weights.SHOWN,
) -> dict[int, list[Likeness]]:
    """Those who are like each of these organisations, the most alike first; only who comes to `least` points."""
    besides = besides or {}
    own = _own(organisations, besides)
    others = _how_many({key for one in own.values() for key in one.kinds})
    common = _candidates(own, others, least - weights.NEARLY_NAMED)
    known = MatchContext(others, _people(own, common, besides), _called(common))
    return {
        organisation: _ranked(
            compared(organisation, other, own[organisation], shared, known, least=least)
            for other, shared in found.items()
        )
        for organisation, found in common.items()
    }


def who_has(facts: Mapping[str, Any], *, most: int) -> set[int]:
    """The organisations whose file has any of these things, told as facts. A thing that more than `most` have says nothing."""
    having = _holders(map(traits.key, traits.of_facts(facts)), most=most)
    return {organisation for whose in having.values() for organisation, _person in whose}


def same_people(people: Mapping[int, int], *, most: int) -> dict[int, set[int]]:
    """By person (of these, each with the organisation), the people of other files with the same number, or name and day of birth."""
    rows = Trait.objects.filter(person__in=people, organisation__in=people.values(), kind__in=_ONE_PERSON)
    own = [(person, key) for person, key in rows.values_list("person", "key") if person]
    having = _holders({key for _person, key in own}, most=most)
    found: dict[int, set[int]] = defaultdict(set)
    for person, key in own:
        found[person] |= {other for _file, other in having.get(key, ()) if other and other not in people}
    return dict(found)


def people_named(name: str, *, most: int) -> set[int]:
    """The people of files whose name has the sound of this one: their names are still to be compared."""
    keys = traits.keys_of_names([name])
    having = _holders(keys, most=most)
    return {person for whose in having.values() for _file, person in whose if person}


def _holders(keys: Iterable[int], *, most: int) -> dict[int, set[tuple[int, int | None]]]:
    rows = Trait.objects.filter(key__in=set(keys))
    few = rows.values("key").annotate(n=Count("organisation", distinct=True)).filter(n__lte=most)
    found: dict[int, set[tuple[int, int | None]]] = defaultdict(set)
    told = Trait.objects.filter(key__in=[one["key"] for one in few])
    for key, organisation, person in told.values_list("key", "organisation", "person"):
        found[key].add((organisation, person))
    return dict(found)


def _ranked(likenesses: Iterable[Likeness | None]) -> list[Likeness]:
    return sorted(filter(None, likenesses), key=lambda one: (-one.points, one.other))


def _own(organisations: Collection[int], besides: Mapping[int, Collection[ExtraKnowledge]]) -> dict[int, OwnKeys]:
    own = {organisation: OwnKeys() for organisation in organisations}
    sql = f"SELECT organisation_id, key, kind, person_id FROM {_TRAITS} WHERE {among('organisation_id', int)}"
    for organisation, key, kind, person in read(sql, list(own)):
        own[organisation].add(key, kind, person)
    for organisation, more in besides.items():
        for one in more:
            for trait in one.traits:
                own[organisation].add(traits.key(trait), trait[0], one.person.pk if one.person else None)
    return own


def _how_many(keys: Collection[int]) -> dict[int, int]:
    """How many others have each of these besides the two that are compared."""
    sql = f"SELECT key, COUNT(DISTINCT organisation_id) FROM {_TRAITS} WHERE {among('key', int)} GROUP BY key"
    return {key: max(0, count - 2) for key, count in read(sql, list(keys))}


def _candidates(own: Mapping[int, OwnKeys], others: Mapping[int, int], least: float) -> dict[int, dict[int, Common]]:
    """By organisation that is asked about: who shares what with it, if that may come to so many points.

    Names that are only nearly the same are looked at last: they may add to it.
    """
    having: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    sql = f"SELECT key, organisation_id, person_id FROM {_TRAITS} WHERE {among('key', int)}"
    for key, organisation, person in read(sql, [key for key, count in others.items() if count < weights.COMMON]):
        having[key].append((organisation, person))
    return {
        organisation: dict(_promising(organisation, one, having, others, least)) for organisation, one in own.items()
    }


def _promising(
    organisation: int,
    own: OwnKeys,
    having: Mapping[int, list[tuple[int, int | None]]],
    others: Mapping[int, int],
    least: float,
) -> Iterator[tuple[int, Common]]:
    common: dict[int, dict[int, Whose]] = defaultdict(lambda: defaultdict(set))
    for key in own.kinds:
        for other, person in having.get(key, ()):
            if other != organisation:
                common[other][key].add(person)
    ranked = sorted((-at_most(own, shared, others), other) for other, shared in common.items())
    for less, other in ranked[:_MOST_CANDIDATES]:
        if -less >= least:
            yield other, common[other]


def _people(
    own: Mapping[int, OwnKeys],
    common: Mapping[int, Mapping[int, Common]],
    besides: Mapping[int, Collection[ExtraKnowledge]],
) -> dict[int, FilePerson]:
    """All who are compared with somebody."""
    wanted: set[int] = set()
    for organisation, candidates in common.items():
        mine = own[organisation]
        for shared in candidates.values():
            for key, theirs in shared.items():
                if mine.kinds[key] in PERSONAL:
                    wanted.update(pk for pk in theirs | mine.whose[key] if pk is not None)
    rows = Person.objects.filter(pk__in=wanted).values_list(
        "pk", "full_name", "former_name", "date_of_birth", "roles__kind"
    )
    found = {one.person.pk: one.person for more in besides.values() for one in more if one.person}
    for pk, full, former, born, role in rows if wanted else ():
        runs = role in RUNS or (pk in found and found[pk].runs)
        called = tuple(filter(None, (full, former)))
        found[pk] = FilePerson(pk, called, born, runs, traits.keys_of_names(called))
    return found


def _called(common: Mapping[int, Mapping[int, Common]]) -> dict[int, list[str]]:
    wanted = {pk for asked, candidates in common.items() if candidates for pk in (asked, *candidates)}
    rows = Organisation.objects.filter(pk__in=wanted).values_list("pk", "legal_name", "trading_names", "former_names")
    if not wanted:
        return {}
    return {pk: list(map(names.fold, [legal, *trading, *former])) for pk, legal, trading, former in rows}
