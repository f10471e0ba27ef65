"""What speaks for two files being of the same people, point by point, from what they share. Plain values; no database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from registry import names
from registry.matching import weights
from registry.matching.models import TraitKind
from registry.matching.people import FilePerson, PersonMatch, Resemblance, likened

#: What is a person's own name or birthday: compared person by person.
PERSONAL = frozenset({TraitKind.NINO, TraitKind.BORN, TraitKind.YEAR, TraitKind.DAY, TraitKind.WORD, TraitKind.NAMED})
# Whose a key is: a person's, or None for the organisation's own.
Whose = set[int | None]
#: What another file shares: by key, whose it is there.
Common = Mapping[int, Whose]


@dataclass(frozen=True, slots=True)
class MatchSignal:
    """One thing that two files have in common, and what it is worth: less the more others have it too (`others`).

    `mine` and `theirs` are the people whose it is, by primary key; none where it is the organisation's own. `key` tells it
    from other things, and is the same as long as it is the same thing; 0 for names that are only nearly the same.
    """

    kind: TraitKind
    how: Resemblance
    points: int
    others: int = 0
    key: int = 0
    mine: tuple[int, ...] = ()
    theirs: tuple[int, ...] = ()
    is_of_mine: bool = False  # of the organisation itself, whosoever it is besides
    is_of_theirs: bool = False

    @property
    def is_personal(self) -> bool:
        """Whether it is that two people are alike."""
        return self.kind in PERSONAL


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two files that may be of the same people, and all that speaks for it, the weightiest first."""

    organisation: int
    other: int
    points: int
    signals: tuple[MatchSignal, ...]


@dataclass(slots=True)
class OwnKeys:
    """What is known of a file that is asked about: each key with its kind and whose it is."""

    kinds: dict[int, TraitKind] = field(default_factory=dict)
    whose: dict[int, Whose] = field(default_factory=lambda: defaultdict(set))

    def add(self, key: int, kind: int, person: int | None) -> None:
        self.kinds[key] = TraitKind(kind)
        self.whose[key].add(person)


@dataclass(frozen=True, slots=True)
class MatchContext:
    """What is known of everybody: how many others have a key, who the people are, what the organisations are called, folded."""

    others: Mapping[int, int]
    people: Mapping[int, FilePerson]
    called: Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Raw:
    """A signal before it is set off against others."""

    signal: MatchSignal
    points: float
    most: float = 0.0  # of a person: what they come to at most with all that is theirs


def compared(
    organisation: int, other: int, own: OwnKeys, common: Common, known: MatchContext, *, least: int
) -> Likeness | None:
    """All that these two have in common, weighed; nothing when it does not come to so many points."""
    people = list(_people(own, common, known))
    brought, things = _brought(people, list(_given_together(list(_things(own, common, known)))))
    weighed = [*_less_for_more([*things, *people]), *_with_people(people, brought)]
    missing = least - sum(one.points for one in weighed)
    # Comparing names takes longer than all the rest, and adds little.
    if missing <= weights.NEARLY_NAMED:
        weighed += _nearly_named(organisation, other, own, common, known)
    signals = sorted((one for one in weighed if one.points), key=_weightiest)
    points = sum(one.points for one in signals)
    return Likeness(organisation, other, points, tuple(signals)) if points >= least else None


def _weightiest(signal: MatchSignal) -> tuple[int, int, int]:
    return -signal.points, signal.kind, signal.key


def _less_for_more(raw: Iterable[_Raw]) -> Iterator[MatchSignal]:
    """What is of one sort is seldom independent: the best counts in full, the next half, and so on."""
    seen: dict[str, int] = defaultdict(int)
    for one in sorted(raw, key=lambda one: (-one.points, one.signal.kind, one.signal.key)):
        sort = weights.SORTS[one.signal.kind]
        yield replace(one.signal, points=round(one.points * 0.5 ** seen[sort]))
        seen[sort] += 1


def _given_together(things: Sequence[_Raw]) -> Iterator[_Raw]:
    """Address, telephone and mailbox that firms give together are an agent's, if others give one of them too.

    Each then counts as little as the one that most share; but never less than half of what it counts alone, as a firm
    that comes back may have stayed in a crowded house.
    """
    together = [one.signal.others for one in things if _is_given(one)]
    most = max(together, default=0)
    for one in things:
        if _is_given(one):
            alone = weights.share(one.signal.others)
            less = max(weights.share(most), alone * weights.LEAST_TOGETHER)
            one = replace(one, points=one.points * less / alone if alone else 0.0)
        yield one


def _is_given(one: _Raw) -> bool:
    """Whether both organisations themselves give it as where they are reached."""
    signal = one.signal
    return weights.SORTS[signal.kind] == "reached" and signal.is_of_mine and signal.is_of_theirs


def _brought(people: Sequence[_Raw], things: Sequence[_Raw]) -> tuple[dict[int, list[_Raw]], list[_Raw]]:
    """Whose own telephone, mailbox or home it is in both files: it says again who they are, and nothing of the firms."""
    pairs = {
        (mine, theirs): nth
        for nth, one in enumerate(people)
        for mine in one.signal.mine
        for theirs in one.signal.theirs
    }
    brought: dict[int, list[_Raw]] = defaultdict(list)
    rest = []
    for thing in things:
        signal = thing.signal
        of = [pairs[pair] for pair in product(signal.mine, signal.theirs) if pair in pairs]
        if of and not (signal.is_of_mine and signal.is_of_theirs):
            brought[min(of)].append(thing)
        else:
            rest.append(thing)
    return brought, rest


