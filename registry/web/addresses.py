"""The address of this page in another language or with another query."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

Context = dict[str, Any]


def path_in(language: str, address: str) -> str:
    """The same address in another language: /cy/check/ and /check/ are one page. The query is kept."""
    for code, _name in settings.LANGUAGES:
        if address == f"/{code}" or address.startswith(f"/{code}/"):
            address = address.removeprefix(f"/{code}") or "/"
    # "//somewhere.example" would be an address outside this site.
    address = escape_leading_slashes(address)
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


def own_address(asked: str) -> str:
    """An address that somebody was to go on to, if it is one of ours, from the root; empty for any other."""
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None) else ""


def query_with(query: QueryDict, **changed: str) -> str:
    """This query with some values changed; an empty value takes the parameter out."""
    copy = query.copy()
    for name, value in changed.items():
        copy.pop(name, None)
        if value:
            copy[name] = value
    return f"?{copy.urlencode()}" if copy else "?"


def query_without(query: QueryDict, name: str, value: str) -> str:
    """This query without one chosen value, back on the first page."""
    copy = query.copy()
    copy.pop("page", None)
    copy.setlist(name, [kept for kept in copy.getlist(name) if kept != value])
    return f"?{copy.urlencode()}" if copy else "?"


def query_of(context: Context) -> QueryDict:
    return cast(HttpRequest, context["request"]).GET
