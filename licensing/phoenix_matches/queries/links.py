"""Look-alikes as an officer reads them: each signal with its points and whose it is, the records behind it, and a picture."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries.offices import case_officers, office_holidays
from licensing.applications.states import IN_HAND
from licensing.phoenix_matches import rules
from licensing.phoenix_matches.filters import LookAlikeFilter
from licensing.phoenix_matches.models import LookAlike
from licensing.phoenix_matches.states import LookAlikeStatus, RecordKind
from registry.accounts.models import User
from registry.matching import Resemblance
from registry.matching.models import TraitKind
from registry.organisations.models import Organisation, Person
from registry.steps import Button

HOW: Mapping[str, str | Promise] = {
    Resemblance.SAME: _("the same"),
    Resemblance.SLIP: _("the same but for a slip in the date of birth"),
    Resemblance.NEARLY: _("nearly the same"),
    Resemblance.ONE_NAME: _("the same date of birth and one of the names"),
    Resemblance.NO_BIRTHDAY: _("the same name, one without a date of birth"),
}
#: On which page a record is read; of others there is none of their own.
PAGES = {
    RecordKind.REFUSED: "application",
    RecordKind.REVOKED: "staff_licence",
    RecordKind.SUSPENDED: "staff_licence",
    RecordKind.LICENSED: "staff_licence",
    RecordKind.PROPOSED: "decision",
    RecordKind.ESCAPED: "decision",
}


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One thing that two files have in common; `here` and `there` say whose it is in each."""

    what: str
    how: str | Promise
    points: int
    others: int
    here: tuple[str, ...]
    there: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class RecordRow:
    """Something that is known of the other file, and where it can be read."""

    what: str
    reference: str
    href: str
    on: date | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class PhoenixLink:
    """One look-alike with all that speaks for it, and what this person may do about it."""

    look_alike: LookAlike
    signals: tuple[SignalRow, ...]
    records: tuple[RecordRow, ...]
    moves: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class PictureBox:
    """A box of the picture: what stands in it, and the middle of its left side in units of the drawing."""

    text: str
    y: int
    from_y: int = 0
    to_y: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """The organisation at the left, what it has in common with others in the middle, the others at the right.

    The table beside it says the same in words, and whole.
    """

    height: int
    name: str
    y: int
    signals: tuple[PictureBox, ...]
    others: tuple[PictureBox, ...]


@dataclass(frozen=True, slots=True)
class Links:
    shown: tuple[PhoenixLink, ...]
    picture: Picture | None


#: The height of one line of the picture, and how many letters fit into a box.
LINE = 40
LETTERS = 25


# --- the list of all


def look_alikes(params: Mapping[str, Any], *, by: User, on: date) -> LookAlikeFilter:
    """Those that this person may see, of every case: to be judged first, the weightiest at the top."""
    case = Application.objects.filter(organisation=OuterRef("organisation"), status__in=IN_HAND)
    rows = (
        LookAlike.objects.visible_to(by)
        .select_related("organisation", "other", "closed_by")
        .annotate(officer=Subquery(case.order_by("-submitted_at", "-pk").values("case_officer__name")[:1]))
    )
    return LookAlikeFilter(params, look_alikes=rows, officers=case_officers(), by=by, on=on, holidays=office_holidays())


# --- one, with all that speaks for it


def links_of(organisation: Organisation, *, by: User) -> Links:
    """Those of one organisation, as far as this person sees them: to be judged first, then the weightiest."""
    found = LookAlike.objects.visible_to(by).filter(organisation=organisation)
    rows = found.select_related("organisation", "other", "closed_by").newest_first()
    return _links(organisation, list(rows), by=by)


def link_of(look_alike: LookAlike, *, by: User) -> Links:
    """One look-alike as its own page shows it."""
    return _links(look_alike.organisation, [look_alike], by=by)


