"""What every public address costs, on a small register: asked by GET and by POST, with nothing, with much, and too often."""

import csv
import json
import re
import resource
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client, RequestFactory

from config.environment import MOST_REQUESTS
from config.limits import name_of
from public_lookup.bulk_checks.views import MOST_LISTS
from registry import schemes
from registry.web import limits
from tests.config.walker import Route, World, routes
from tests.config.whose import PUBLIC
from tests.conftest import NOW

Typed = Mapping[str, str]
FILE = Path(__file__).with_name("public_costs.csv")
#: Of one processor, for all that one client may send.
SHARE = 0.1
#: What each address is asked with, beside nothing: what forms hold, at lengths that no one types; a list of ten thousand rows; and
#: JSON, as text in a form and as a body: as many values as are read, and lists in lists nearly as deep as they may be.
LONG = "Zq " * 3000
MUCH: Typed = dict.fromkeys(("q", "text", "number", "code", "email", "passphrase", "at", "queries", "name"), LONG)
ROWS_PASTED: Typed = {"text": "Canary Meadow Ltd;CANA0001\n" * 10_000}
VALUES = json.dumps(
    {name: [{"query": "Zq", "type": "x"}] * 900 for name in ("queries", "ids", "checks", "numbers", "names")}
)
DEEP = json.dumps(dict.fromkeys(("queries", "q0", "ids"), "DEEP")).replace('"DEEP"', "[" * 90 + "1" + "]" * 90)
BODIES = (VALUES.encode(), DEEP.encode(), b"[" + b"1," * 24_000 + b"1]", b'{"queries": "' + b"\\u20ac" * 30_000 + b'"}')
ASKED: list[Typed | bytes] = [
    {},
    MUCH,
    ROWS_PASTED,
    *({"queries": text, "extend": text, "text": text} for text in (VALUES, DEEP)),
    *BODIES,
]

#: What is counted by the page itself, for an hour, goes before the limit of its address.
MOST = MOST_REQUESTS | {"lists": (MOST_LISTS, 3600)}
COUNTED = {("many", "POST"): "lists"}
#: What no limit by address holds, though it costs more than `NEXT_TO_NOTHING`: why it may be.
NEXT_TO_NOTHING = 3.0
BY_ITSELF = {
    "ready": "asked by machines that watch, and shut to others by nginx (docs/serving/nginx.conf)",
}


@dataclass(frozen=True, slots=True)
class PublicCost:
    """Thousandths of a second of processor, of the dearest of what was answered and of what was refused by the page itself."""

    name: str
    method: str
    limit: str
    accepted: float
    refused: float

    @property
    def share(self) -> float:
        limit, _colon, counts = self.limit.partition(":")
        most, window = MOST[limit]
        return max(self.accepted, self.refused) / 1000 * most / int(counts or 1) / window


def kept() -> list[PublicCost]:
    with FILE.open(newline="") as file:
        return [
            PublicCost(row["name"], row["method"], row["limit"], float(row["accepted_ms"]), float(row["refused_ms"]))
            for row in csv.DictReader(file)
        ]


def public_routes() -> list[Route]:
    return [route for route in routes() if route.name in PUBLIC and not route.is_guarded]


#: Rows of the list that is measured; what counts them besides the request: how many of the limit `questions` one takes.
ROWS = 200
QUESTIONS = {
    ("many_again", "POST"): ROWS,
    ("many_columns", "POST"): ROWS,
    ("many_csv", "GET"): 1 + ROWS // 10,
    ("many_csv", "POST"): 1 + ROWS // 10,
}


def limit_of(route: Route, method: str, address: str) -> str:
    if counts := QUESTIONS.get((route.name, method)):
        return f"questions:{counts}"
    if counted := COUNTED.get((route.name, method)):
        return counted
    if route.namespace == "api-1:" or address.startswith("/api/v1/"):
        of_api = "api_check_many" if route.name == "check_many" else "api"
        return name_of(RequestFactory().generic(method, address)) or of_api
    return name_of(RequestFactory().generic(method, address, **_kind(method)))


def _kind(method: str) -> Mapping[str, Any]:
    return {"content_type": "application/x-www-form-urlencoded"} if method == "POST" else {}