def _with_people(people: Sequence[_Raw], brought: Mapping[int, Sequence[_Raw]]) -> Iterator[MatchSignal]:
    """What people bring with them makes surer that it is them, up to what somebody counts who is surely the same."""
    for nth, things in brought.items():
        left = max(0.0, people[nth].most - people[nth].points)
        for thing in sorted(things, key=lambda one: (-one.points, one.signal.kind, one.signal.key)):
            points = min(left, thing.points)
            left -= points
            yield replace(thing.signal, points=round(points))


def at_most(own: OwnKeys, common: Common, others: Mapping[int, int]) -> float:
    """What it may come to, were everything to count as much as it can: to leave out early who need not be looked at."""
    by_person: dict[int | None, float] = defaultdict(float)
    by_sort: dict[str, list[float]] = defaultdict(list)
    for key in common:
        kind = own.kinds[key]
        points = _AT_MOST[kind] * weights.share(others[key])
        if kind in PERSONAL:
            for person in own.whose[key]:
                by_person[person] = max(by_person[person], points)
        else:
            by_sort[weights.SORTS[kind]].append(points)
    by_sort["person"] = list(by_person.values())
    return sum(_halved(sort) for sort in by_sort.values())


def _halved(points: Iterable[float]) -> float:
    """As `_less_for_more` adds them up."""
    return sum(one * 0.5**nth for nth, one in enumerate(sorted(points, reverse=True)))


_AT_MOST: Mapping[TraitKind, int] = {
    **weights.POINTS,
    TraitKind.YEAR: weights.SLIP,
    TraitKind.DAY: weights.SLIP,
    TraitKind.WORD: weights.NEARLY_CALLED,
    TraitKind.NAMED: weights.NO_BIRTHDAY,
}


def _things(own: OwnKeys, common: Common, known: MatchContext) -> Iterator[_Raw]:
    """Numbers, addresses and belongings: equal or not."""
    for key, theirs in common.items():
        kind = own.kinds[key]
        if kind in PERSONAL or (kind == TraitKind.HOST and _follows(key, own, common)):
            continue
        others = known.others[key]
        mine = own.whose[key]
        firms = None in mine, None in theirs
        signal = MatchSignal(kind, Resemblance.SAME, 0, others, key, _persons(mine), _persons(theirs), *firms)
        yield _Raw(signal, weights.POINTS[kind] * weights.share(others))


def _follows(host: int, own: OwnKeys, common: Common) -> bool:
    """Whether the domain is that of a mailbox that both have."""
    mailboxes = [key for key in common if own.kinds[key] == TraitKind.EMAIL]
    return any(own.whose[host] & own.whose[key] and common[host] & common[key] for key in mailboxes)


def _persons(whose: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted(person for person in whose if person is not None))


def _people(own: OwnKeys, common: Common, known: MatchContext) -> Iterator[_Raw]:
    """Each person is likened to one other at most, the best pairs first."""
    found = [
        (likened_pair, mine, theirs)
        for (mine, theirs), shared in _pairs(own, common).items()
        if (likened_pair := _likened(mine, theirs, shared, known)) is not None
    ]
    found.sort(key=lambda one: (-one[0].points, one[1], one[2]))
    taken: set[tuple[str, int]] = set()
    for pair, mine, theirs in found:
        if not taken & {("mine", mine), ("theirs", theirs)}:
            taken |= {("mine", mine), ("theirs", theirs)}
            signal = MatchSignal(_sort_of(pair.kind), pair.how, 0, known.others[pair.key], pair.key, (mine,), (theirs,))
            yield _Raw(signal, pair.points, pair.most)


def _likened(mine: int, theirs: int, shared: Mapping[TraitKind, set[int]], known: MatchContext) -> PersonMatch | None:
    one, other = known.people.get(mine), known.people.get(theirs)
    return likened(one, other, shared, known.others) if one and other else None


def _pairs(own: OwnKeys, common: Common) -> dict[tuple[int, int], dict[TraitKind, set[int]]]:
    """By pair of people, one of each file: which keys they share, by kind."""
    pairs: dict[tuple[int, int], dict[TraitKind, set[int]]] = defaultdict(lambda: defaultdict(set))
    for key, theirs in common.items():
        if own.kinds[key] in PERSONAL:
            for mine in _persons(own.whose[key]):
                for their in _persons(theirs):
                    pairs[mine, their][own.kinds[key]].add(key)
    return pairs


def _sort_of(kind: TraitKind) -> TraitKind:
    """Whichever key two people share, what they have in common is that they are one person."""
    return kind if kind == TraitKind.NINO else TraitKind.BORN


def _nearly_named(
    organisation: int, other: int, own: OwnKeys, common: Common, known: MatchContext
) -> Iterator[MatchSignal]:
    """Names that are nearly the same, where none is the same."""
    if any(own.kinds[key] == TraitKind.NAME for key in common):
        return
    theirs = [names.fold(name) for name in known.called.get(other, ())]
    mine = [names.fold(name) for name in known.called.get(organisation, ())]
    best = float(names.scores(mine, theirs).max(initial=0.0))
    if best >= weights.LEAST_NEARLY:
        yield MatchSignal(TraitKind.NAME, Resemblance.NEARLY, weights.NEARLY_NAMED)
