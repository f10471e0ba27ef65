"""The trail as a list: what each event says, in words, with the address of the page that it is about."""

import json

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.trail.filters import EventFilter
from registry.trail.models.events import Event
from registry.trail.queries.history import KINDS, events, page_of, title, who_did
from registry.worklists import Column, WorkList


def _link(event: Event) -> str:
    page = page_of(event)
    return f"{settings.SITE_ADDRESS}{page}" if page else ""


TRAIL = WorkList(
    "trail",
    _("Trail"),
    url="staff/trail/",
    permission="registry.read_trail",
    query=lambda asked, by, at: events(asked),
    filters=EventFilter,
    # In the CSV moments are those of London, to the second, and facts are JSON as the trail keeps them.
    columns=(
        Column("number", _("Number"), "reference"),
        Column("at", _("When"), "moment", show=("page",)),
        Column(
            "second",
            _("When"),
            value=lambda row, on: f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}",
            show=("csv",),
        ),
        Column("by_name", _("Who"), value=lambda row, on: who_did(row)),
        Column("by", _("Person"), "reference", under="by_name"),
        Column(
            "event", _("What"), value="verb", template="registry/trail/event_cell.html", is_wide=True, show=("page",)
        ),
        Column("verb", _("What was done"), value=lambda row, on: title(row.kind, row.verb), show=("csv",)),
        Column("kind", _("To what kind of thing"), value=lambda row, on: KINDS.get(row.kind, row.kind), show=("csv",)),
        Column("reference", _("Its reference or number"), show=("csv",)),
        Column("before", _("Before"), show=("csv",)),
        Column("after", _("After"), show=("csv",)),
        Column("because", _("Reason"), show=("csv",)),
        Column(
            "facts",
            _("Facts"),
            value=lambda row, on: json.dumps(row.facts, ensure_ascii=False) if row.facts else "",
            show=("csv",),
        ),
        Column("link", _("Link"), value=lambda row, on: _link(row), show=("csv",)),
    ),
    count_in_words=ngettext_lazy("%(how_many)s event", "%(how_many)s events", "n"),
    nothing=_("No event matches these filters."),
    template="registry/trail/trail.html",
    about=_("Every action by person and time, with proof that no record was changed"),
)
