"""Each way of tampering with a chain is found and named alike, wherever the chain was cut into parts."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from registry import signing
from registry.integrity import chains

#: How many links a part has: also such that each way of tampering below is at a seam, and all in one.
SIZES = (1, 2, 3, 99)


def broken_links(links: list[signing.ChainLink], *, head: tuple[int, str], size: int = 99) -> Iterator[str]:
    cut = [links[at : at + size] for at in range(0, len(links), size)]
    return chains.broken_links([None, *map(chains.chain_part, cut)], head=head)


def a_chain(length: int) -> list[signing.ChainLink]:
    links: list[signing.ChainLink] = []
    previous = signing.GENESIS
    for number in range(1, length + 1):
        content = {"move": f"move {number}"}
        links.append(signing.ChainLink(number, previous, content, signing.chain_hash(previous, content)))
        previous = links[-1].hash
    return links


def head_of(links: list[signing.ChainLink]) -> tuple[int, str]:
    return links[-1].number, links[-1].hash


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("length", [1, 2, 7])
def test_a_whole_chain_has_no_broken_links(length: int, size: int) -> None:
    links = a_chain(length)

    assert list(broken_links(links, head=head_of(links), size=size)) == []


def test_an_empty_chain_is_whole() -> None:
    assert list(broken_links([], head=(0, ""))) == []


def test_an_emptied_chain_is_not_whole() -> None:
    assert list(broken_links([], head=head_of(a_chain(3)))) == ["3: the chain does not end where its head says"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("tamper", "faults"),
    [
        (
            lambda links: links.__setitem__(1, replace(links[1], content={"move": "another"})),
            ["2: its content is not what was written"],
        ),
        (
            lambda links: links.__setitem__(1, replace(links[1], content={"move": 0.5})),
            ["2: its content is not what was written"],
        ),
        (
            lambda links: links.__setitem__(1, replace(links[1], hash=signing.GENESIS)),
            ["2: its content is not what was written", "3: does not follow from the link before it"],
        ),
        (
            lambda links: links.__setitem__(1, replace(links[1], previous="short")),
            ["2: does not follow from the link before it", "2: its content is not what was written"],
        ),
        (
            lambda links: links.__delitem__(1),
            ["3: 2 is missing before it", "3: does not follow from the link before it"],
        ),
        (lambda links: links.__delitem__(4), ["5: the chain does not end where its head says"]),
        (
            lambda links: links.__delitem__(0),
            ["2: 1 is missing before it", "2: does not follow from the link before it"],
        ),
        (
            lambda links: links.insert(5, replace(links[4], number=6)),
            ["6: does not follow from the link before it", "5: the chain does not end where its head says"],
        ),
        (
            lambda links: links.insert(3, links[2]),
            ["3: 4 is missing before it", "3: does not follow from the link before it"],
        ),
        (
            lambda links: links.__setitem__(slice(2, 4), [links[3], links[2]]),
            [
                "4: 3 is missing before it",
                "4: does not follow from the link before it",
                "3: 5 is missing before it",
                "3: does not follow from the link before it",
                "5: 4 is missing before it",
                "5: does not follow from the link before it",
            ],
        ),
    ],
    ids=[
        "content",
        "unhashable",
        "hash",
        "previous",
        "deleted",
        "truncated",
        "first deleted",
        "copied",
        "doubled",
        "in another order",
    ],
)
def test_every_way_of_tampering_with_a_chain_is_named(
    tamper: Callable[[list[signing.ChainLink]], None], faults: list[str], size: int
) -> None:
    links = a_chain(5)
    head = head_of(links)

    tamper(links)

    assert list(broken_links(links, head=head, size=size)) == faults


@pytest.mark.parametrize("size", SIZES)
def test_swapping_two_links_is_noticed(size: int) -> None:
    links = a_chain(5)
    swapped = [links[0], replace(links[2], number=2), replace(links[1], number=3), *links[3:]]

    assert list(broken_links(swapped, head=head_of(links), size=size))


def test_a_chain_computed_anew_does_not_end_in_the_published_head() -> None:
    published = head_of(a_chain(5))
    previous, rewritten = signing.GENESIS, []
    for link in a_chain(5):
        content = {"move": "nothing happened"} if link.number == 2 else link.content
        rewritten.append(signing.ChainLink(link.number, previous, content, signing.chain_hash(previous, content)))
        previous = rewritten[-1].hash

    faults = list(broken_links(rewritten, head=published))

    assert faults == ["5: the chain does not end where its head says"]
