"""The only writer of a status and of history. Every change of the world leaves one event here, in its own transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar, cast

from django.conf import settings
from django.db import models, transaction

from registry import days, signing
from registry.accounts.models import User
from registry.integrity import covering, head_file
from registry.lifecycle import Lifecycle
from registry.reading import actions as consultations
from registry.schemes import freezing
from registry.tasks.following import follow
from registry.trail.models import rows
from registry.trail.models.covered import RowDigest, refuse_rewritten_row
from registry.trail.models.events import Counter, Event
from registry.trail.models.events import reference_of as reference_of
from registry.trail.queries import beginnings
from registry.trail.queries.chain import hashed, head
from registry.trail.queries.versions import refuse_unseen, subject_of

M = TypeVar("M", bound=models.Model)


class HasStatus(Protocol):
    """A row whose status moves by a lifecycle."""

    status: str
    lifecycle: Lifecycle


class UndeclaredField(TypeError):
    """A move was given a field that its row in the lifecycle does not name."""


#: Where a thing that is locked keeps the transaction, or the part of one, in which it is.
_HELD_IN = "held_in"
#: After the first round of a new worker no request of the code of before is left.
NONE_LEFT_AFTER = timedelta(minutes=5)
#: Of an event that is no one's act.
_NOTHING = dict.fromkeys(("by", "by_name", "before", "after", "because"), "")
#: Of rows that are covered for the first time, how many one event commits to.
ROWS_AN_EVENT = 20_000


def locked(thing: M, *, among: models.QuerySet[M] | None = None) -> M:
    """The thing as it is now, locked until the transaction ends. Rows that only refer to it need not wait.

    `among` are those that may be had, read with whatever it reads along; raises `DoesNotExist` when this is none of them.
    Raises `ChangedMeanwhile` when the page that was sent has not shown what has happened to it, and
    `covering.RowRewritten` when the trail covers the row, and it is not as the last event about it left it.
    """
    found = type(thing)._default_manager.all() if among is None else among
    held = found.select_for_update(no_key=True, of=("self",)).get(pk=thing.pk)
    refuse_unseen(subject_of(held))
    refuse_rewritten_row(held)
    days.remember(held)
    blocks = covering.sealing(held._state.db or "default").atomic_blocks
    held.__dict__[_HELD_IN] = blocks[-1] if blocks else None
    return held


def _is_held(thing: models.Model) -> bool:
    """Whether this is the copy that was read when the action locked the thing: no one else can have changed it since."""
    block = thing.__dict__.get(_HELD_IN)
    return any(block is one for one in covering.sealing().atomic_blocks)


def move(thing: M, name: str, *, by: User | None, at: datetime, because: str = "", **facts: Any) -> M:
    """Make one move of the thing's lifecycle, with the facts that go with it, and write it down.

    The tasks of the old state are closed and those of the new one opened (`registry.tasks`).

    Raises `Refused` (wrong_state) when the table has no such move from here, and `UndeclaredField` for a fact whose field
    the row of the move does not name (`sets`).
    """
    case = cast(HasStatus, thing)
    before, after = case.status, case.lifecycle.after(case.status, name)
    if undeclared := sorted(set(facts) - case.lifecycle.sets(name)):
        raise UndeclaredField(f"{thing._meta.label}: the move {name} does not set {', '.join(undeclared)}")
    case.status = after
    for field, value in facts.items():
        setattr(thing, field, value)
    thing.save(update_fields=["status", *facts])
    event = _record(thing, name, by=by, at=at, because=because, before=before, after=after, facts=facts)
    follow(thing, event=event, by=by)
    return thing


def record(
    thing: models.Model,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    because: str = "",
    before: str = "",
    after: str = "",
    also_about: Iterable[models.Model] = (),
    **facts: Any,
) -> Event:
    """Write down one thing that was done, and open and close the tasks that follow from it.

    `also_about`: other things, as they are now, of which tasks may follow from it.

    The head of the chain is locked until commit, so numbers follow commits. The event commits to the covered rows that were written since the last one (`registry.integrity.covering`). The first about
    anything that is pinned to a version of a scheme keeps what the version says (`registry.schemes.freezing`).
    """
    event = _record(thing, verb, by=by, at=at, because=because, before=before, after=after, facts=facts)
    # It may have been read before someone else changed it, and its tasks follow what is true now.
    follow(thing, *also_about, event=event, by=by, is_read_again=not _is_held(thing))
    return event


def _record(
    thing: models.Model,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    because: str,
    before: str,
    after: str,
    facts: Mapping[str, Any],
) -> Event:
    days.refuse_impossible(thing, dict(facts), at=at)
    freezing.freeze(thing, at=at)
    content: dict[str, Any] = {
        "at": at,
        "by": by.reference if by else "",
        "by_name": str(by) if by else "",
        "verb": verb,
        "kind": thing._meta.model_name,
        "reference": reference_of(thing),
        "before": before,
        "after": after,
        "because": because,
        "facts": signing.plain({key: _plain(value) for key, value in facts.items()}),
    }
    event = _write(content, _people_apart(content, covering.take_written()))
    if by is not None:
        about = {"reference": event.reference, "facts": event.facts}
        consultations.note_act(thing, verb=verb, event=event.number, **about, by=by, at=at)
    return event


def seal(using: str = "default") -> None:
    """Write one event for the covered rows that were written since the last one, if there are any. Called before each commit."""
    if digests := covering.take_written(using):
        # A commit is given no instant: it has that of the last thing done in it, and else the clock's.
        at = covering.sealing(using).last_event_at or head_file.clock()
        if rest := _people_apart({**_NOTHING, "at": at, "kind": "", "reference": ""}, digests):
            _write_seal("seal", rest, at=at)


def cover_all(*, at: datetime) -> int:
    """Give a digest to every covered row that has none: for sample data only (a test). Says to how many."""
    return _cover(covering.rows_without_digest(), at=at)


@transaction.atomic
def cover_new_kinds(*, at: datetime) -> int:
    """Give a digest to every row of the kinds that have only now come to be covered: once, when a version is set up.

    Where there is a past it is written down which kinds are covered, so that no row of one that was empty is taken in later.
    """
    last = beginnings.last(beginnings.COVERED_KINDS)
    known, kinds = last.facts["kinds"] if last else [], covering.kinds()
    new = [kind for kind in covering.kinds_without_digest() if kind not in known]
    count = _cover(covering.rows_without_digest(new), at=at)
    if known != kinds and Event.objects.exists():
        begin_rule(beginnings.COVERED_KINDS, at=at, kinds=kinds, new=new)
    return count


@transaction.atomic
def cover_rest(*, at: datetime) -> int:
    """Take in what the code of before has written of new kinds: it went on after `set_up`, until a server of the new code took over.

    Done by the first round of the new worker, and once more when no request of before is left. From then on nothing is taken in,
    and of a new installation never.
    """
    last = beginnings.last(beginnings.COVERED_KINDS)
    if last is None and Event.objects.exists():
        begin_rule(beginnings.COVERED_KINDS, verb="end", at=at, kinds=covering.kinds(), new=[])
    if last is None or last.verb == "end" or (last.verb == "go_on" and at < last.at + NONE_LEFT_AFTER):
        return 0
    seal()
    changed = (one for kind in last.facts["new"] for one in covering.changed_digests(kind))
    count = _cover(changed, at=at)
    begin_rule(beginnings.COVERED_KINDS, verb="end" if last.verb == "go_on" else "go_on", at=at, **last.facts)
    return count


def cover_migrated(kind: str, contents: Mapping[str, str], *, at: datetime) -> int:
    """Give new digests to rows of which a migration has changed the columns: by row, what it holds now. For migrations only.

    The migration answers for it that each was as the last event about it left it. Says how many rows.
    """
    return _cover((covering.first_digest(kind, row, said) for row, said in contents.items()), at=at)


@transaction.atomic
def _cover(found: Iterable[RowDigest], *, at: datetime) -> int:
    seal()
    counts = [_write_seal("cover", some, at=at) for some in covering.in_chunks(found, ROWS_AN_EVENT)]
    return sum(counts)


def _write_seal(verb: str, digests: list[RowDigest], *, at: datetime) -> int:
    about = {"verb": verb, "kind": "rows", "reference": str(len(digests))}
    _write({**_NOTHING, **about, "at": at, "facts": {}}, digests)
    return len(digests)


def _people_apart(content: Mapping[str, Any], digests: list[RowDigest]) -> list[RowDigest]:
    """Writes one event before this for each other person whose way to sign in was set; returns the rest of the rows."""
    apart = defaultdict[str, list[RowDigest]](list)
    for one, person, reference in covering.with_people(digests):
        if content["reference"] not in (person, reference):
            apart[person].append(one)
    for person, some in apart.items():
        facts = {"rows": [f"{one.kind} {one.row}" for one in some]}
        said = {"verb": "set_sign_in", "kind": "user", "reference": person, "facts": facts}
        _write({**content, "before": "", "after": "", "because": "", **said}, some)
    taken = [one for some in apart.values() for one in some]
    return [one for one in digests if one not in taken]


def _write(content: dict[str, Any], digests: list[RowDigest]) -> Event:
    content["covers"] = covering.commitment(digests) if digests else ""
    link = Counter.objects.link(Counter.EVENTS, hashed(content))
    if covering.sealing().last_event_at is None:  # the first of the transaction
        head_file.refuse_behind(link.number - 1, link.previous)
    said = {"number": link.number, "previous_hash": link.previous, "hash": link.hash, **content}
    event = Event.objects.create(**said)
    _keep_head()
    covering.sealing().last_event_at = content["at"]
    if digests:
        covering.keep(digests, event=event.number)
    return event


def _keep_head() -> None:
    """Write the head outside the database once this transaction has committed: that of then, as a savepoint may take this back."""
    if settings.TRAIL_HEAD_FILE and covering.sealing().last_event_at is None:
        # Robust: it is saved, and the sender is told so, even if the database goes away or the disk is full now.
        transaction.on_commit(lambda: head_file.keep(*head()), robust=True)


@transaction.atomic
def begin_rule(rule: str, *, verb: str = "begin", at: datetime, **facts: Any) -> None:
    """Write down that a rule holds from now on which did not hold before (`registry.trail.queries.beginnings`). For upgrades only."""
    seal()
    _write({**_NOTHING, "verb": verb, "kind": beginnings.KIND, "reference": rule, "at": at, "facts": facts}, [])


def record_many(contents: Iterable[Mapping[str, Any]]) -> list[signing.ChainLink]:
    """Write down many things at once, in this order, each with the fields of `CONTENT`: for sample data only (a test).

    What is recorded so is not done: whoever calls this answers for the rows that the events speak of. Returns the links.
    """
    links = list(Counter.objects.links(Counter.EVENTS, map(hashed, contents)))
    chained = (
        {"number": link.number, "previous_hash": link.previous, "hash": link.hash, "covers": "", **link.content}
        for link in links
    )
    rows.insert(Event, rows.prepared(Event, chained))
    return links


def _plain(value: Any) -> Any:
    return reference_of(value) if isinstance(value, models.Model) else value
