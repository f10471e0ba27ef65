"""What is wrong with worker_help.toml: topics, nations and bands that are not there, and topics without an answer."""

from collections.abc import Iterable

from registry.schemes.found import Found, doubles
from registry.schemes.scheme import Scheme
from registry.schemes.worker_help import PARTS, WorkerHelp


def faults(scheme: Scheme) -> Found:
    """Every fault, each with its key."""
    offered, nations = scheme.worker_help, [nation.code for nation in scheme.nations]
    assert offered is not None
    for name in ("topics", "facts", "calls", "bands", "letters"):
        yield from doubles(name, (one.code for one in getattr(offered, name)))
    yield from _of_links(offered, nations)
    yield from _of_rates(offered, nations)
    for topic in offered.topics:
        for nation in nations:
            for part in PARTS:
                if not any(one.part == part and one.is_about(topic.code, nation) for one in offered.facts):
                    yield f"topics[{topic.code}].{part}", f"nothing is said of this for {nation}"


def _of_links(offered: WorkerHelp, nations: list[str]) -> Found:
    topics, letters = [one.code for one in offered.topics], [one.code for one in offered.letters]
    for name in ("facts", "calls"):
        for one in getattr(offered, name):
            yield from _unknown(f"{name}[{one.code}].topics", one.topics, topics)
            yield from _unknown(f"{name}[{one.code}].nations", one.nations, nations)
    for topic in offered.topics:
        yield from _unknown(f"topics[{topic.code}].letters", topic.letters, letters)


def _of_rates(offered: WorkerHelp, nations: list[str]) -> Found:
    bands = {one.code for one in offered.bands}
    for rates in offered.rates:
        yield from _unknown(f"rates[{rates.since}].nations", rates.nations, nations)
        for band in sorted(bands.symmetric_difference(rates.amounts)):
            yield f"rates[{rates.since}].amounts.{band}", "each band has one amount, and there is no other"
    since = [rates.since for rates in offered.rates]
    if since != sorted(since):
        yield "rates", "the oldest comes first"


def _unknown(key: str, named: Iterable[str], known: Iterable[str]) -> Found:
    yield from ((f"{key}[{one}]", "is not there") for one in named if one not in known)
