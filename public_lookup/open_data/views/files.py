"""The register for whoever wants all of it: data files, a badge that shows the standing now, and the map of the site."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup import web
from public_lookup.lookup.queries import entries as entries_queries
from public_lookup.lookup.queries import instants
from public_lookup.open_data.queries import changes, follow_the_money, register_files
from public_lookup.open_data.queries import codes as codes_queries
from public_lookup.open_data.queries.register_files import Rows, columns, rows, written
from registry import identifiers
from registry.integrity.covering import in_chunks
from registry.web import note, spreadsheet_cell

Writer = Callable[[Rows, datetime], Iterator[str]]

#: Ends a file in the middle of a text, so that no program takes it for a whole one. The server ends the answer as if
#: all had been said, whatever has happened.
_CUT_SHORT = '\n"We cannot tell now: this file is not complete'
#: Rows that are written before they are sent on.
_AT_ONCE = 200
VERIFIER = settings.BASE_DIR / "docs" / "verify.py"
OPEN_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@web.everybody
def about(request: HttpRequest) -> HttpResponse:
    lists = codes_queries.code_lists(timezone.localdate())
    language = get_language().split("-")[0]
    codes = [(name, one["code"], one[language]) for name, rows_of_list in lists.items() for one in rows_of_list]
    page = {"columns": columns(), "codes": codes, "open_licence": OPEN_LICENCE}
    return render(request, "public_lookup/open_data/about.html", page)


@web.data_by("at")
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole register as CSV, today or as it was on a past day."""
    return _file(request, _csv, "text/csv; charset=utf-8", "csv")


@web.data_by("at")
def register_json(request: HttpRequest) -> HttpResponseBase:
    """The whole register as JSON, today or as it was on a past day: how many rows there are stands at the end."""
    return _file(request, _json, "application/json", "json")


@web.data_by("at")
def register_ftm(request: HttpRequest) -> HttpResponseBase:
    """The whole register as FollowTheMoney entities, one a line, today or as it was on a past day."""
    return _file(request, _ftm, "application/json+ftm", "ftm.json")


def _file(request: HttpRequest, writer: Writer, content_type: str, ending: str) -> HttpResponseBase:
    now = timezone.now()
    at = instants.instant(request.GET.get("at", ""), now=now)
    position = changes.Position.newest()
    etag = f'"{position}-{at.isoformat() if at < now else timezone.localdate(at)}"'
    known = web.known_by(request, etag)
    if known is not None:
        return known
    lines = writer(rows(at, position if at == now else None), at)
    # The first rows are read now: a fault must be an answer, not a file that ends early.
    response = StreamingHttpResponse(_begun(lines), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="register-{timezone.localdate(at)}.{ending}"'
    if at == now:
        response.headers["Register-Position"] = str(position)
    return web.open_to_sites(web.asked_for_anew(response, etag))


def _begun(parts: Iterator[str]) -> Iterator[str]:
    first = next(parts, "")

    def all_of_it() -> Iterator[str]:
        yield first
        try:
            yield from parts
        except Exception as fault:
            note(fault, what="a data file was cut short")
            yield _CUT_SHORT

    return all_of_it()


def _csv(found: Rows, _at: datetime) -> Iterator[str]:
    lines = StringIO()
    writer = csv.writer(lines)
    writer.writerow([column.name for column in columns()])
    for number, row in enumerate(found, 1):
        # A telephone as people dial it: with a plus a spreadsheet would take it for a sum.
        row["telephone"] = identifiers.telephone_display(row["telephone"]) if row["telephone"] else ""
        writer.writerow([spreadsheet_cell(written(value)) for value in row.values()])
        if number % _AT_ONCE == 0:
            yield lines.getvalue()
            lines.seek(0)
            lines.truncate()
    yield lines.getvalue()


def _json(found: Rows, at: datetime) -> Iterator[str]:
    # Nothing is said before the first rows are read.
    lines, count = StringIO(), 0
    lines.write(f'{{"as_at": {json.dumps(written(at))}, "items": [')
    for count, row in enumerate(found, 1):
        lines.write((",\n" if count > 1 else "\n") + json.dumps(row, ensure_ascii=False, default=written))
        if count % _AT_ONCE == 0:
            yield lines.getvalue()
            lines.seek(0)
            lines.truncate()
    lines.write(f'\n], "count": {count}}}\n')
    yield lines.getvalue()


def _ftm(found: Rows, at: datetime) -> Iterator[str]:
    for some in in_chunks(follow_the_money.entities(found, at), _AT_ONCE):
        yield "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in some)


@web.data
def csv_metadata(request: HttpRequest) -> HttpResponse:
    """What the columns of the CSV hold, as the W3C's CSV on the Web has it."""
    described = [
        {
            "name": column.name,
            "titles": column.name,
            "datatype": column.datatype,
            "dc:description": column.says,
            **({"separator": "; "} if column.is_list else {}),
        }
        for column in columns()
    ]
    body = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": "register.csv",
        "dc:title": settings.SERVICE_NAME,
        "dc:publisher": settings.ORGANISATION_NAME,
        "dc:license": {"@id": OPEN_LICENCE},
        "tableSchema": {"columns": described, "primaryKey": "number"},
    }
    return _described(body, "application/csvm+json")


