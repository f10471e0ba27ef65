"""Changes that a holder or the authority makes to the particulars of an organisation.

What must be true of what a holder tells or asks while it holds a licence, and by when it is to be told."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import NOT_OVER
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import OPEN_DECISIONS
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.models import Change
from licensing.time_limits.rules import licensing as clocks
from registry.errors import Reason
from registry.licences import rules as registry_rules
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.organisations.models import Organisation
from registry.schemes import ChangeKind, Scheme

NUMBERS = ("company_number", "utr", "vat_number")


def changed(organisation: Organisation, said: Mapping[str, Any]) -> set[str]:
    """Which of the numbers are other than those in the file, as far as something is said of them."""
    return {field for field in NUMBERS if field in said and getattr(organisation, field) != said[field]}


def change_numbers_blockers(organisation: Organisation, changes: Mapping[str, str]) -> Iterator[Reason]:
    if unknown := set(changes) - set(NUMBERS):
        raise ValueError(f"not one of the numbers: {', '.join(sorted(unknown))}")
    if not changed(organisation, changes):
        yield Reason("nothing_changed", _("None of the numbers has changed."))


def holding_blockers(licence: Licence, *, today: date) -> Iterator[Reason]:
    """Only of a licence that is held is anything to be told: one that is gone, or has run out, is nobody's any more."""
    if licence.status != LicenceStatus.ACTIVE and today <= licence.last_day:
        text = _("This licence ends with {day}, so nothing is altered about it any more. Write to us.")
        yield Reason("ends_soon", format_lazy(text, day=date_format(licence.last_day, "j F Y")))
    elif licence.status != LicenceStatus.ACTIVE or licence.valid_until < today:
        yield Reason("not_held", _("This licence is not held any more, so there is nothing to tell about it."))


# --- the start of supply ---


def start_due_on(licence: Licence, scheme: Scheme, *, began_on: date | None = None, holidays: frozenset[date]) -> date:
    """The last day to tell that supply has begun (2009 Rules, schedule, paragraph 5): counted from the day it began.

    While it is not known when that was, or was it before the licence, from the first day of the licence.
    """
    since = max(began_on or licence.valid_from, licence.valid_from)
    return clocks.START_OF_SUPPLY.due_on(since, scheme=scheme, holidays=holidays)


def start_blockers(licence: Licence, *, told: bool, began_on: date | None = None, today: date) -> Iterator[Reason]:
    yield from holding_blockers(licence, today=today)
    if told:
        yield Reason("told_before", _("You have told us that you supply. You only need to tell us once."))
    if licence.valid_from > today:
        text = _("The licence begins on {day}. Do not supply workers before then.")
        yield Reason("not_begun", format_lazy(text, day=date_format(licence.valid_from, "j F Y")))
    elif began_on is not None and began_on > today:
        yield Reason("in_the_future", _("Tell us once you have begun: the day cannot be in the future."), "began_on")
    elif began_on is not None and began_on < licence.valid_from:
        yield Reason("before_licence", _("The licence had not begun then. Enter the first day under it."), "began_on")


# --- changes ---


def told_by(kind: ChangeKind, scheme: Scheme, *, happened_on: date, holidays: frozenset[date]) -> date | None:
    """The last day to tell a change that happened on this day; none where it is as soon as practicable."""
    days = clocks.TELL_CHANGE.length(scheme) if kind.working_days is None else kind.working_days
    return clocks.TELL_CHANGE.after(happened_on, days, holidays=holidays) if days else None


def tell_blockers(
    licence: Licence,
    kind: ChangeKind,
    *,
    happened_on: date,
    differs: bool = True,
    open_ones: int = 0,
    follows: str | None = None,
    today: date,
) -> Iterator[Reason]:
    """Why this is not told now. `differs` says whether it is other than what is known; `open_ones`, how many of its kind wait;
    `follows`, where too few are left on a list that the licence needs, who follows or what the business will do.
    """
    yield from holding_blockers(licence, today=today)
    if kind.sets_off == "application":
        yield Reason("must_be_applied_for", _("You must apply for this change."))
    if happened_on > today:
        yield Reason(
            "in_the_future", _("Tell us once it has happened: the day cannot be in the future."), "happened_on"
        )
    if follows is not None and not follows.strip():
        yield Reason("who_follows", _("Say who follows, or what the business will do."), "follows")
    if not differs:
        yield Reason("nothing_changed", _("This is what we know already. Change what is not so any more."))
    if open_ones and kind.act == "tell" and kind.page and not kind.at_once:
        text = _("You have told us of such a change already, and we are looking at it. Wait until we have answered.")
        yield Reason("told_already", text)


