"""Opens every page that people find by links, as each sample person and as the public, and says which answers are errors."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import urlsplit

from django.apps import apps
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern

LINK = re.compile(rb"""<(?:a|iframe|img)\s[^>]*?(?:href|src)=["']([^"'#]+)""", re.IGNORECASE)
#: What leaves the service, ends the session or is a file that no upgrade changes.
ELSEWHERE = ("/account/logout", "/accounts/", "/static/", "/demo/", "/i18n/")
#: Of one kind of page by one person; what nobody has opened yet is opened all the same.
OF_EACH_KIND = 1
#: Of one kind of page by all people, besides the rows that are opened one by one.
UNOPENED = 4
#: Who was refused so many pages of a kind is asked for no other.
REFUSED = 3
#: A PDF or an archive takes up to a second.
MADE_EACH_TIME = ("pdf/", ".pdf", "certificate/", ".zip", ".ods", "bundle/", "archive/")
#: A file that is the same for all who may have it: each is opened, and by one of them.
SAME_FOR_ALL = ("paper/<slug:scheme>/<str:version>/", "papers/<slug:code>/", "openapi.json", "register.ftm.json", ".po")
#: Of lists and filters, whose addresses have no end.
OF_EACH_QUERY = 1


class Crawl:
    """All that one person and the next opened, and each answer that is an error."""

    def __init__(self, rows: Iterable[str]) -> None:
        self.rows = set(rows)
        self.others: Counter[str] = Counter()
        self.errors: list[str] = []
        self.opened: set[str] = set()
        self.answers: Counter[int] = Counter()
        #: Kinds of pages that are only sent to; and how many of each kind this person was refused.
        self.not_read: set[str] = set()
        self.refused: Counter[str] = Counter()

    def walk(self, person: str, client: Client, seeds: Iterable[str]) -> None:
        kinds: Counter[str] = Counter()
        self.refused.clear()
        waiting, seen = deque(seeds), set()
        while waiting:
            address = waiting.popleft()
            if address in seen or not self._is_to_open(address, kinds):
                continue
            seen.add(address)
            waiting.extend(self._open(person, client, address))

    def _is_to_open(self, address: str, kinds: "Counter[str]") -> bool:
        path, _, query = address.partition("?")
        if (kind := kind_of(path)) is None or kind in self.not_read or self.refused[kind] >= REFUSED:
            return False
        if kind.endswith(SAME_FOR_ALL) and path in self.opened:
            return False
        kind, most = (f"{kind}?", OF_EACH_QUERY) if query else (kind, OF_EACH_KIND)
        if kind.endswith(MADE_EACH_TIME):
            kinds = self.others
        kinds[kind] += 1
        return kinds[kind] <= most or (not query and path not in self.opened and self._has_more_of(kind, path))

    def _has_more_of(self, kind: str, path: str) -> bool:
        """Whether a page is opened although this person has opened others of its kind."""
        if path in self.rows:
            return True
        self.others[kind] += 1
        return self.others[kind] <= UNOPENED

    def _open(self, person: str, client: Client, address: str) -> list[str]:
        try:
            response = client.get(address)
            content = response.getvalue()
        except Exception as error:  # whatever it is, the page is not there
            self.errors.append(f"{person} {address}: {type(error).__name__}: {error}"[:300])
            return []
        self.answers[response.status_code] += 1
        if response.status_code in (403, 405) or _asks_to_sign_in(response):
            kind = kind_of(address.partition("?")[0]) or ""
            self.refused[kind] += 1
            self.not_read |= {kind} if response.status_code == 405 else set()
        if response.status_code >= 500:
            self.errors.append(f"{person} {address}: {response.status_code}")
        if response.status_code < 300:
            self.opened.add(address.partition("?")[0])
        if 300 <= response.status_code < 400:
            return [_inside(response.headers["Location"], address)]
        return list(_links(content, address)) if "html" in response.headers.get("Content-Type", "") else []


def _asks_to_sign_in(response: HttpResponseBase) -> bool:
    return response.headers.get("Location", "").startswith(reverse("account_login"))


@cache
def kind_of(path: str) -> str | None:
    """The pattern of its address; None where it is not to be opened."""
    if not path.startswith("/") or path.startswith(ELSEWHERE):
        return None
    try:
        return resolve(path).route
    except Resolver404:
        return None


def _links(content: bytes, address: str) -> Iterator[str]:
    for href in LINK.findall(content):
        leads = _inside(href.decode().replace("&amp;", "&"), address)
        if leads:
            yield leads


def _inside(href: str, address: str) -> str:
    parts = urlsplit(href)
    if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", "localhost", "localhost:8000"):
        return ""
    path = parts.path if parts.path.startswith("/") else (address.partition("?")[0] if not parts.path else "")
    return f"{path}?{parts.query}" if parts.query else path


def without_arguments() -> list[str]:
    """The address of each page that needs no row."""
    found = []
    for pattern in _patterns(get_resolver()):
        try:
            found.append(reverse(pattern))
        except NoReverseMatch:
            continue
    return sorted(set(found))


def _patterns(resolver: object) -> Iterator[str]:
    for pattern in getattr(resolver, "url_patterns", ()):
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield pattern.name
        else:
            yield from _patterns(pattern)


def of_each_row() -> list[str]:
    """The page of each case, licence, letter, decision and so on, for the staff who may open it, and of each public entry."""
    return [
        reverse(page, args=[value])
        for model, field, page in ROW_PAGES
        for value in apps.get_model(model)._default_manager.values_list(field, flat=True)
    ]


#: Rows that are opened one by one: the model, the field that is in the address, and the name of the page.
ROW_PAGES = (
    ("licensing.Application", "reference", "application"),
    ("licensing.Decision", "reference", "decision"),
    ("licensing.Appeal", "reference", "appeal"),
    ("licensing.Change", "reference", "change"),
    ("registry.Licence", "number", "staff_licence"),
    ("registry.Licence", "number", "entry"),
    ("registry.Letter", "number", "staff_letter"),
    ("registry.Organisation", "reference", "organisation"),
    ("compliance.Report", "reference", "staff_report"),
    ("public_lookup.Receipt", "number", "verify_receipt"),
)
