"""A report left by voice: the caller says whether someone is in danger, speaks, and hears the words of the mailbox.

Who rings is in no row and no log. The recording is fetched, sealed, and deleted at the provider (`registry.telephone`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from compliance import passphrases, vault
from compliance.reports.actions import reports
from compliance.reports.models.reports import Channel
from compliance.reports.states import ContactChoice, Danger
from registry import telephone, uploads
from registry.campaigns.states import CampaignTotal
from registry.errors import Refused
from registry.telephone import (
    CallLost,
    CallState,
    Gather,
    RecordingLost,
    Spoken,
    TakeRecording,
    Verb,
    clip,
    digits_of,
    say,
)
from registry.web import count_visit

ANSWERS = {"1": Danger.YES, "2": Danger.NO}
AGAIN = "1"
#: The words are read out one by one: so that they can be written down.
PAUSE = ". "


@telephone.webhook()
def report_step(request: HttpRequest, state: str) -> Sequence[Verb]:
    """The next step of a report, which the address holds."""
    at = timezone.now()
    try:
        here = CallState.opened(state, request.POST.get("CallSid", ""), at=at)
    except CallLost:
        return [clip("not-understood", "en")]
    return STEPS[here.step](request, here, at)


def _begin(request: HttpRequest, here: CallState, at: datetime) -> Sequence[Verb]:
    asked = _clips(here, "emergency", "report-start", "danger", "yes-or-no")
    return _gathered(request, here.to("danger", ticket=vault.new_ticket(at=at)), asked, at)


def _danger(request: HttpRequest, here: CallState, at: datetime) -> Sequence[Verb]:
    danger = ANSWERS.get(digits_of(request), Danger.NOT_SURE)
    action = _address(request, here.to("said", choices=(danger,)), at)
    return [*_clips(here, "speak-now"), TakeRecording(action, uploads.LONGEST_SECONDS)]


def _said(request: HttpRequest, here: CallState, at: datetime) -> Sequence[Verb]:
    """The recording is there: kept once, however often it is told."""
    try:
        recording = uploads.sound(telephone.take_recording(request.POST.get("RecordingUrl", "")))
    except (Refused, RecordingLost):
        return [*_clips(here, "not-kept"), *_begin(request, here, at)]
    ticket = vault.open_ticket(here.ticket, at=at)
    kept = reports.receive(
        once=ticket.once,
        passphrase=ticket.passphrase(passphrases.language_of_words(here.language)),
        text="",
        kinds=(),
        danger=here.choices[0],
        language=here.language,
        contact=ContactChoice.MAILBOX,
        details={},
        recording=recording,
        channel=Channel.TELEPHONE,
        by=None,
        at=at,
    )
    if kept.received_at == at:  # and not told once more
        count_visit("", CampaignTotal.REPORT, at=at)
    return _words(request, here, at)


def _words(request: HttpRequest, here: CallState, at: datetime) -> Sequence[Verb]:
    language = passphrases.language_of_words(here.language)
    words = vault.open_ticket(here.ticket, at=at).passphrase(language).replace(" ", PAUSE)
    spoken = [*_clips(here, "report-kept", "your-words"), say(words, language), *_clips(here, "hear-again")]
    return _gathered(request, here.to("again"), spoken, at)


def _again(request: HttpRequest, here: CallState, at: datetime) -> Sequence[Verb]:
    return _words(request, here, at) if digits_of(request) == AGAIN else []


STEPS: dict[str, Callable[[HttpRequest, CallState, datetime], Sequence[Verb]]] = {
    "begin": _begin,
    "danger": _danger,
    "said": _said,
    "again": _again,
}


def _gathered(request: HttpRequest, following: CallState, spoken: Sequence[Spoken], at: datetime) -> Sequence[Verb]:
    action = _address(request, following, at)
    return [Gather(action, tuple(spoken), keys=1), telephone.Redirect(action)]


def _address(request: HttpRequest, state: CallState, at: datetime) -> str:
    sealed = state.sealed(request.POST.get("CallSid", ""), at=at)
    return f"{settings.SITE_ADDRESS}{reverse('report_by_telephone', args=[sealed])}"


def _clips(here: CallState, *keys: str) -> list[Any]:
    return [clip(key, here.language.split("-")[0]) for key in keys]
