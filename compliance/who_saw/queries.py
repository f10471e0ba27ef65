"""Who saw something: the question of the page, its CSV and `manage.py who_saw`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from compliance.who_saw.filters import ReadingFilter
from registry import reading
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.conflicts.models import Conflict
from registry.documents.models import Document
from registry.reading import ReadSubject
from registry.reading.models import Consultation
from registry.roles import ROLES
from registry.trail.models.events import Event

READS_ALL = "registry.read_trail"


def readers(asked: Mapping[str, Any], *, by: User) -> ReadingFilter:
    """Who read what, as far as this person may know it."""
    reference = str(asked.get("reference", "")).strip().upper()
    return ReadingFilter(asked, queryset=_with_agency(readings(by=by, reference=reference)))


def readers_of(reference: str) -> "QuerySet[Consultation] | None":
    """Everybody who was shown the thing of this reference, in order; None if there is no such thing."""
    if not reading.kind_called(reference):
        return None
    rows = ReadingFilter({"reference": reference}, queryset=_with_agency(_every())).found()
    return rows.order_by("at", "pk")


def _with_agency(rows: "QuerySet[Consultation]") -> "QuerySet[Consultation]":
    """With the name of the authority to which intelligence was passed on."""
    event = Event.objects.filter(number=OuterRef("event"), verb="pass_on").values(to=KT("facts__agency"))[:1]
    agency = Agency.objects.filter(reference=OuterRef("agency")).values("name")[:1]
    return rows.annotate(agency=Subquery(event)).annotate(agency_name=Subquery(agency))


def readings(*, by: User, reference: str = "") -> "QuerySet[Consultation]":
    """What this person may know of who read what, with the reason of each act: everything, for who reads the whole trail.

    Others ask of one thing that they may see, by its reference; of what is restricted only those named where it is declared.
    """
    rows = _every()
    if by.has_perm(READS_ALL):
        return rows
    if not reference or not may_ask(reference, by=by):
        return rows.none()
    kinds = [subject.kind for subject in reading.subjects() if _asks(subject, by)]
    return rows.filter(Q(reference=reference) | Q(within=reference), kind__in=kinds)


def _every() -> "QuerySet[Consultation]":
    reason = Event.objects.filter(number=OuterRef("event")).values("because")[:1]
    return Consultation.objects.select_related("by").annotate(because=Subquery(reason))


def may_ask(reference: str, *, by: User) -> bool:
    """Whether this person may ask who read the thing of this reference: they see it, and those who read it are told to them."""
    if by.has_perm(READS_ALL):
        return True
    return any(sees(subject, reference, by) for subject in reading.subjects() if _asks(subject, by))


def _asks(subject: ReadSubject, by: User) -> bool:
    return any(map(by.has_perm, subject.readers_seen_by))


def sees(subject: ReadSubject, reference: str, by: User) -> bool:
    """Whether this person may see the thing of this kind and reference; false where there is none."""
    if subject.rows is Document:
        about = Document.objects.filter(reference=reference).values_list("about", flat=True).first()
        return about is not None and may_ask(about, by=by)
    manager: Any = subject.rows._default_manager
    seen = getattr(manager, subject.seen)(by) if hasattr(manager, subject.seen) else manager.all()
    if subject.organisation:
        seen = seen.exclude(**{f"{subject.organisation}__in": Conflict.objects.organisations_of(by)})
    return bool(seen.filter(**{subject.field: reference}).exists())


def kind_in_words(row: Consultation, on: date) -> str:
    subject = reading.subject_of(row.kind)
    return str(subject.title) if subject else str(_("Page")) if row.kind == reading.PAGE else row.kind


def act_in_words(row: Consultation, on: date) -> str:
    """What the act was that showed it; of anything else the way says enough."""
    return str(reading.act_in_words(row.kind, row.verb) or row.get_way_display())


def reason(row: Any, on: date) -> str:
    """The reason that was given, or the authority to which it was passed on."""
    return str(row.because or row.agency_name or "")


def roles_in_words(row: Consultation, on: date) -> str:
    return ", ".join(str(ROLES[name].title) for name in row.roles.split() if name in ROLES)
