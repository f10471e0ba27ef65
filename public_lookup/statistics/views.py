"""The public statistics: their dates, each edition as a page with charts, its files and a feed.

Everything is read from what is published at the moment of asking, and must be asked for each time: no cache shows a figure before
its announced minute, or an old one after a correction.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from public_lookup import web
from registry.editions.queries import files, spreadsheets
from registry.editions.queries import published as queries
from registry.editions.queries.followed import newest_followed
from registry.editions.queries.pages import page_of
from registry.editions.queries.published import PublishedEdition, ReleaseNews
from registry.editions.rules.quarters import in_words
from registry.yearly_statements import queries as yearly


@web.everybody
def statistics(request: HttpRequest) -> HttpResponse:
    """All editions, what is announced, and how figures are revised."""
    at = timezone.now()
    page = {
        "editions": [(one, in_words(one.code)) for one in queries.current(at)],
        "announced": [(one, in_words(one.edition.code)) for one in queries.announced(at)],
        "yearly_statements": [(one, yearly.title_of(one)) for one in yearly.published(at)],
        "statements_to_come": [(one, yearly.title_of(one)) for one in yearly.announced(at)],
    }
    return _asked_for_each_time(request, render(request, "public_lookup/statistics/statistics.html", page))


@web.everybody
def edition(request: HttpRequest, address: str) -> HttpResponse:
    """One edition as it is now, or one version of it. Before its minute there is only the date, and why it is late."""
    at = timezone.now()
    shown = queries.published_edition(address, at)
    if shown is None:
        return _not_yet(request, address)
    page = {"page": page_of(shown, at)}
    return _asked_for_each_time(request, render(request, "public_lookup/statistics/edition.html", page))


@web.everybody
def prevention(request: HttpRequest) -> HttpResponse:
    """What followed after each preventive measure, as the newest release says it."""
    page = {"page": newest_followed(timezone.now())}
    return _asked_for_each_time(request, render(request, "public_lookup/statistics/prevention.html", page))


@web.everybody
def yearly_statement(request: HttpRequest, year: int) -> HttpResponse:
    """What we say of one year, and beside it the opinion of the independent reviewer."""
    page = yearly.published_page(year, timezone.now())
    if page is None:
        raise Http404
    shown = render(request, "public_lookup/statistics/yearly_statement.html", {"page": page})
    return _asked_for_each_time(request, shown)


def _not_yet(request: HttpRequest, address: str) -> HttpResponse:
    """The date of an edition that is announced, and nothing of its figures. Nothing keeps it, as they may be there in the next moment."""
    coming = next((one for one in queries.announced(timezone.now()) if one.edition.code == address), None)
    if coming is None:
        raise Http404
    page = {"one": coming, "quarter": in_words(address)}
    return web.kept_nowhere(render(request, "public_lookup/statistics/not_yet.html", page))


@web.everybody
def spreadsheet(request: HttpRequest, address: str) -> HttpResponse:
    """All tables in one spreadsheet, in the language of the address."""
    shown = _published(address)
    return _file(request, shown, spreadsheets.spreadsheet_of, spreadsheets.TYPE, f"{shown.address}.ods")


@web.data
def table_csv(request: HttpRequest, address: str, table: str) -> HttpResponse:
    shown = _published(address)
    found = shown.table(table)
    if found is None:
        raise Http404
    text = "text/csv; charset=utf-8"
    return _file(request, shown, lambda _shown: files.csv_of(found).encode(), text, f"{shown.address}-{table}.csv")


@web.data
def all_files(request: HttpRequest, address: str) -> HttpResponse:
    shown = _published(address)
    return _file(request, shown, files.zip_of, "application/zip", f"{shown.address}.zip")


@web.data
def data_package(request: HttpRequest, address: str) -> HttpResponse:
    return _described(request, address, files.data_package, "application/json")


@web.data
def csv_metadata(request: HttpRequest, address: str) -> HttpResponse:
    return _described(request, address, files.csv_metadata, "application/csvm+json")


class _ReleaseFeed(Atom1Feed):
    """An empty one does not change from second to second."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, tz=UTC)


@web.data
def feed(request: HttpRequest) -> HttpResponse:
    """Each release and each correction, for a feed reader."""
    atom = _ReleaseFeed(
        title=_("Licensing statistics"),
        link=f"{settings.SITE_ADDRESS}{reverse('statistics')}",
        description=_("Quarterly statistics and their corrections"),
        language=get_language(),
        feed_url=f"{settings.SITE_ADDRESS}{request.get_full_path()}",
        author_name=settings.ORGANISATION_NAME,
    )
    for news in queries.news(timezone.now()):
        atom.add_item(**_item(news))
    text = atom.writeString("utf-8")
    return _asked_for_each_time(request, HttpResponse(text, content_type="application/atom+xml; charset=utf-8"))


def _item(news: ReleaseNews) -> dict[str, Any]:
    address = f"{settings.SITE_ADDRESS}{reverse('statistics_edition', args=[news.address])}"
    title = _("Corrected: %(quarter)s") if news.is_correction else _("Statistics: %(quarter)s")
    return {
        "title": title % {"quarter": news.quarter},
        "link": address,
        "description": news.because,
        "unique_id": address,
        "pubdate": news.at,
        "updateddate": news.at,
    }


def _published(address: str) -> PublishedEdition:
    """What is published at this address now. Raises Http404."""
    shown = queries.published_edition(address, timezone.now())
    if shown is None:
        raise Http404
    return shown


def _described(
    request: HttpRequest, address: str, describe: Callable[[PublishedEdition], dict[str, Any]], content_type: str
) -> HttpResponse:
    text = json.dumps(describe(_published(address)), indent=1, ensure_ascii=False)
    return _asked_for_each_time(request, HttpResponse(text, content_type=content_type))


def _file(
    request: HttpRequest, shown: PublishedEdition, make: Callable[[PublishedEdition], bytes], kind: str, name: str
) -> HttpResponse:
    response = HttpResponse(make(shown), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="statistics-{name}"'
    return _asked_for_each_time(request, response)


def _asked_for_each_time(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With a tag of what it says, so that who has it is told 304 and who has an older one gets the new."""
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    return web.known_by(request, etag) or web.open_to_sites(web.asked_for_anew(response, etag))
