"""What must be true before a licence moves. Rules judge what they are given, and say every reason at once.

What must be true before a condition is discharged, extended or found failed."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.licences.models import Condition, Licence
from registry.licences.states import LicenceStatus


def issue_blockers(
    held: Iterable[Licence], *, valid_from: date, valid_until: date, sectors: list[str]
) -> Iterator[Reason]:
    """One licence at a time for one organisation under one scheme: `held` are those it has had so far."""
    if any(licence.status == LicenceStatus.ACTIVE and licence.valid_until >= valid_from for licence in held):
        yield Reason("already_licensed", _("The organisation holds a licence then. Renew it instead."))
    if valid_until < valid_from:
        yield Reason("ends_before_it_starts", _("The licence would end before it starts."))
    if not sectors:
        yield Reason("no_sector", _("A licence describes the activities that it authorises: name at least one sector."))


def take_over_blockers(number: str, *, is_given: bool) -> Iterator[Reason]:
    """No two licences have one number, from any authority. `number` is empty where it is not of our form."""
    if number and is_given:
        text = _("We have given the number {number} to another licence. Ask both authorities which of them keeps it.")
        yield Reason("number_given", format_lazy(text, number=number), "licence_number")


def renew_blockers(licence: Licence, *, until: date, sectors: list[str]) -> Iterator[Reason]:
    """A licence that is in force, or suspended, goes on under its number; what has run out is issued anew."""
    yield from licence.lifecycle.blockers(licence.status, "renew")
    if until <= licence.valid_until:
        yield Reason("not_later", _("The licence would not last longer than it does now."))
    if not sectors:
        yield Reason("no_sector", _("A licence describes the activities that it authorises: name at least one sector."))


def modify_blockers(licence: Licence, *, sectors: list[str]) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "modify")
    if not sectors:
        yield Reason("no_sector", _("A licence describes the activities that it authorises: name at least one sector."))


def suspend_blockers(licence: Licence, *, starts: date, until: date) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "suspend")
    if until < starts:
        yield Reason("ends_before_it_starts", _("The suspension would end before it starts."), "until")
    if starts > licence.valid_until:
        yield Reason("after_expiry", _("The licence expires before the suspension would start."), "takes_effect")
    elif until > licence.valid_until:
        yield Reason("outlives_licence", _("The suspension cannot last longer than the licence."), "until")
    if licence.suspended_until is not None and licence.suspended_until >= starts:
        yield Reason("already_suspended", _("The licence is already suspended then. Lift that suspension first."))


def lift_blockers(licence: Licence, *, lifted_from: date) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "lift")
    if licence.suspended_from is None or (licence.suspended_until and licence.suspended_until < lifted_from):
        yield Reason("not_suspended", _("The licence is not suspended then."))


def revoke_blockers(licence: Licence, *, takes_effect: date) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "revoke")
    if takes_effect < licence.valid_from:
        yield Reason("before_licence", _("A licence cannot be revoked from a day before it began."), "takes_effect")
    if takes_effect > licence.valid_until:
        yield Reason("after_expiry", _("The licence expires before the revocation would take effect."), "takes_effect")


def stay_blockers(licence: Licence, *, held: Iterable[Licence]) -> Iterator[Reason]:
    """Only a licence that was revoked is kept alive by an appeal; `held` are those that its holder has had under the scheme."""
    yield from licence.lifecycle.blockers(licence.status, "stay")
    yield from _another_blockers(licence, held)


def reinstate_blockers(licence: Licence, *, held: Iterable[Licence]) -> Iterator[Reason]:
    """A revocation is set aside once: of a licence that is revoked, or that goes on under appeal."""
    yield from licence.lifecycle.blockers(licence.status, "reinstate")
    if licence.status == LicenceStatus.ACTIVE and licence.appealed_from is None:
        yield Reason("not_revoked", _("The licence is not revoked."))
    yield from _another_blockers(licence, held)


def _another_blockers(licence: Licence, held: Iterable[Licence]) -> Iterator[Reason]:
    others = (one for one in held if one.pk != licence.pk and one.status == LicenceStatus.ACTIVE)
    if any(one.valid_until >= licence.valid_from and one.granted_at > licence.granted_at for one in others):
        yield Reason("already_licensed", _("The holder has been given another licence since."))


def surrender_blockers(licence: Licence, *, takes_effect: date) -> Iterator[Reason]:
    yield from licence.lifecycle.blockers(licence.status, "surrender")
    if takes_effect > licence.valid_until:
        yield Reason("after_expiry", _("The licence expires before that day."), "takes_effect")


def take_back_surrender_blockers(
    licence: Licence, *, held: Iterable[Licence] = (), was_appealed: bool = False, today: date
) -> Iterator[Reason]:
    """Until the day before it ends. A licence that an appeal kept in force would come back as if it had never been revoked."""
    yield from licence.lifecycle.blockers(licence.status, "take_back_surrender")
    if licence.surrendered_from is not None and licence.surrendered_from <= today:
        text = _("The licence ended with {day}, so the surrender cannot be taken back. Apply for a new licence.")
        yield Reason("took_effect", format_lazy(text, day=date_format(licence.last_day, "j F Y")))
    if was_appealed:
        text = _("An appeal was open about this licence when it was surrendered. Write to us.")
        yield Reason("was_appealed", text)
    yield from _another_blockers(licence, held)


def modified_from_blockers(licence: Licence, *, on: date) -> Iterator[Reason]:
    """Whether conditions of the licence can change from this day on."""
    if licence.status != LicenceStatus.ACTIVE:
        yield Reason("not_active", _("The licence is not active any more."))
    if on > licence.valid_until:
        yield Reason("after_expiry", _("The licence expires before that day."), "takes_effect")


def condition_blockers(condition: Condition, move: str, *, due_on: date | None = None) -> Iterator[Reason]:
    yield from condition.lifecycle.blockers(condition.status, move)
    if due_on is not None and due_on <= condition.due_on:
        yield Reason("not_later", _("The new date must be later than the present one."), "due_on")
