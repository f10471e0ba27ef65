"""What the app for visits fetches and sends: JSON with the session of the browser. Who has to sign in is led there."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from compliance.check_ins import actions as check_ins
from compliance.check_ins.rules import DOES_NOT_GO
from compliance.danger import actions as danger
from compliance.danger.models import DangerSource
from compliance.field.actions import copies, field
from compliance.field.models import FieldDevice, FieldItem, FieldItemOutcome, VisitPart
from compliance.field.queries import field as queries
from compliance.field.queries import versions
from compliance.field.rules.field import DeviceItem, FilePiece
from compliance.inspections.models import Inspection
from compliance.inspections.queries.inspections import day_in_words
from registry import web
from registry.errors import Refused
from registry.json_reader import read_object

REPORTS = "compliance.report_inspection"
GONE = 410
#: What is told back; None for what no device of ours sends.
Told = dict[str, Any] | None
#: The key of no device and of nothing that was sent.
NOBODY = uuid.UUID(int=0)


def _answered(view: Callable[[web.SignedIn], Told]) -> Callable[[web.SignedIn], HttpResponse]:
    """Answers with what the view tells, with the reasons for which it refuses, or that it makes no sense."""

    @wraps(view)
    def answered(request: web.SignedIn) -> HttpResponse:
        try:
            told = view(request)
        except Refused as refused:
            return _refused(refused)
        return _malformed() if told is None else web.not_kept(JsonResponse(told))

    return answered


@web.page(REPORTS)
@web.asks_only
def session(request: web.SignedIn) -> HttpResponse:
    """Who has signed in, what they send posts with, and the visits that they can take along."""
    told = [
        {"reference": one.reference, "organisation": one.organisation.legal_name, "due_on": day_in_words(one.due_on)}
        for one in queries.to_take_along(request.user)
    ]
    who = {"who": request.user.reference, "name": str(request.user), "csrf": get_token(request), "visits": told}
    return web.not_kept(JsonResponse(who))


@web.page(REPORTS)
@web.asks_only
def common_passphrases(request: web.SignedIn) -> HttpResponse:
    """Passwords that many people use. The device compares by itself: no passphrase is ever sent."""
    return JsonResponse({"passphrases": sorted(CommonPasswordValidator().passwords)})


@web.button(REPORTS)
@_answered
def take_along(request: web.SignedIn) -> Told:
    """The device says what it is called and which visits it takes; it gets all that they need without a connection."""
    asked = _json(request.POST.get("asked", ""))
    key, references = _key(asked.get("device")), asked.get("visits")
    if key is None or not isinstance(references, list):
        return None
    taken = [one for one in queries.to_take_along(request.user) if one.reference in references]
    device = copies.take_along(key, label=str(asked.get("label", "")), visits=taken, by=request.user, at=timezone.now())
    return {"visits": [queries.bundle(one) for one in taken], "received": device.items.count()}


@web.button(REPORTS)
@_answered
def hear(request: web.SignedIn) -> Told:
    """How the visits on a device stand now, and what is asked of each: other times, other places, called off."""
    device = _device(request, _json(request.POST.get("asked", "")))
    heard = field.hear(device, by=request.user, at=timezone.now()) if device else None
    return None if heard is None else {"visits": [one.as_told for one in heard]}


@web.button(REPORTS)
@_answered
def piece(request: web.SignedIn) -> Told:
    """Some bytes of a file that comes ahead of its item: how many of it are here now."""
    given = _json(request.POST.get("piece", ""))
    device, sent = _device(request, given), _piece(request, given)
    if device is None or sent is None:
        return None
    return {"received": field.take_piece(device, piece=sent, by=request.user, at=timezone.now())}


@web.button(REPORTS)
def take(request: web.SignedIn) -> HttpResponse:
    """One thing that was written on the device: what became of it, whether this is the first time that it arrives or not."""
    given = _json(request.POST.get("item", ""))
    device, sent = _device(request, given), _sent(request, given)
    if device is None or sent is None:
        return _malformed()
    try:
        item = field.take(device, sent=sent, by=request.user, at=timezone.now())
    except Refused as refused:
        return _refused(refused, expects=device.items.count() + 1)
    return web.not_kept(JsonResponse(_became(item)))


@web.button(REPORTS)
@_answered
def settle(request: web.SignedIn) -> Told:
    """Which of two versions counts."""
    given = _json(request.POST.get("settles", ""))
    item = FieldItem.objects.visible_to(request.user).filter(key=_key(given.get("key")) or NOBODY).first()
    if item is None:
        return None
    fields = given.get("fields")
    chosen = {str(name): str(one) for name, one in fields.items()} if isinstance(fields, dict) else {}
    keep, at = str(given.get("keep", "")), timezone.now()
    return _became(field.settle(item, keep=keep, fields=chosen, by=request.user, at=at))


@web.button(REPORTS)
@_answered
def finish(request: web.SignedIn) -> Told:
    """The device has sent everything and forgets what it took along."""
    device = _device(request, _json(request.POST.get("asked", "")))
    if device is None:
        return None
    field.finish(device, by=request.user, at=timezone.now())
    return {}


@web.button(REPORTS)
@_answered
def alarm(request: web.SignedIn) -> Told:
    """The button for danger was pressed on a device, perhaps hours ago. No alarm is lost because a visit in it is not known."""
    given = _json(request.POST.get("alarm", ""))
    key, pressed_at = _key(given.get("key")), _instant(given.get("pressed_at"))
    if key is None or pressed_at is None:
        return None
    reference, at = str(given.get("visit", ""))[:20], timezone.now()
    visit = Inspection.objects.visible_to(request.user).filter(reference=reference).first() if reference else None
    pressed = danger.DevicePress(key, pressed_at)
    sign = danger.raise_danger(DangerSource.OFFICER, inspection=visit, pressed=pressed, by=request.user, at=at)
    return {"reference": sign.reference}


@web.button(check_ins.SEES)
@_answered
def check_in(request: web.SignedIn) -> Told:
    """An officer checked in on a device, perhaps hours ago. All times are counted back from now: its clock may be wrong."""
    given, at = _json(request.POST.get("check_in", "")), timezone.now()
    pressed = _press(given, at)
    visit = Inspection.objects.visible_to(request.user).filter(reference=str(given.get("visit", ""))[:20]).first()
    if pressed is None or not _is_length(given.get("minutes")):
        return None
    if visit is None:
        raise Refused([DOES_NOT_GO])
    expected_at = pressed.at + timedelta(minutes=given["minutes"])
    check_ins.check_in(visit, expected_at=expected_at, pressed=pressed, by=request.user, at=at)
    return {"reference": visit.reference}


@web.button(check_ins.SEES)
@_answered
def check_out(request: web.SignedIn) -> Told:
    """An officer checked out on a device. Which visit it was is asked of the stay: it may be given to someone else meanwhile."""
    given, at = _json(request.POST.get("check_out", "")), timezone.now()
    pressed, reference = _press(given, at), str(given.get("visit", ""))[:20]
    if pressed is None or not reference:
        return None
    check_ins.check_out_of(reference, pressed=pressed, by=request.user, at=at)
    return {"reference": reference}


@require_safe
@login_not_required
def device_standing(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Whether a device must forget what it took along: 410. Asked without signing in, as who has it may not be able to.

    The key is known to the device alone; of one that we do not know nothing is said.
    """
    return web.not_kept(HttpResponse(status=GONE if queries.is_signed_out(key) else 204))


