"""Walks every address of the service as every kind of visitor, by every method, and says what nobody should have been given."""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from registry.trail.models.events import Event

# What a statement of SQL writes to; and the tables that are about the visit, not about the world.
WRITES = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(\w+)"')
NOT_THE_WORLD = frozenset({"django_session"})
# A letter is a dated row itself, and so is what must be sent, and what is left of a letter that was deleted; what was counted
# follows from what is there.
NO_FACTS = frozenset({"registry_letter", "registry_formerletter", "registry_outboxitem", "compliance_tabulation"})
#: Who read what: written by looking, and by nothing else.
READ = "registry_consultation"
# What is read to know who asks: a refusal that read nothing else, and of nothing that the address names, cannot depend on it.
READS = re.compile(r'(?:FROM|JOIN) "(\w+)"')
WHO_ASKS = frozenset(
    {
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_session",
        "mfa_authenticator",
        "registry_user",
        "registry_user_groups",
    }
)
METHODS = ("get", "post", "put", "patch", "delete")
# Which methods an address knows does not depend on who asks: all are tried as these, the first two by everybody.
TRY_EVERY_METHOD = frozenset({"stranger", "holder", "labour_user", "manager"})


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its pattern, its name, what stands in its brackets, and whether it is behind the sign-in."""

    pattern: str
    name: str
    parameters: tuple[str, ...]
    is_guarded: bool
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door. Whoever is no insider may never read the canary, whatever page it stands on."""

    name: str
    client: Client
    is_insider: bool = False


@dataclass(slots=True)
class World:
    """Visitors; what stands in the brackets of addresses below a path; a word that only insiders may read.

    `bodies` are what programs send to endpoints: one that can be read, so that the answer is about who asks.
    """

    visitors: dict[str, Visitor]
    things: Mapping[str, Mapping[str, object]]
    canary: str
    may: Mapping[str, frozenset[str]]
    own_account: frozenset[str] = frozenset()
    bodies: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    # What an address answered 405 to: the decorator that does so asks nobody who they are, so one visitor is enough.
    never: set[tuple[str, str]] = field(default_factory=set)
    # Words that nobody may read, insider or not, but whoever is named here, on the pages named here.
    restricted: tuple[str, ...] = ()
    may_read: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def methods(self, route: Route, visitor: "Visitor") -> Iterator[str]:
        tried = METHODS if visitor.name in TRY_EVERY_METHOD else METHODS[:2]
        return (method for method in tried if (route.pattern, method) not in self.never)

    def address(self, route: Route, **instead: object) -> str:
        below = max((path for path in self.things if route.pattern.startswith(path)), key=len, default="")
        known = {**self.things.get(below, {}), **instead}
        return reverse(f"{route.namespace}{route.name}", kwargs={name: known[name] for name in route.parameters})


def routes(
    resolver: URLResolver | None = None, before: str = "", parameters: tuple[str, ...] = (), namespace: str = ""
) -> Iterator[Route]:
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{before}{pattern.pattern}"
        named = (*parameters, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            within = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, path, named, within)
        elif isinstance(pattern, URLPattern):
            guarded = getattr(pattern.callback, "login_required", True)
            yield Route(path, pattern.name or "", named, guarded, namespace)


@dataclass(slots=True)
class Walked:
    """What the visitor was given of what is not theirs, and the doors that should have opened for them and did not.

    Nothing, when the house is tight, and nothing: a walk that is refused everywhere proves nothing.
    """

    leaks: list[str] = field(default_factory=list)
    shut: list[str] = field(default_factory=list)


def walk(world: World, visitor: Visitor, which: list[Route]) -> Walked:
    """Each of these addresses by every method: nobody is asked twice for what one visit shows."""
    walked = Walked()
    for route in which:
        if visitor.name in world.may[route.name]:
            walked.leaks += _welcome(world, visitor, route, walked.shut)
        else:
            walked.leaks += _turned_away(world, visitor, route)
    return walked


def leaks(world: World, visitor: Visitor, which: list[Route]) -> list[str]:
    return walk(world, visitor, which).leaks


def _turned_away(world: World, visitor: Visitor, route: Route) -> Iterator[str]:
    for method in world.methods(route, visitor):
        answer = ask(visitor, method, world.address(route), world.bodies.get(route.name))
        where = f"{visitor.name} {method} {route.name}"
        _remember(world, route, method, answer.response)
        if not is_refusal(answer.response):
            yield f"{where}: {answer.response.status_code}"
        if answer.written:
            yield f"{where}: writes {', '.join(answer.written)}"
        if _may_not_be_read(world, visitor, route, answer):
            yield f"{where}: reads what is not theirs"
        if method == "get" and "reference" in route.parameters and answer.looks_further:
            yield from _tells_what_exists(world, visitor, route, answer)


