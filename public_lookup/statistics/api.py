"""The public statistics for programs: which editions there are, and each frozen table as it is. No key, no cookie, read only."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Router, Schema

from public_lookup import web
from public_lookup.lookup.api import PROBLEMS
from registry.editions.queries import published as queries
from registry.editions.queries.published import PublishedEdition
from registry.editions.rules.content import content_of

router = Router(tags=["statistics"])


class EditionOut(Schema):
    edition: str = Field(description="The quarter", examples=["2026-Q3"])
    first_day: date
    last_day: date
    version: int = Field(description="1, or the number of the correction that holds now")
    published_at: datetime
    corrected_because: str = Field(description="What was wrong before, of a correction")
    digest: str = Field(description="SHA-256 over the digests of the tables, in their order")
    page: str
    files: str = Field(description="Everything as a ZIP of CSV files")


class AnnouncedOut(Schema):
    edition: str
    publish_at: datetime = Field(description="Nothing is shown before")
    is_late: bool
    late_because: str


class EditionsOut(Schema):
    editions: list[EditionOut]
    announced: list[AnnouncedOut]


class TablesOut(EditionOut):
    tables: list[dict[str, Any]] = Field(
        description="Each with its dimensions, measures and rows. A row has the code of each dimension, then each figure; a "
        "text in place of a figure is a mark: c hidden, z cannot exist, x not known"
    )


@router.get("", response={200: EditionsOut, **PROBLEMS}, operation_id="list_statistics", url_name="statistics_editions")
def editions(request: HttpRequest) -> Any:
    """The editions that are published, each with the version that holds now, and the dates that are announced."""
    at = timezone.now()
    return {
        "editions": [_edition(one) for one in queries.current(at)],
        "announced": [
            {
                "edition": one.edition.code,
                "publish_at": one.edition.publish_at,
                "is_late": one.is_late,
                "late_because": one.edition.late_because,
            }
            for one in queries.announced(at)
        ],
    }


@router.get(
    "/{edition}",
    response={200: TablesOut, **PROBLEMS},
    operation_id="read_statistics",
    url_name="statistics_tables",
)
def tables(request: HttpRequest, response: HttpResponse, edition: str) -> Any:
    """All tables of one edition (2026-Q3), or of one version of it (2026-Q3-v1). 404 before its announced minute."""
    shown = queries.published_edition(edition, timezone.now())
    if shown is None:
        raise Http404
    etag = f'"{shown.version.digest[:32]}-{shown.version.number}"'
    web.asked_for_anew(response, etag)
    return web.known_by(request, etag) or {**_edition(shown), "tables": [content_of(one) for one in shown.tables]}


def _edition(shown: PublishedEdition) -> dict[str, Any]:
    return {
        "edition": shown.code,
        "first_day": shown.edition.first_day,
        "last_day": shown.edition.last_day,
        "version": shown.version.number,
        "published_at": shown.published_at,
        "corrected_because": shown.version.corrects,
        "digest": shown.version.digest,
        "page": f"{settings.SITE_ADDRESS}{reverse('statistics_edition', args=[shown.address])}",
        "files": f"{settings.SITE_ADDRESS}{reverse('statistics_zip', args=[shown.address])}",
    }