def _became(item: FieldItem) -> dict[str, Any]:
    in_words = versions.as_told(item) if item.outcome == FieldItemOutcome.CONFLICT else {}
    return {
        **in_words,
        "key": str(item.key),
        "outcome": item.outcome,
        "reasons": item.reasons,
        "revision": item.revision,
        "stood": item.stood,
        "settled": item.settled,
        "stands": queries.content_of(item.inspection, VisitPart(item.part), item.of),
    }


def _device(request: web.SignedIn, given: dict[str, Any]) -> FieldDevice | None:
    """The device that says it speaks, if it is this person's."""
    return FieldDevice.objects.filter(user=request.user, key=_key(given.get("device")) or NOBODY).first()


def _refused(refused: Refused, **more: Any) -> HttpResponse:
    codes = [reason.code for reason in refused.reasons]
    told = {"codes": codes, "reasons": [str(reason.text) for reason in refused.reasons], **more}
    return web.not_kept(JsonResponse(told, status=GONE if "signed_out" in codes else 409))


def _malformed() -> HttpResponse:
    return web.not_kept(JsonResponse({"codes": ["malformed"], "reasons": []}, status=400))


def _json(text: str) -> dict[str, Any]:
    """An object; nonsense counts as an empty one."""
    return read_object(text) or {}


def _key(given: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(given))
    except ValueError:
        return None


def _press(given: dict[str, Any], at: datetime) -> danger.DevicePress | None:
    """Pressed so many seconds before `at`."""
    key = _key(given.get("key"))
    if key is None or not _is_length(given.get("seconds")):
        return None
    return danger.DevicePress(key, at - timedelta(seconds=given["seconds"]))


LONGEST_OF, LONGEST_BASE, MOST = 40, 64, 10**9


def _sent(request: web.SignedIn, given: dict[str, Any]) -> DeviceItem | None:
    """The envelope; what is in it is for the action to read. None when it is not ours."""
    key, written_at = _key(given.get("key")), _instant(given.get("written_at"))
    of, base, sequence = str(given.get("of", "")), str(given.get("base", "")), given.get("sequence")
    is_ours = (
        isinstance(given.get("content"), dict)
        and type(sequence) is int
        and 0 < sequence < MOST
        and given.get("part") in VisitPart.values
        and len(of) <= LONGEST_OF
        and len(base) <= LONGEST_BASE
    )
    if key is None or written_at is None or not is_ours:
        return None
    return DeviceItem(
        key=key,
        sequence=given["sequence"],
        inspection=str(given.get("visit", "")),
        part=VisitPart(given["part"]),
        of=of,
        base=base,
        content=given["content"],
        written_at=written_at,
    )


def _piece(request: web.SignedIn, given: dict[str, Any]) -> FilePiece | None:
    key, upload = _key(given.get("key")), request.FILES.get("file")
    start, size = given.get("start"), given.get("size")
    if key is None or upload is None or not _is_length(start) or not _is_length(size):
        return None
    return FilePiece(
        key=key,
        inspection=str(given.get("visit", "")),
        start=given["start"],
        size=given["size"],
        digest=str(given.get("digest", "")),
        content=upload.read(),
    )


def _is_length(given: Any) -> bool:
    return type(given) is int and 0 <= given < MOST


def _instant(given: Any) -> Any:
    try:
        found = parse_datetime(str(given))
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
