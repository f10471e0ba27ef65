"""What must be true before something is asked for, approved, or shared with a guarded authority."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import StatedWay
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.schemes import GuardedKind, StatedBasis

SHORTEST = 10


@dataclass(frozen=True, slots=True)
class SharingRequest:
    """What is asked for: to which authority, by which way, on which basis of the pack, and in which words."""

    agency: Agency | None
    way: str
    basis: str
    because: str
    text: str = ""
    agreed_on: date | None = None


def ask_blockers(
    asked: SharingRequest,
    *,
    kind: GuardedKind | None,
    ways: Collection[str],
    is_from_report: bool,
    needs_text: bool,
    today: date,
) -> Iterator[Reason]:
    """`kind` is that of the authority; `is_from_report`: what is shared came from a report, or was found because of one."""
    yield from _agency_blockers(asked.agency, kind)
    if asked.way not in ways:
        yield Reason("no_way", _("Choose how it is shared."), "way")
    if needs_text and not asked.text.strip():
        yield Reason("no_text", _("Write word for word what the authority is to read."), "text")
    if len(asked.because.strip()) < SHORTEST:
        yield Reason("no_reason", _("Say why it is necessary and proportionate, in 10 characters or more."), "because")
    if kind is not None:
        yield from _basis_blockers(asked, kind, is_from_report=is_from_report, today=today)


def _agency_blockers(agency: Agency | None, kind: GuardedKind | None) -> Iterator[Reason]:
    if agency is None or agency.closed_at is not None:
        yield Reason("no_agency", _("Say to which authority it goes."), "agency")
    elif kind is None:
        yield Reason(
            "not_guarded", _("This authority is not of a guarded kind. Nothing needs to be approved."), "agency"
        )


def _basis_blockers(asked: SharingRequest, kind: GuardedKind, *, is_from_report: bool, today: date) -> Iterator[Reason]:
    basis = kind.basis(asked.basis)
    if basis is None:
        yield Reason("no_basis", _("Choose the lawful basis from the list."), "basis")
        return
    if is_from_report and not basis.from_reports:
        yield Reason(
            "promised",
            _("This came from a report. We promised not to share it on this basis. Choose another."),
            "basis",
        )
    if basis.by_agreement and (asked.agreed_on is None or asked.agreed_on > today):
        yield Reason("no_agreement", _("Enter the day on which the person who reported agreed."), "agreed_on")


def approve_blockers(sharing: GuardedSharing, *, by: User) -> Iterator[Reason]:
    yield from sharing.lifecycle.blockers(sharing.status, "approve_sharing")
    yield from _second_person_blockers(sharing, by=by)


def refuse_blockers(sharing: GuardedSharing, *, because: str | None = None, by: User) -> Iterator[Reason]:
    """A reason of None is not asked yet: the question is only whether the button may be pressed."""
    yield from sharing.lifecycle.blockers(sharing.status, "refuse_sharing")
    yield from _second_person_blockers(sharing, by=by)
    yield from reason_blockers(because)


def own_blockers(sharing: GuardedSharing, move: str, *, by: User) -> Iterator[Reason]:
    """Of what only the person who asked may do."""
    yield from sharing.lifecycle.blockers(sharing.status, move)
    if by.pk != sharing.asked_by_id:
        yield Reason("not_theirs", _("Only the person who asked may do this."))


def share_blockers(agency: Agency, sharing: GuardedSharing | None, *, texts: Iterable[str]) -> Iterator[Reason]:
    """Nothing is shared that was not approved, and no other words than those."""
    if sharing is None:
        text = format_lazy(
            _("{agency} is guarded. Ask for approval with a lawful basis. A second person must approve it first."),
            agency=agency.name,
        )
        yield Reason("not_approved", text)
    elif not says(sharing, texts):
        yield Reason("other_text", _("This is not the text that was approved. Share that text word for word."))


@dataclass(frozen=True, slots=True)
class StatedRequest:
    """A check of an applicant, or a referral of a victim, that is to reach an authority: its code, and who has seen it.

    `consent` is that of the victim; `at_once` says why it goes before a second person reads it.
    """

    way: StatedWay
    code: str
    about_person: bool = False
    consent: str = ""
    at_once: str = ""
    first_by: User | None = None
    second_by: User | None = None


def stated_basis(kind: GuardedKind, asked: StatedRequest) -> StatedBasis | None:
    """The basis of the pack that holds for it."""
    found = kind.stated_for(asked.way, asked.code)
    if asked.way == StatedWay.CHECK:
        return next((one for one in found if one.about_people or not asked.about_person), None)
    return next((one for one in found if asked.consent in one.consents), None)


def stated_blockers(kind: GuardedKind | None, asked: StatedRequest) -> Iterator[Reason]:
    """`kind` is the guarded kind that it would reach; None: any other authority, that needs no basis."""
    if kind is None:
        return
    basis = stated_basis(kind, asked)
    if basis is None:
        yield Reason("no_stated_basis", _("The scheme states no lawful basis on which this may reach the authority."))
    elif asked.way == StatedWay.REFERRAL:
        yield from _read_blockers(basis, asked)


def _read_blockers(basis: StatedBasis, asked: StatedRequest) -> Iterator[Reason]:
    if asked.at_once:
        if asked.at_once not in basis.at_once:
            yield Reason(
                "not_at_once", _("For this reason it may not be sent before a second person has read it."), "why"
            )
    elif asked.second_by is None or asked.second_by == asked.first_by:
        yield Reason("no_second_person", _("A second person must read it first."))


def says(sharing: GuardedSharing, texts: Iterable[str]) -> bool:
    """Whether these texts, one after the other, are the one that was approved: a part of it may say something else."""
    return _squashed(" ".join(texts)) == _squashed(sharing.text)


def _second_person_blockers(sharing: GuardedSharing, *, by: User) -> Iterator[Reason]:
    if by.pk == sharing.asked_by_id:
        yield Reason("same_person", _("You asked for it, so someone else must decide."))


def _squashed(text: str) -> str:
    return " ".join(text.split()).casefold()
