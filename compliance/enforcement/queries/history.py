"""Cases of supply without a licence and undertakings, in the words of the pack."""

from collections.abc import Callable, Iterator

from django.utils.translation import get_language

from compliance.inspections.queries.inspections import EVENTS_ON_A_PAGE, InspectionEvent
from registry.schemes import said
from registry.schemes.enforcement import Offence
from registry.trail.models.events import Event
from registry.trail.queries import history as happened


def called(offence: Offence) -> str:
    return f"{offence.section}: {said(offence.title, get_language())}"


def events_of(
    things: list[tuple[str, str]], *, about: Callable[[Event], str] = lambda event: ""
) -> Iterator[InspectionEvent]:
    """`about` says what an event was done to, where the page is of more than one thing."""
    for event in Event.objects.of(things)[:EVENTS_ON_A_PAGE]:
        text = "\n".join(filter(None, (about(event), event.because)))
        yield InspectionEvent(happened.title(event.kind, event.verb), event.at, event.by_name, text)
