"""Walks every address of the service as every kind of visitor, by every method, and says what nobody should have been given."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from registry.models import Event

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its pattern, its name, what stands in its brackets, and whether it is behind the sign-in."""

    pattern: str
    name: str
    parameters: tuple[str, ...]
    is_guarded: bool


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door. Whoever is no insider may never read the canary, whatever page it stands on."""

    name: str
    client: Client
    is_insider: bool = False


@dataclass(slots=True)
class World:
    """Visitors; what stands in the brackets of addresses below a path; a word that only insiders may read."""

    visitors: dict[str, Visitor]
    things: Mapping[str, Mapping[str, object]]
    canary: str
    may: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def address(self, route: Route, **instead: object) -> str:
        below = max((path for path in self.things if route.pattern.startswith(path)), key=len, default="")
        known = {**self.things.get(below, {}), **instead}
        namespace = "api-1:" if route.pattern.startswith("api/") else ""
        return reverse(f"{namespace}{route.name}", kwargs={name: known[name] for name in route.parameters})


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[Route]:
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path)
        elif isinstance(pattern, URLPattern):
            guarded = getattr(pattern.callback, "login_required", True)
            yield Route(path, pattern.name or "", tuple(pattern.pattern.converters), guarded)


def leaks(world: World, visitor: Visitor, which: list[Route]) -> list[str]:
    """Whatever this visitor was given of what is not theirs: nothing, when the house is tight."""
    found: list[str] = []
    for route in which:
        if visitor.name in world.may[route.name]:
            found += _welcome(world, visitor, route)
        else:
            found += _turned_away(world, visitor, route)
    return found


def _turned_away(world: World, visitor: Visitor, route: Route) -> Iterator[str]:
    for method in METHODS:
        response, events = _ask(visitor, method, world.address(route))
        if not is_refusal(response):
            yield f"{visitor.name} {method} {route.name}: {response.status_code}"
        if events:
            yield f"{visitor.name} {method} {route.name}: left {events} events"
        if not visitor.is_insider and world.canary in _words(response):
            yield f"{visitor.name} {method} {route.name}: reads what is not theirs"


def _welcome(world: World, visitor: Visitor, route: Route) -> Iterator[str]:
    for method in METHODS:
        response, _events = _ask(visitor, method, world.address(route))
        if response.status_code >= 500:
            yield f"{visitor.name} {method} {route.name}: {response.status_code}"
        if not visitor.is_insider and world.canary in _words(response):
            yield f"{visitor.name} {method} {route.name}: reads what is not theirs"


def closed(world: World, visitor: Visitor, which: list[Route]) -> list[str]:
    """Doors that should open for this visitor and do not: a walk that is refused everywhere proves nothing."""
    return [
        f"{visitor.name} {route.name}"
        for route in which
        if visitor.name in world.may[route.name]
        and all(is_refusal(_ask(visitor, method, world.address(route))[0]) for method in ("get", "post"))
    ]


def _ask(visitor: Visitor, method: str, address: str) -> tuple[HttpResponse, int]:
    """The answer, and how many events it left behind; the world is then as it was before."""
    before, cookies = Event.objects.count(), deepcopy(visitor.client.cookies)
    with transaction.atomic():
        response = getattr(visitor.client, method)(address)
        events = Event.objects.count() - before
        transaction.set_rollback(True)
    visitor.client.cookies = cookies
    return response, events


def _words(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return body.decode(errors="ignore")


def is_refusal(response: HttpResponse) -> bool:
    if response.status_code in {401, 403, 404, 405}:
        return True
    where = response.headers.get("Location", "")
    return response.status_code == 302 and where.startswith(("/account/login/?next=", "/account/2fa/"))