def _links(organisation: Organisation, found: list[LookAlike], *, by: User) -> Links:
    people = _people(found)
    shown = tuple(_link(one, people, by=by) for one in found)
    standing = [one for one in shown if one.look_alike.status != LookAlikeStatus.DISMISSED]
    return Links(shown, _picture(organisation, standing) if standing else None)


def _people(found: Iterable[LookAlike]) -> dict[str, str]:
    """Who each is by reference; who is not in a file yet, or no longer, is known by the reference alone."""
    wanted = {one for row in found for signal in row.signals for one in (*signal["mine"], *signal["theirs"])}
    if not wanted:
        return {}
    return {one.reference: _in_words(one) for one in Person.objects.filter(reference__in=wanted)}


def _in_words(person: Person) -> str:
    if person.date_of_birth is None:
        return str(person)
    born = {"name": person, "day": date_format(person.date_of_birth)}
    return gettext("%(name)s, born %(day)s") % born


def _link(one: LookAlike, people: Mapping[str, str], *, by: User) -> PhoenixLink:
    return PhoenixLink(
        look_alike=one,
        signals=tuple(_signal(said, people, is_new=said["id"] in one.news) for said in one.signals),
        records=tuple(_record(said, is_new=said["id"] in one.news) for said in one.records if _may_read(said, by)),
        moves=tuple(_moves(one, by=by)),
    )


def _signal(said: Mapping[str, Any], people: Mapping[str, str], *, is_new: bool) -> SignalRow:
    return SignalRow(
        what=_kind(said),
        how=HOW[said["how"]],
        points=said["points"],
        others=said["others"],
        here=_whose(said["mine"], people, is_own=said["own"]),
        there=_whose(said["theirs"], people, is_own=said["their_own"]),
        is_new=is_new,
    )


def _kind(said: Mapping[str, Any]) -> str:
    return str(TraitKind[said["kind"].upper()].label)


def _whose(references: Iterable[str], people: Mapping[str, str], *, is_own: bool) -> tuple[str, ...]:
    somebody = tuple(people.get(one, one) for one in references)
    return (gettext("the organisation"), *somebody) if is_own or not somebody else somebody


def _may_read(said: Mapping[str, Any], by: User) -> bool:
    """That another authority has replied something adverse is for those who read replies."""
    return said["kind"] != RecordKind.ADVERSE_REPLY or by.has_perm("licensing.read_replies")


def _record(said: Mapping[str, Any], *, is_new: bool) -> RecordRow:
    page = PAGES.get(RecordKind(said["kind"]))
    return RecordRow(
        what=str(RecordKind(said["kind"]).label),
        reference=said["reference"],
        href=reverse(page, args=[said["reference"]]) if page else "",
        on=date.fromisoformat(said["on"]) if said["on"] else None,
        is_new=is_new,
    )


def _moves(one: LookAlike, *, by: User) -> Iterator[Button]:
    if not by.has_perm("licensing.judge_look_alikes"):
        return
    of = [one.reference]
    for verdict, title in (("confirm", _("Confirm")), ("dismiss", _("Dismiss"))):
        if not list(rules.judge_blockers(one, verdict, by=by)):
            yield Button(verdict, title, reverse(f"{verdict}_look_alike", args=of), "secondary", ())


def _picture(organisation: Organisation, links: list[PhoenixLink]) -> Picture:
    height = LINE * sum(len(one.signals) or 1 for one in links)
    signals, others, line = [], [], 0
    for link in links:
        last = line + (len(link.signals) or 1)
        y = LINE * (line + last) // 2
        others.append(PictureBox(_cut(link.look_alike.other.legal_name), y))
        for nth, signal in enumerate(link.signals):
            own = LINE * (line + nth) + LINE // 2
            signals.append(PictureBox(f"{_cut(signal.what, LETTERS - 7)} {signal.points}", own, height // 2, y))
        line = last
    return Picture(height, _cut(organisation.legal_name), height // 2, tuple(signals), tuple(others))


def _cut(text: str, letters: int = LETTERS) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