def _tells_what_exists(world: World, visitor: Visitor, route: Route, real: "Answer") -> Iterator[str]:
    """Nobody learns by trying which references are real: what exists and is not yours looks like what does not (docs/rules.md T25)."""
    address = world.address(route, reference="O-0000-0000")
    none = ask(visitor, "get", address, world.bodies.get(route.name))
    if real.response.status_code != none.response.status_code or _without_address(
        real.words, world.address(route)
    ) != _without_address(none.words, address):
        yield f"{visitor.name} get {route.name}: learns that it exists"


def _without_address(words: str, address: str) -> str:
    """Without what differs between any two answers: the address itself, and the id of the request."""
    return re.sub(r"urn:uuid:[0-9a-f-]+", "", words.replace(address, ""))


def _welcome(world: World, visitor: Visitor, route: Route, shut: list[str]) -> Iterator[str]:
    opens = False
    for method in world.methods(route, visitor):
        answer = ask(visitor, method, world.address(route), world.bodies.get(route.name))
        where = f"{visitor.name} {method} {route.name}"
        _remember(world, route, method, answer.response)
        opens = opens or (method in {"get", "post"} and not is_refusal(answer.response))
        if answer.response.status_code >= 500:
            yield f"{where}: {answer.response.status_code}"
        if _leaves_no_trace(answer, method) and route.name not in world.own_account:
            yield f"{where}: writes {', '.join(_of_the_world(answer))} and leaves no event"
        if _may_not_be_read(world, visitor, route, answer):
            yield f"{where}: reads what is not theirs"
    if not opens and route.name not in world.own_account:
        shut.append(f"{visitor.name} {route.name}")


def _may_not_be_read(world: World, visitor: Visitor, route: Route, answer: "Answer") -> bool:
    """The canary by outsiders, and what is restricted by all but those few who weigh it, where they do."""
    restricted = route.name not in world.may_read.get(visitor.name, frozenset()) and any(
        word in answer.words for word in world.restricted
    )
    return restricted or (not visitor.is_insider and world.canary in answer.words)


def _remember(world: World, route: Route, method: str, response: HttpResponse) -> None:
    if response.status_code == 405 and method.upper() not in response.headers.get("Allow", method.upper()):
        world.never.add((route.pattern, method))


def _leaves_no_trace(answer: "Answer", method: str) -> bool:
    """Something was written by looking only, or without an event; the look-up keeps dated rows of its own (docs/rules.md G11)."""
    written = _of_the_world(answer)
    keeps_its_own = all(table.startswith("public_lookup_") or table in NO_FACTS for table in written)
    return bool(written) and (method == "get" or not (answer.events or keeps_its_own))


def _of_the_world(answer: "Answer") -> list[str]:
    """The tables that were written, but for the record of who read what."""
    return [table for table in answer.written if table != READ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, the tables that were written (what a browser keeps apart), and how many events were left.

    `looks_further`: whether the answer rests on more than who asks.
    """

    response: HttpResponse
    words: str
    written: tuple[str, ...]
    events: int
    looks_further: bool


def ask(visitor: Visitor, method: str, address: str, data: Mapping[str, object] | None = None) -> Answer:
    """Ask, and leave the world as it was before. Endpoints are spoken to in JSON."""
    body = data if data and method != "get" else {}
    way = {"content_type": "application/json"} if address.startswith("/api/") and method != "get" else {}
    tables: set[str] = set()
    looked: list[bool] = []
    cookies = copy(visitor.client.cookies)

    def note(execute: Callable[..., object], sql: str, params: Any, *rest: object) -> object:
        if written := WRITES.match(sql):
            tables.add(written[1])
        named = any(isinstance(one, str) and one and one in address for one in params or ())
        looked.append(named or not WHO_ASKS.issuperset(READS.findall(sql)))
        return execute(sql, params, *rest)

    with transaction.atomic(), connection.execute_wrapper(note):
        response = getattr(visitor.client, method)(address, body, **way)
        events = Event.objects.count() if tables else 0
        transaction.set_rollback(True)
    if tables:
        events -= Event.objects.count()
    visitor.client.cookies = cookies
    return Answer(response, _words(response), tuple(sorted(tables - NOT_THE_WORLD)), events, any(looked))


def _words(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return body.decode(errors="ignore")


def is_refusal(response: HttpResponseBase) -> bool:
    if response.status_code in {401, 403, 404, 405}:
        return True
    where = response.headers.get("Location", "")
    return response.status_code == 302 and where.startswith(("/account/login/?next=", "/account/2fa/"))
