"""Addresses under their first part: `cases/` is tried once, and not once for each of the pages below it.

Django tries one pattern after the other, and there are some nine hundred: of a look-up that takes 8 ms, 1 ms went into that.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

Route = URLPattern | URLResolver


def by_first_part(routes: Iterable[Route]) -> list[Route]:
    """The same addresses with the same names, in the same order of trying wherever two could answer the same one.

    What begins with something that varies, or is no plain route, keeps its place: nothing is moved past it.
    """
    grouped: list[Route] = []
    for is_plain, found in groupby(_flat(routes), key=lambda route: bool(_first_part(route))):
        some = [*found]
        grouped += _under_parts(some) if is_plain else some
    return grouped


def _under_parts(routes: Iterable[Route]) -> Iterator[Route]:
    parts: dict[str, list[Route]] = {}
    for route in routes:
        parts.setdefault(_first_part(route), []).append(route)
    for part, below in parts.items():
        yield path(part, include([_without(part, route) for route in below])) if len(below) > 1 else below[0]


def _flat(routes: Iterable[Route]) -> Iterator[Route]:
    """Without the files that only gather the addresses of an app."""
    for route in routes:
        if isinstance(route, URLResolver) and str(route.pattern) == "" and not route.namespace and not route.app_name:
            yield from _flat(route.url_patterns)
        else:
            yield route


def _first_part(route: Route) -> str:
    """Up to the first slash, with it; empty where that varies."""
    part, slash, _rest = str(route.pattern).partition("/")
    plain = isinstance(route.pattern, RoutePattern) and slash and "<" not in part
    return f"{part}/" if plain else ""


def _without(part: str, route: Route) -> Route:
    rest = str(route.pattern).removeprefix(part)
    if isinstance(route, URLPattern):
        return path(rest, route.callback, route.default_args, name=route.name)
    pattern = RoutePattern(rest)
    return URLResolver(pattern, route.urlconf_name, route.default_kwargs, route.app_name, route.namespace)