@web.data
def data_package(request: HttpRequest) -> HttpResponse:
    """The same for Frictionless Data."""
    fields = [{"name": column.name, "type": column.datatype, "description": column.says} for column in columns()]
    body = {
        "name": "register",
        "title": settings.SERVICE_NAME,
        "licenses": [{"name": "OGL-UK-3.0", "path": OPEN_LICENCE}],
        "resources": [
            {
                "name": "register",
                "path": "register.csv",
                "format": "csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "primaryKey": "number", "missingValues": [""]},
            }
        ],
    }
    return _described(body, "application/json")


@web.data
def code_lists(request: HttpRequest) -> HttpResponse:
    """Every code that a row can hold, with its words."""
    return _described(codes_queries.code_lists(timezone.localdate()), "application/json")


@web.data
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks what we sign, for a machine that has nothing but Python."""
    response = HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="verify.py"'
    return web.open_to_sites(response)


def _described(body: dict[str, Any], content_type: str) -> HttpResponse:
    return web.open_to_sites(HttpResponse(json.dumps(body, indent=1, ensure_ascii=False), content_type=content_type))


@web.picture
def badge(request: HttpRequest, number: str) -> HttpResponse:
    """The standing now, as a picture for a holder's own website: it cannot go on saying what is true no more."""
    shown = entries_queries.entry(number, at=timezone.now())
    etag = shown.etag
    known = web.known_by(request, etag)
    if known is not None:
        return known
    return web.asked_for_anew(web.drawn({"shown": shown, "entry": shown.entry}), etag)


@web.data
def sitemap(request: HttpRequest) -> HttpResponse:
    """Where the map is: the pages, and the entries in as many files as it takes."""
    entries = [
        reverse("sitemap_entries", args=[part]) for part in range(1, register_files.parts_of_map(timezone.now()) + 1)
    ]
    return _xml(request, "public_lookup/open_data/sitemap_index.xml", [reverse("sitemap_pages"), *entries])


@web.data
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    names = (
        "start",
        "check",
        "verify",
        "report",
        "help",
        "data",
        "statistics",
        "apply",
        "contact",
        "privacy",
        "accessibility",
        "terms",
    )
    return _xml(request, "public_lookup/open_data/sitemap.xml", [(reverse(name), None) for name in names])


@web.data
def sitemap_entries(request: HttpRequest, part: int) -> HttpResponse:
    at = timezone.now()
    if not 0 < part <= register_files.parts_of_map(at):
        raise Http404
    found = register_files.part_of_map(part, at=at)
    return _xml(
        request, "public_lookup/open_data/sitemap.xml", [(reverse("entry", args=[number]), at) for number, at in found]
    )


def _xml(request: HttpRequest, template: str, found: list[Any]) -> HttpResponse:
    page = {"found": found, "SITE_ADDRESS": settings.SITE_ADDRESS}
    return HttpResponse(render_to_string(template, page), content_type="application/xml")
