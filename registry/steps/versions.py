"""The version of a subject: the number of the last event about it. A step sent from an older page is refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.trail.models.events import Event

Subject = tuple[str, str]

CHANGED = _(
    "This has changed since you opened the page. Read below what has changed, then send it again if it is still right."
)


def version_of(*subjects: Subject) -> int:
    """The number of the last event about one of these, each a kind and a reference; 0 for none. One query."""
    return Event.objects.of(subjects).values_list("number", flat=True).first() or 0


def since(version: int, *subjects: Subject, but: frozenset[str] = frozenset()) -> "models.QuerySet[Event]":
    """What has happened to these since then, newest first, `but` what changes nothing."""
    return Event.objects.of(subjects).filter(number__gt=version).exclude(verb__in=but)