def measured(world: World, *, times: int, with_much: bool = True) -> Iterator[PublicCost]:
    """Every public address by both methods; of one that stands at several places, the dearest."""
    found: dict[tuple[str, str], PublicCost] = {}
    client = Client(raise_request_exception=False)
    things = _things(client)
    # What removes a list goes last: the others show it.
    for route in sorted(public_routes(), key=lambda one: "remove" in one.name):
        address = _address(world, route, things)
        for method in ("GET", "POST"):
            one = _measured(client, route, method, address, times, ASKED if with_much else [{}])
            other = found.get((one.name, method))
            found[one.name, method] = max(filter(None, (one, other)), key=lambda cost: cost.accepted + cost.refused)
    yield from found.values()


def _things(client: Client) -> dict[str, dict[str, object]]:
    """What is public by a key or a name that the world does not know: a list, a proof, topics of help, a scheme."""
    made = client.post("/check/many/", {"text": "Canary Meadow Ltd\n" * ROWS}).headers["Location"]
    client.post(made, {"column_0": "name"})
    proof = client.post("/check/CANA0001/proof/").headers["Location"].strip("/").split("/")
    scheme = schemes.all_in_force(NOW.date())[0]
    topic = re.findall(r'href="/help/(\w+)/"', client.get("/help/").content.decode())[0]
    about = client.get(f"/help/{topic}/england/").content.decode()
    one = {
        "scheme": scheme.name,
        "version": scheme.version,
        "page": "nothing",
        "part": 1,
        "state": "x",
        "code": "AAAAAAAA",
    }
    return {
        "": one | {"number": "CANA0001", "key": "x" * 22},
        "check/many/": {"key": made.split("/")[3]},
        "proofs/": {"number": proof[1], "key": proof[2]},
        "verify/": {"number": proof[1]},
        "help/": {"topic": topic, "nation": "england", "code": (re.findall(r"/help/letter/(\w+)/", about) or ["x"])[0]},
    }


def _address(world: World, route: Route, things: Mapping[str, Mapping[str, object]]) -> str:
    below = max((path for path in things if route.pattern.startswith(path)), key=len)
    try:
        return world.address(route, **(things[below] if below else {}))
    except KeyError:
        return world.address(route, **{**things[""], **things[below]})


def _measured(
    client: Client, route: Route, method: str, address: str, times: int, asked: list[Typed | bytes]
) -> PublicCost:
    dearest = {True: 0.0, False: 0.0}
    for typed in [*asked, *(_all_fields(client, address) if len(asked) > 1 and method == "POST" else ())]:
        if isinstance(typed, bytes) and method == "GET":
            continue
        status, spent = min((_asked(client, method, address, typed) for _time in range(times)), key=lambda one: one[1])
        dearest[status < 400] = max(dearest[status < 400], spent)
    limit = limit_of(route, method, address)
    return PublicCost(
        f"{route.namespace}{route.name}", method, limit, round(dearest[True], 1), round(dearest[False], 1)
    )


def _all_fields(client: Client, address: str) -> Iterator[Typed]:
    page: Any = client.get(address)
    if not page.streaming:
        yield dict.fromkeys(re.findall(r'name="([\w-]+)"', page.content.decode(errors="replace")), LONG)


def _asked(client: Client, method: str, address: str, typed: Typed | bytes) -> tuple[int, float]:
    limits.counts.clear()
    client.cookies.clear()
    began = spent_now()
    answer: Any
    if isinstance(typed, bytes):
        answer = client.post(address, typed, "application/json")
    elif method == "POST":
        answer = client.post(address, typed)
    else:
        answer = client.get(address, {name: text[:900] for name, text in typed.items()})
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code, 1000 * (spent_now() - began)


def spent_now() -> float:
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + started.ru_utime + started.ru_stime


def write(found: Iterator[PublicCost]) -> None:
    with FILE.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "method", "limit", "accepted_ms", "refused_ms"])
        rows = sorted(found, key=lambda cost: (cost.name, cost.method))
        out.writerows([one.name, one.method, one.limit, one.accepted, one.refused] for one in rows)
