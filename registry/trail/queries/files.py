"""The trail as a table: what each event says, in words, with the address of the page that it is about."""

import json

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.filtersets import CsvColumn
from registry.trail.models.events import Event
from registry.trail.queries.history import KINDS, page_of, title


def event_columns() -> list[CsvColumn[Event]]:
    """One row for each event; moments are those of London, and facts are JSON as the trail keeps them."""
    return [
        CsvColumn(_("Number"), lambda row: row.number),
        CsvColumn(_("When"), lambda row: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"),
        CsvColumn(_("Who"), lambda row: row.by_name),
        CsvColumn(_("Person"), lambda row: row.by),
        CsvColumn(_("What was done"), lambda row: title(row.kind, row.verb)),
        CsvColumn(_("To what kind of thing"), lambda row: KINDS.get(row.kind, row.kind)),
        CsvColumn(_("Its reference or number"), lambda row: row.reference),
        CsvColumn(_("Before"), lambda row: row.before),
        CsvColumn(_("After"), lambda row: row.after),
        CsvColumn(_("Reason"), lambda row: row.because),
        CsvColumn(_("Facts"), lambda row: json.dumps(row.facts, ensure_ascii=False) if row.facts else ""),
        CsvColumn(_("Link"), _link),
    ]


def _link(event: Event) -> str:
    page = page_of(event)
    return f"{settings.SITE_ADDRESS}{page}" if page else ""
