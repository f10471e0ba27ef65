"""Letters that wait for somebody.

Letters as rows: written down with the act that they tell of, mailed after it, each tried until it has left."""

from typing import Any

from django.db.models import Q

from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.conflicts.models import Conflict
from registry.conflicts.queries import letters_kept_from
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
