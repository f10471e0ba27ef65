"""What devices sent, as people read it: each field by its name, what differs in it, and where each version comes from."""

import difflib
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from compliance.exhibits.models import EvidenceKind
from compliance.field.models import FieldItem, FieldItemOutcome, FieldItemQuerySet, VisitPart
from compliance.field.rules import field as rules
from compliance.field.rules import versions
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.queries.inspections import day_in_words
from compliance.inspections.states import Finding
from compliance.interviews.models import SampleReason, SignedHow, anonymous
from compliance.interviews.queries import indicators_of
from registry.accounts.models import User
from registry.errors import Refused
from registry.languages import own_names
from registry.schemes import Scheme, said
from registry.trail.models.events import Event

#: Words of a version, and whether the other version has them otherwise.
Words = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class VersionField:
    """One field of something that was sent, beside what stood here."""

    field: str
    name: str
    sent: Words
    stood: Words
    differs: bool
    may_have_both: bool


@dataclass(frozen=True, slots=True)
class VersionOrigin:
    """Who wrote a version, when and where."""

    who: str
    at: datetime | None
    where: str


@dataclass(frozen=True, slots=True)
class VersionInWords:
    """Something that a device sent, to be read by people."""

    item: FieldItem
    title: str
    is_conflict: bool
    rows: tuple[VersionField, ...]
    sent_from: VersionOrigin
    stood_from: VersionOrigin | None
    let_go_because: str = ""

    @property
    def differing(self) -> tuple[VersionField, ...]:
        return tuple(row for row in self.rows if row.differs)


def sent_by_devices(inspection: Inspection, *, by: User) -> FieldItemQuerySet:
    """What devices sent of this visit that was not simply taken over: two versions first, the newest at the top."""
    items = FieldItem.objects.visible_to(by).filter(inspection=inspection).exclude(outcome=FieldItemOutcome.TAKEN)
    items = items.select_related("device__user", "settled_by", "inspection")
    return items.order_by("settled", "-received_at", "-pk")


def sent_in_words(inspection: Inspection, *, by: User) -> list[VersionInWords]:
    removed = FieldItem.objects.filter(
        inspection=inspection, part=VisitPart.EXHIBIT, content__has_key="removed_because"
    )
    because = {one.of: str(one.content["removed_because"]) for one in removed}
    shown = [in_words(item) for item in sent_by_devices(inspection, by=by)]
    return [replace(one, let_go_because=because.get(one.item.of, "")) for one in shown]


def in_words(item: FieldItem) -> VersionInWords:
    is_conflict = item.outcome == FieldItemOutcome.CONFLICT
    sent = versions.flat(_shape(item) if is_conflict else item.content)
    stood = versions.flat(versions.stood_of(item)) if is_conflict else {}
    return VersionInWords(
        item=item,
        title=f"{item.get_part_display()} {'' if '-' in item.of else item.of}".strip(),
        is_conflict=is_conflict,
        rows=tuple(_rows(item, sent, stood)),
        sent_from=VersionOrigin(str(item.device.user), item.written_at, item.device.label),
        stood_from=_stood_from(item) if is_conflict else None,
    )


def _shape(item: FieldItem) -> Mapping[str, Any]:
    try:
        return rules.SHAPES[VisitPart(item.part)](item.content)
    except Refused:
        return dict(item.content)


def _rows(item: FieldItem, sent: Mapping[str, Any], stood: Mapping[str, Any]) -> Iterator[VersionField]:
    scheme = scheme_of(item.inspection)
    differ = set(versions.differing(versions.whole(sent, has_answers=True), versions.whole(stood, has_answers=True)))
    for name in {**sent, **stood}:
        mine, theirs = (_value(scheme, name, one.get(name)) for one in (sent, stood))
        if mine or theirs:
            may_have_both = versions.may_have_both(name, sent.get(name), stood.get(name))
            yield VersionField(name, _name(scheme, name), *side_by_side(mine, theirs), name in differ, may_have_both)


def side_by_side(one: str, other: str) -> tuple[Words, Words]:
    """Both texts, with the words marked that stand in one of them alone."""
    mine, theirs = (re.findall(r"\s+|\S+", text) for text in (one, other))
    if not mine or not theirs:
        return ((one, False),) if one else (), ((other, False),) if other else ()
    first, second = [], []
    for what, a, b, c, d in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        first.append(("".join(mine[a:b]), what != "equal"))
        second.append(("".join(theirs[c:d]), what != "equal"))
    return tuple(part for part in first if part[0]), tuple(part for part in second if part[0])


# --- names and values in words ---

NAMES: Mapping[str, str | Promise] = {
    "visited_on": _("Day of the visit"),
    "summary": _("Summary of the visit"),
    "business_comments": _("What the business says"),
    "finding": _("Finding"),
    "evidence": _("Evidence"),
    "business_comment": _("What the business says to this standard"),
    "workers_present": _("How many workers are there"),
    "drawn": _("Selected at random"),
    "because": _("Reason"),
    "seen": _("Seen"),
    "language": _("Language of the interview"),
    "notes": _("Notes"),
    "consents": _("Does the worker want to talk?"),
    "explained": _("Told first"),
    "indicators": _("Signs of forced labour"),
    "sampled": _("How it came that you spoke to this worker"),
    "drawn_number": _("Number in the list of workers"),
    "interpreted": _("An interpreter was there"),
    "held_at": _("When"),
    "signed_at": _("When"),
    "taken_at": _("When"),
    "name": _("Name"),
    "role": _("What they are to the business"),
    "statement": _("What is signed"),
    "how": _("How"),
    "strokes": _("What was drawn"),
    "kind": _("Kind"),
    "description": _("Description"),
    "standards": _("Standards"),
    "digest": _("SHA-256 of the original"),
    "size": _("Size in bytes"),
    "removed_because": _("Why it was removed"),
}
YES_NO = {True: _("Yes"), False: _("No"), "yes": _("Yes"), "no": _("No"), "": ""}


