"""Letters that wait for somebody.

Letters as rows: written down with the act that they tell of, mailed after it, each tried until it has left."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.conflicts.models import Conflict
from registry.identifiers import lines_of
from registry.letters.models import Letter, LetterQuerySet
from registry.organisations.models import Organisation

LAST = 5


def letters_of_business() -> LetterQuerySet:
    """What staff may read: never what was written to a follower, to somebody who reports, or to a colleague."""
    return Letter.objects.of_business().select_related("organisation", "agency", "outbox")


def letters_open_to(officer: User) -> LetterQuerySet:
    """All of those but to, or about, organisations with which this officer has a conflict of interest."""
    kept = Conflict.objects.organisations_of(officer)
    found = letters_of_business().filter(Q(organisation=None) | ~Q(organisation__in=kept))
    for keys in letters_kept_from(officer):
        found = found.exclude(pk__in=keys)
    return found


def letters_kept_from(officer: User) -> "Iterator[QuerySet[Any, Any]]":
    """The keys of letters to others about such organisations: each app names in `letters_about` who knows of them."""
    kept = Conflict.objects.organisations_of(officer)
    return (keys for about in _letters_about() for keys in about(kept))


@cache
def _letters_about() -> tuple[Any, ...]:
    paths = (path for config in apps.get_app_configs() for path in getattr(config, "letters_about", ()))
    return tuple(import_string(path) for path in paths)


def last_letters(template: str, wording: str, *, by: User) -> list[Letter]:
    """The last few of this kind that this officer may read, newest first; nothing for who reads no cases."""
    if not by.has_perm("licensing.view_applications"):
        return []
    found = letters_open_to(by).filter(template=template)
    if wording:
        found = found.filter(facts__wording=wording)
    return list(found.order_by("-pk")[:LAST])


def letters_to_post(by: User) -> LetterQuerySet:
    """Letters to organisations without an email address that are not posted yet and this officer may read, oldest first."""
    return letters_open_to(by).to_post().order_by("at", "pk")


def addressee(whose: Organisation | Agency | None, name: str) -> dict[str, Any]:
    """How a letter is addressed to them, as their file has it."""
    return {"name": name, "address": lines_of(whose.address) if whose else []}
