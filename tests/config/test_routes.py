"""Addresses are tried under their first part: the same ones, by the same names, in the same order."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.urls.resolvers import RegexPattern, RoutePattern, URLResolver, get_resolver

from config.routes import Route, by_first_part
from tests.config.walker import routes


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _named(*patterns: str) -> list[Route]:
    return [path(pattern, _page, name=f"{number}") for number, pattern in enumerate(patterns)]


def _resolver(of: list[Route]) -> URLResolver:
    return URLResolver(RegexPattern("^/"), of)


def _names(of: list[Route]) -> list[tuple[str, str]]:
    return [(route.pattern, route.name) for route in routes(URLResolver(RoutePattern(""), of))]


def test_each_address_keeps_its_name_and_what_it_tells_the_page() -> None:
    of = _named("cases/", "cases/<str:reference>/", "checks/", "cases/<str:reference>/letters/", "start")
    below = [*of, path("", include(_named("cases/<int:nth>/paper/"))), path("account/", include(_named("", "email/")))]
    grouped = by_first_part(below)

    assert sorted(_names(grouped)) == sorted(_names(below))
    found = _resolver(grouped).resolve("/cases/A-1/letters/")
    assert (found.url_name, found.kwargs, found.route) == ("3", {"reference": "A-1"}, "cases/<str:reference>/letters/")
    assert _resolver(grouped).resolve("/account/email/").url_name == "1"


def test_of_two_that_could_answer_the_first_one_does() -> None:
    of = _named("cases/new/", "other/", "cases/<str:reference>/", "<str:anything>/", "cases/late/", "late/")
    grouped = by_first_part(of)

    for address in ("/cases/new/", "/cases/late/", "/late/", "/cases/x/", "/other/"):
        assert _resolver(grouped).resolve(address).url_name == _resolver(of).resolve(address).url_name, address


def test_the_service_tries_few_patterns_before_it_knows_the_page() -> None:
    """It has some nine hundred addresses. Those with a language before them are below the last entry."""
    of_pages = get_resolver().url_patterns[-1]
    assert isinstance(of_pages, URLResolver)

    assert len(of_pages.url_patterns) < 150 < len([*routes()])