def _name(scheme: Scheme, field: str) -> str:
    if not field.startswith(versions.ANSWER):
        return str(NAMES.get(field, field))
    code = field.removeprefix(versions.ANSWER)
    questions = scheme.interviews.questions if scheme.interviews else ()
    return next((said(one.words, get_language()) for one in questions if one.code == code), code)


def _value(scheme: Scheme, field: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    try:
        return _in_words(scheme, field, value)
    except (KeyError, TypeError, ValueError):
        # What could not be understood is shown as it came.
        return str(value)


def _in_words(scheme: Scheme, field: str, value: Any) -> str:
    if field.startswith(versions.ANSWER):
        return ". ".join(str(part) for part in (YES_NO[value["said"]], value["words"]) if part)
    if field in OF_THE_SCHEME:
        return "\n".join(OF_THE_SCHEME[field](scheme).get(code, code) for code in value)
    return VALUES.get(field, _plain)(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(YES_NO[value])
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _instant(value: str) -> str:
    return str(date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i"))


def _strokes(value: list[Any]) -> str:
    return ngettext("A drawing of %(n)s line", "A drawing of %(n)s lines", len(value)) % {"n": len(value)}


def _told_first(scheme: Scheme) -> dict[str, str]:
    explained = scheme.interviews.explained if scheme.interviews else ()
    return {one.code: said(one.words, get_language()) for one in explained}


def _signs(scheme: Scheme) -> dict[str, str]:
    return {one["code"]: f"{one['code']} {one['title']}" for one in indicators_of(scheme)}


OF_THE_SCHEME: Mapping[str, Callable[[Scheme], dict[str, str]]] = {"explained": _told_first, "indicators": _signs}
VALUES: Mapping[str, Callable[[Any], str]] = {
    "finding": lambda value: str(Finding(value).label),
    "sampled": lambda value: str(SampleReason(value).label),
    "how": lambda value: str(SignedHow(value).label),
    "kind": lambda value: str(EvidenceKind(value).label),
    "language": lambda value: dict(own_names()).get(value) or gettext("Another language"),
    "visited_on": lambda value: day_in_words(date.fromisoformat(value)),
    **dict.fromkeys(("held_at", "signed_at", "taken_at"), _instant),
    "strokes": _strokes,
}


# --- where what stood here comes from ---

#: What the trail of a visit says when somebody changes a part of it, and whether that was this one.
WRITES: Mapping[VisitPart, tuple[str, Callable[[Mapping[str, Any], str], bool]]] = {
    VisitPart.VISIT: ("record_findings", lambda facts, of: bool(facts.get("changed"))),
    VisitPart.FINDING: ("record_findings", lambda facts, of: of in facts.get("findings", {})),
    VisitPart.SAMPLE: ("draw", lambda facts, of: str(facts.get("number")) == of),
    VisitPart.INTERVIEW: ("keep_interview", lambda facts, of: facts.get("interview") == _worker(of)),
    VisitPart.INDICATOR: ("note_indicator", lambda facts, of: facts.get("code") == of),
}


def _worker(of: str) -> str:
    try:
        return anonymous(uuid.UUID(of))
    except ValueError:
        return ""


def _stood_from(item: FieldItem) -> VersionOrigin | None:
    """Who wrote last, before this came, what stands here, and whether they did so at the desk or on a device."""
    verb, is_it = WRITES.get(VisitPart(item.part), ("", lambda facts, of: False))
    events = Event.objects.filter(kind="inspection", reference=item.inspection.reference, verb=verb)
    wrote = (one for one in events.filter(at__lte=item.received_at).order_by("-number") if is_it(one.facts, item.of))
    last = next(wrote, None)
    if last is None:
        return None
    came = FieldItem.objects.filter(
        inspection=item.inspection, part=item.part, of=item.of, outcome=FieldItemOutcome.TAKEN, received_at=last.at
    )
    device = came.exclude(pk=item.pk).select_related("device").first()
    where = device.device.label if device else gettext("At the desk")
    return VersionOrigin(last.by_name, device.written_at if device else last.at, where)


def as_told(item: FieldItem) -> dict[str, Any]:
    """The two versions for the app, which shows them as they are."""
    shown = in_words(item)
    return {
        "rows": [
            {
                "field": row.field,
                "name": row.name,
                "sent": row.sent,
                "stood": row.stood,
                "differs": row.differs,
                "both": row.may_have_both,
            }
            for row in shown.rows
        ],
        "from": {"sent": _origin(shown.sent_from), "stood": _origin(shown.stood_from)},
        "may_choose": item.part not in rules.ONLY_ADDED,
    }


def _origin(origin: VersionOrigin | None) -> str:
    if origin is None:
        return ""
    when = date_format(timezone.localtime(origin.at), "j F Y, H:i") if origin.at else ""
    return ", ".join(part for part in (origin.who, when, origin.where) if part)
