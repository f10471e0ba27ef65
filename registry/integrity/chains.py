"""Whether a chain of hashes holds. It may be verified in parts, by several processes, whose ends are then compared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.signing import GENESIS, ChainLink, chain_hash, same_digest


@dataclass(frozen=True, slots=True)
class ChainPart:
    """Links that were verified alone: what the first of them says about the one before, the last of them, and all faults within."""

    number: int
    previous: str
    last: tuple[int, str]
    faults: tuple[str, ...]


def chain_part(links: Iterable[ChainLink]) -> ChainPart | None:
    """Verify these links, all but how the first follows from the one before; None where there are none."""
    found = iter(links)
    first = next(found, None)
    if first is None:
        return None
    faults, last = [*_altered(first)], first
    for link in found:
        faults += _misfit(link.number, link.previous, after=(last.number, last.hash))
        faults += _altered(link)
        last = link
    return ChainPart(first.number, first.previous, (last.number, last.hash), tuple(faults))


def broken_links(parts: Iterable[ChainPart | None], *, head: tuple[int, str]) -> Iterator[str]:
    """Every place where the chain of these parts does not hold, in them and from one to the next, as "number: what is wrong".

    Nothing when it is whole up to its head. `head` is the number and hash that the last link is known to have, (0, "") for an
    empty chain. A chain computed again from end to end is found only by a head that was kept elsewhere.
    """
    number, previous = 0, GENESIS
    for part in parts:
        if part is not None:
            yield from _misfit(part.number, part.previous, after=(number, previous))
            yield from part.faults
            number, previous = part.last
    if (number, previous if number else "") != head:
        yield f"{head[0]}: the chain does not end where its head says"


def _misfit(number: int, previous: str, *, after: tuple[int, str]) -> Iterator[str]:
    last, digest = after
    if number != last + 1:
        yield f"{number}: {last + 1} is missing before it"
    if previous != digest:
        yield f"{number}: does not follow from the link before it"


def _altered(link: ChainLink) -> Iterator[str]:
    if not _holds(link):
        yield f"{link.number}: its content is not what was written"


def _holds(link: ChainLink) -> bool:
    try:
        return same_digest(chain_hash(link.previous, link.content), link.hash)
    except ValueError:
        # What cannot be hashed was never hashed: an altered row must not stop the verification either.
        return False
