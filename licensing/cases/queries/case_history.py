"""The history of a case as its page tells it: the form was filled in over days, and each page of it may be saved often."""

from collections.abc import Iterator

from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils.translation import ngettext

from licensing.applications.models import Application
from licensing.applications.queries.history import EVENTS_ON_A_PAGE, WORDS
from registry.trail.models.events import EventQuerySet
from registry.trail.queries import history as registry_queries
from registry.trail.queries.history import TimelineEvent

# What whoever fills in a form does over and over, while nothing else happens.
TYPING = ("save_page", "remove_item")


def history_of_case(application: Application, *besides: tuple[str, str]) -> tuple[TimelineEvent, ...]:
    """What was done to the application and to what belongs to it, newest first.

    What one person typed into the form on one day is one line, so that it hides nothing. Each page that was saved stays
    an event of the trail.
    """
    events = registry_queries.history_of(("application", application.reference), *besides)
    done = list(events.exclude(kind="application", verb__in=TYPING)[:EVENTS_ON_A_PAGE])
    told = zip(
        (event.number for event in done),
        registry_queries.in_words(done, about=application.reference, words=WORDS),
        strict=True,
    )
    lines = sorted([*told, *_typed(events)], key=lambda line: line[0], reverse=True)
    return tuple(happening for _number, happening in lines)


def _typed(events: EventQuerySet) -> Iterator[tuple[int, TimelineEvent]]:
    """One line for each day and person, where the last of it was done."""
    typing = events.filter(kind="application", verb__in=TYPING).order_by()
    for one in typing.values("by_name", day=TruncDate("at")).annotate(
        times=Count("pk"), last=Max("at"), number=Max("number")
    ):
        title = ngettext("Filled in the form: saved once", "Filled in the form: saved %(times)s times", one["times"])
        yield one["number"], TimelineEvent(title % {"times": one["times"]}, one["last"], one["by_name"], "")
