"""What was handed over: the list, and what the page of one shows."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.filters import HandOverFilter
from compliance.hand_overs.models import HandOver
from compliance.inspections.queries.inspections import EVENTS_ON_A_PAGE, InspectionEvent
from registry.accounts.models import User
from registry.trail.models.events import Event
from registry.trail.queries import history as happened


def hand_overs(params: Mapping[str, Any], *, by: User) -> HandOverFilter:
    """What this person may see of what was handed over, the newest first."""
    rows = HandOver.objects.visible_to(by).select_related("organisation", "agency")
    return HandOverFilter(params, hand_overs=rows)


def passed_to(user: User) -> "QuerySet[HandOver]":
    """What reports led this person's authority to be told, the newest first."""
    return HandOver.objects.for_partner(user).order_by("-passed_on_at", "-pk")


def events_of(hand_over: HandOver) -> Iterator[InspectionEvent]:
    for event in Event.objects.of([("handover", hand_over.reference)])[:EVENTS_ON_A_PAGE]:
        yield InspectionEvent(happened.title(event.kind, event.verb), event.at, event.by_name, event.because)


def result_with_answer(hand_over: HandOver) -> str:
    return "\n\n".join(str(part) for part in (hand_over.result_in_words, hand_over.answer_text) if part)


WORDS: happened.Words = {
    "handover": {
        "open_for": _("Handed over"),
        "take_back": _("Taken back"),
        "answer_from_visit": _("Answered by the visit"),
        "call_back": _("Visit called off"),
        "read_dossier": _("Dossier read"),
        "print_dossier": _("Dossier printed"),
    }
}
