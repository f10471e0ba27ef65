"""The kinds of change as a holder's page lists them: by subject, searched, and only those that its reader may report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.holding.queries.holding import ending_questions, kinds_for
from registry import permissions, schemes
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.schemes import ChangeKind, Scheme, said

SUBJECTS: dict[str, Promise] = {
    "business": _("The business"),
    "people": _("People in the business"),
    "workers": _("Where workers live and how they travel"),
    "suppliers": _("Businesses that supply workers to you"),
    "numbers": _("Company and tax numbers"),
    "events": _("Decisions about the business, and other changes"),
}


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of change as its page says it: until when to tell it if it happened today, and what it sets off."""

    code: str
    title: str
    about: str
    days: int
    sets_off: str
    at_once: bool
    ending: tuple[str, ...] = ()  # the questions of which another answer ends the licence, in words


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The kinds of change of one subject."""

    subject: str
    title: str | Promise
    kinds: tuple[KindRow, ...]


def act_of(kind: ChangeKind) -> Act:
    """What a person must be allowed to do for the holder in order to report this, or to apply for it."""
    return Act.FILL_IN if kind.sets_off == "application" else Act.NOTIFY


def kinds_open_to(by: User, licence: Licence, scheme: Scheme, *, today: date) -> list[ChangeKind]:
    """Of the kinds that there are for this holder, those that this person may report or apply for."""
    acting = permissions.acts_for(by, licence.organisation, on=today)
    return [kind for kind in kinds_for(licence, scheme) if acting is not None and acting.may(act_of(kind))]


def offered(licence: Licence, *, by: User, wanted: str, today: date, language: str) -> list[KindGroup]:
    """The kinds that this person may report, by subject; with all the words that are `wanted` in them, if there are any."""
    scheme = schemes.in_force(licence.scheme, today)
    words = wanted.casefold().split()
    groups: dict[str, list[KindRow]] = {subject: [] for subject in SUBJECTS}
    for kind in kinds_open_to(by, licence, scheme, today=today):
        row = kind_row(licence, kind, scheme, today=today, language=language)
        text = f"{row.title} {row.about} {SUBJECTS[kind.subject]}".casefold()
        if all(word in text for word in words):
            groups[kind.subject].append(row)
    return list(_groups(groups))


def _groups(found: dict[str, list[KindRow]]) -> Iterator[KindGroup]:
    for subject, rows in found.items():
        if rows:
            yield KindGroup(subject, SUBJECTS[subject], tuple(rows))


def kind_row(licence: Licence, kind: ChangeKind, scheme: Scheme, *, today: date, language: str) -> KindRow:
    days = scheme.changes.working_days if kind.working_days is None else kind.working_days
    title, about = said(kind.title, language), said(kind.about, language)
    ending = tuple(said(question.label, language) for question in ending_questions(kind, scheme))
    return KindRow(kind.code, title, about, days, kind.sets_off, kind.at_once, ending)