def accept_blockers(change: Change, kind: ChangeKind, *, unanswered: int = 0) -> Iterator[Reason]:
    yield from change.lifecycle.blockers(change.status, "accept")
    if not is_accepted(kind):
        yield Reason("only_noted", _("There is nothing to write into the file: note it."))
    if unanswered:
        yield Reason("checks_unanswered", _("Not every check has a reply."))


def note_blockers(change: Change, kind: ChangeKind) -> Iterator[Reason]:
    yield from change.lifecycle.blockers(change.status, "note")
    if is_accepted(kind):
        yield Reason("must_be_decided", _("The register or the file would follow from it: accept it or refuse it."))


def refuse_blockers(change: Change, kind: ChangeKind, *, because: str | None = None) -> Iterator[Reason]:
    yield from change.lifecycle.blockers(change.status, "refuse")
    if kind.at_once:
        yield Reason("holds_already", _("It holds since it was told. It can only be noted."))
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Say why, so that the holder knows what to do."), "because")


def is_accepted(kind: ChangeKind) -> bool:
    """Whether something is written because of it when an officer says so; what already holds, or writes nothing, is noted."""
    return bool(kind.page) and not kind.at_once


def is_many(told_on: Collection[date], scheme: Scheme, *, today: date) -> bool:
    """Whether so many changes were told of late that somebody else may be filing them (docs/rules.md T45)."""
    many = scheme.holding.many_changes
    if many is None:
        return False
    return sum(day > today - timedelta(days=many.days) for day in told_on) >= many.changes


# --- alterations ---


def alter_blockers(
    licence: Licence, kind: ChangeKind | None, *, others: Iterable[Application], today: date
) -> Iterator[Reason]:
    """Why the holder cannot apply for this now: `others` are all applications for the same. None is a kind that is not for it."""
    yield from holding_blockers(licence, today=today)
    if kind is None or kind.sets_off != "application":
        yield Reason("no_such_change", _("This cannot be applied for about this licence."))
    if any(other.status in NOT_OVER for other in others):
        yield Reason("open_already", _("There is an open application for this. Go on with that one."))


def link_blockers(licence: Licence, *, others: Iterable[Application], today: date) -> Iterator[Reason]:
    """Why no one who is to join is sent a link now: one person of a kind at a time."""
    yield from holding_blockers(licence, today=today)
    if any(other.status in NOT_OVER for other in others):
        yield Reason("open_already", _("Someone has been sent a link for such a change. Go on with that one."))


def report_blockers(*, is_signed: bool) -> Iterator[Reason]:
    """Why the change cannot be reported yet: the person who joins has not signed."""
    if not is_signed:
        yield Reason("part_unsigned", _("The person has not signed yet. You can report the change when they have."))


def surrender_blockers(
    licence: Licence, *, decisions: Collection[Decision], takes_effect: date | None = None, today: date
) -> Iterator[Reason]:
    """Why the holder cannot ask to give the licence up now. What the authority has proposed about it is decided first."""
    yield from holding_blockers(licence, today=today)
    open_ones = [one for one in decisions if one.status in OPEN_DECISIONS]
    if any(one.kind == DecisionKind.SURRENDER for one in open_ones):
        yield Reason("asked_already", _("You have asked for this already. We will write to you."))
    elif open_ones:
        text = _("Something has been proposed about this licence. It is decided first: write to us.")
        yield Reason("decision_open", text)
    if takes_effect is not None and takes_effect <= today:
        yield Reason("too_early", _("Name a later day: we must decide first."), "takes_effect")
    if takes_effect is not None:
        yield from registry_rules.surrender_blockers(licence, takes_effect=takes_effect)


def take_back_blockers(licence: Licence, *, asked: Decision | None, today: date) -> Iterator[Reason]:
    """Why the holder cannot take a surrender back now. One that is not decided takes no effect, whatever day was named."""
    if asked is None:
        yield Reason("not_asked", _("There is no surrender of this licence to take back."))
    elif asked.status not in OPEN_DECISIONS:
        yield from registry_rules.take_back_surrender_blockers(licence, today=today)
