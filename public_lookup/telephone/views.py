"""Looking up by telephone and by text message. Nothing is kept: neither who called, nor what was asked."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from public_lookup import web
from public_lookup.telephone import letters, queries, rules
from registry import telephone
from registry.campaigns.states import CampaignTotal
from registry.web import count_visit

View = Callable[..., Sequence[telephone.Verb]]
REPORT = "report"
WAYS = {"1": "number", "2": "vehicle", "3": "name", "4": REPORT}
NONE_OF_THESE, AGAIN = "9", "1"


def reads_register(view: View) -> View:
    """The register is read where the page reads it, from a copy that can be believed."""

    @wraps(view)
    def answered(request: HttpRequest, **known: str) -> Sequence[telephone.Verb]:
        verbs: Sequence[telephone.Verb] = web.from_register(view, request, **known)
        return verbs

    return answered


@telephone.webhook(begins=True)
@reads_register
def text(request: HttpRequest) -> Sequence[telephone.Verb]:
    """A text message, and its answer."""
    at = timezone.now()
    words = letters.text_answer(request.POST.get("Body", ""), telephone.language_of(request.POST.get("To", "")), at)
    count_visit("", CampaignTotal.LOOK_UP, at=at)
    return [telephone.TextAnswer(words)]


@telephone.webhook(begins=True)
def call(request: HttpRequest) -> Sequence[telephone.Verb]:
    """A call begins: in the language of the number that was called, or with the choice of one."""
    has_language = request.POST.get("To", "") in settings.TELEPHONE_LANGUAGES
    begun = telephone.CallState("language", telephone.language_of(request.POST.get("To", "")))
    return _menu(request, begun) if has_language else _languages(request, begun)


@telephone.webhook()
@reads_register
def call_step(request: HttpRequest, state: str) -> Sequence[telephone.Verb]:
    """The keys that were pressed, at the step that the address holds."""
    at = timezone.now()
    try:
        here = telephone.CallState.opened(state, _call(request), at=at)
    except telephone.CallLost:
        return [telephone.clip("not-understood", "en")]
    return STEPS[here.step](request, here, at)


def _chosen_language(request: HttpRequest, here: telephone.CallState, at: datetime) -> Sequence[telephone.Verb]:
    code = dict(telephone.languages_by_key()).get(telephone.digits_of(request))
    return _menu(request, here.to("menu", language=code)) if code else _languages(request, here)


def _languages(request: HttpRequest, here: telephone.CallState) -> Sequence[telephone.Verb]:
    return _gathered(request, here.to("language"), letters.languages(), keys=2)


def _menu(
    request: HttpRequest, here: telephone.CallState, *, before: Sequence[telephone.Spoken] = ()
) -> Sequence[telephone.Verb]:
    offered = [f"menu-{way}" for way in _ways(timezone.now()).values()]
    return _gathered(request, here.to("menu"), [*before, *_clips(here, *offered)], keys=1)


def _ways(at: datetime) -> dict[str, str]:
    """What can be done, by the key that chooses it."""
    without = {*([] if queries.publishes_vehicles(at) else ["vehicle"])}
    without |= {*([] if settings.TELEPHONE_RECORDINGS else [REPORT])}
    return {key: way for key, way in WAYS.items() if way not in without}


def _chosen_way(request: HttpRequest, here: telephone.CallState, at: datetime) -> Sequence[telephone.Verb]:
    way = _ways(at).get(telephone.digits_of(request), "")
    if way == REPORT:
        return [telephone.Redirect(_address(request, "report_by_telephone", here.to("begin")))]
    if way:
        return _ask_keys(request, here, way)
    return _menu(request, here, before=_clips(here, "not-understood"))


def _ask_keys(
    request: HttpRequest, here: telephone.CallState, way: str, *, before: Sequence[telephone.Spoken] = ()
) -> Sequence[telephone.Verb]:
    return _gathered(request, here.to(way, choices=()), [*before, *_clips(here, "press-keys")])


def _keys(request: HttpRequest, here: telephone.CallState, at: datetime) -> Sequence[telephone.Verb]:
    keys = telephone.digits_of(request).replace("*", "")
    if not rules.FEWEST_KEYS <= len(keys) <= rules.MOST_KEYS:
        return _ask_keys(request, here, here.step, before=_clips(here, "not-understood"))
    count_visit("", CampaignTotal.LOOK_UP, at=at)
    found = queries.choices(here.step, keys, at)
    if not found:
        return _answer(request, here, "", at)
    return _choose(request, here.to("choose", choices=tuple(entry.number for entry in found)), at)


def _choose(request: HttpRequest, here: telephone.CallState, at: datetime) -> Sequence[telephone.Verb]:
    entries = queries.of_numbers(here.choices, at)
    return _gathered(request, here.to("chosen"), letters.choices(entries, _short(here)), keys=1)


def _chosen(request: HttpRequest, here: telephone.CallState, at: datetime) -> Sequence[telephone.Verb]:
    digits = telephone.digits_of(request)
    if digits == NONE_OF_THESE:
        return _answer(request, here, "", at)
    offered = dict(zip("12345678", here.choices, strict=False))
    return _answer(request, here, offered[digits], at) if digits in offered else _choose(request, here, at)


def _answer(request: HttpRequest, here: telephone.CallState, number: str, at: datetime) -> Sequence[telephone.Verb]:
    row = queries.only(number, at) if number else None
    spoken = letters.answer(row, _short(here), at)
    return _gathered(request, here.to("again", choices=()), [*spoken, *_clips(here, "ask-again")], keys=1)


def _again(request: HttpRequest, here: telephone.CallState, at: datetime) -> Sequence[telephone.Verb]:
    return _menu(request, here) if telephone.digits_of(request) == AGAIN else []


STEPS: dict[str, Callable[[HttpRequest, telephone.CallState, datetime], Sequence[telephone.Verb]]] = {
    "language": _chosen_language,
    "menu": _chosen_way,
    "number": _keys,
    "vehicle": _keys,
    "name": _keys,
    "choose": _choose,
    "chosen": _chosen,
    "again": _again,
}


def _gathered(
    request: HttpRequest, following: telephone.CallState, spoken: Sequence[telephone.Spoken], **limits: Any
) -> Sequence[telephone.Verb]:
    """Say this and wait for keys; who presses none is asked once more, until the call has gone on for too long."""
    action = _address(request, "telephone_call_step", following)
    silent = [telephone.Redirect(action)] if following.step != "again" else []
    return [telephone.Gather(action, tuple(spoken), **limits), *silent]


def _address(request: HttpRequest, name: str, state: telephone.CallState) -> str:
    sealed = state.sealed(_call(request), at=timezone.now())
    return f"{settings.SITE_ADDRESS}{reverse(name, args=[sealed])}"


def _call(request: HttpRequest) -> str:
    return request.POST.get("CallSid", "")


def _short(here: telephone.CallState) -> str:
    return here.language.split("-")[0]


def _clips(here: telephone.CallState, *keys: str) -> list[telephone.Spoken]:
    return [telephone.clip(key, _short(here)) for key in keys]
