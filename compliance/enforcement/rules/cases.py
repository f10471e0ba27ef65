"""What must be true before something is done about supply without a licence (2004 Act, ss.12, 13, 18; ERA 2025, ss.119-129)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import (
    CaseElement,
    CaseOutcome,
    CaseTarget,
    ElementProof,
    LadderStep,
    StepTaken,
    UnlicensedCase,
    UserNotice,
)
from compliance.enforcement.models.prosecution import ProsecutorFile
from compliance.enforcement.states.cases import CaseStatus
from registry import permissions, schemes
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.schemes.enforcement import Enforcement, Offence

SWITCHED_OFF = Reason("switched_off", _("This scheme says nothing of supply without a licence."), "scheme")


def words_of(case: UnlicensedCase) -> Enforcement | None:
    """The offences and lengths of the version that the case was opened under."""
    return schemes.get(case.scheme, case.version).enforcement


# --- cases ---


def theirs_blockers(case: UnlicensedCase, *, by: User) -> Iterator[Reason]:
    """Need to know: who has the case or a task of it, and those who see every case; none with a conflict of interest."""
    conflicts = list(permissions.conflict_blockers(by, case.organisation)) if case.organisation is not None else []
    yield from conflicts
    if not conflicts and not UnlicensedCase.objects.visible_to(by).filter(pk=case.pk).exists():
        yield Reason("not_theirs", _("Someone else has this case."))


def open_blockers(
    *, organisation: object | None, described: str, origins: Iterable[object | None], disclosed: str
) -> Iterator[Reason]:
    if organisation is None and len(described.strip()) < 10:
        text = _("Enter the number of the organisation, or describe the person or business in 10 characters or more.")
        yield Reason("about_nobody", text, "number")
    if not any(origins) and len(disclosed.strip()) < 10:
        text = _("Say where it comes from: a report, intelligence, an inspection, or what was disclosed.")
        yield Reason("from_nowhere", text, "disclosed")


def still_open_blockers(case: UnlicensedCase) -> Iterator[Reason]:
    if case.status != CaseStatus.OPEN:
        yield Reason("not_open", _("The case is not being looked into any more, or waits for a second person."))


def offence_blockers(case: UnlicensedCase, code: str | None = None) -> Iterator[Reason]:
    """A code of None is not chosen yet."""
    yield from still_open_blockers(case)
    if code is None:
        return
    words = words_of(case)
    offence = words.offence(code) if words else None
    if offence is None or offence.against not in ("anybody", case.against):
        yield Reason("unknown_offence", _("Choose an offence from the list."), "code")
    elif case.offences.filter(code=code).exists():
        yield Reason("offence_already", _("This offence is recorded already."), "code")


def element_blockers(
    case: UnlicensedCase, offence: Offence | None, *, code: str, shown: str, evidence: str
) -> Iterator[Reason]:
    yield from still_open_blockers(case)
    if offence is None or code not in {one.code for one in offence.elements}:
        yield Reason("unknown_element", _("Choose an element of the offence from the list."), "element")
    if shown != ElementProof.NOT_YET and len(evidence.strip()) < 10:
        yield Reason("no_evidence", _("Say by what evidence, in 10 characters or more."), "evidence")


def reasonable_step_blockers(case: UnlicensedCase, *, kind: str | None = None, receipt: str = "") -> Iterator[Reason]:
    yield from still_open_blockers(case)
    if case.against != CaseTarget.USER:
        yield Reason("not_a_user", _("Only a labour user has the defence of reasonable steps."))
    if kind == StepTaken.FORMAL_CHECK and not receipt.strip():
        yield Reason("no_receipt", _("Enter the number of the receipt of the check."), "receipt")


@dataclass(frozen=True, slots=True)
class OffenceProof:
    """How far an offence is shown: every element, or which are missing."""

    code: str
    missing: tuple[str, ...]
    refuted: bool

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.refuted


def made_out(offence: Offence, elements: Iterable[CaseElement]) -> OffenceProof:
    """Every element of an offence must be shown: one that cannot be ends it."""
    shown = {one.code: one.shown for one in elements}
    return OffenceProof(
        offence.code,
        tuple(one.code for one in offence.elements if shown.get(one.code) != ElementProof.YES),
        any(shown.get(one.code) == ElementProof.NO for one in offence.elements),
    )


def propose_outcome_blockers(
    case: UnlicensedCase, *, outcome: str | None = None, because: str | None = None, offences: Sequence[OffenceProof]
) -> Iterator[Reason]:
    yield from case.lifecycle.blockers(case.status, "propose_outcome")
    if outcome == CaseOutcome.PROSECUTION and not any(one.is_whole for one in offences):
        text = _("The prosecutor needs an offence of which every element is shown by evidence.")
        yield Reason("not_made_out", text, "outcome")
    if outcome == CaseOutcome.WARNING and not case.user_notices.exists():
        yield Reason("no_notice", _("No notice or warning has been sent yet."), "outcome")
    if outcome == CaseOutcome.UNDERTAKING and not case.undertakings.exists():
        yield Reason("no_undertaking", _("No undertaking has been drafted yet."), "outcome")
    yield from reason_blockers(because)


def second_blockers(case: UnlicensedCase, move: str, *, by: User, because: str | None = None) -> Iterator[Reason]:
    """Whoever proposed does not approve."""
    yield from case.lifecycle.blockers(case.status, move)
    if case.proposed_by_id == by.pk:
        yield Reason("own_proposal", _("You proposed it, so someone else must decide."))
    yield from reason_blockers(because)


def refer_blockers(
    case: UnlicensedCase, *, file: ProsecutorFile | None, is_current: bool, by: User, because: str | None = None
) -> Iterator[Reason]:
    """`file` is the last one that was put together, `is_current` whether the case still holds exactly what it says."""
    yield from second_blockers(case, "refer", by=by, because=because)
    if case.outcome != CaseOutcome.PROSECUTION:
        yield Reason("other_outcome", _("A different outcome is proposed."))
        return
    yield from _file_blockers(file, is_current=is_current)


def _file_blockers(file: ProsecutorFile | None, *, is_current: bool) -> Iterator[Reason]:
    if file is None:
        yield Reason("no_prosecutor_file", _("The file for the prosecutor must be put together first."))
    elif not is_current:
        text = _("The case has changed since the last file was put together: make a new version and have it read.")
        yield Reason("file_outdated", text)
    elif file.read_by_id is None:
        yield Reason("not_read", _("A second person must read the file for the prosecutor first."))


def end_case_blockers(case: UnlicensedCase, *, by: User, because: str | None = None) -> Iterator[Reason]:
    yield from second_blockers(case, "end_case", by=by, because=because)
    if case.outcome == CaseOutcome.PROSECUTION:
        yield Reason("other_outcome", _("A different outcome is proposed."))


def result_blockers(
    case: UnlicensedCase, *, handed_on: date | None, on: date | None = None, today: date | None = None
) -> Iterator[Reason]:
    """`handed_on` is the day on which a file was last given to the prosecutor."""
    yield from case.lifecycle.blockers(case.status, "record_result")
    if handed_on is None:
        yield Reason("not_handed_over", _("The file must be handed over to the prosecutor first."))
    elif on and on < handed_on:
        yield Reason("before_hand_over", _("Enter a day on or after the day the file was handed over."), "on")
    if on and today and on > today:
        yield Reason("wrong_day", _("Enter a day that is not in the future."), "on")


# --- labour users ---


def ladder_blockers(
    case: UnlicensedCase, step: str, *, supplier: str | None = None, because: str | None = None
) -> Iterator[Reason]:
    """Notice first; a warning after it, or where the labour user has told by itself (LUINSP)."""
    yield from still_open_blockers(case)
    if case.against != CaseTarget.USER:
        yield Reason("not_a_user", _("Notices and warnings go to labour users."))
    if case.organisation is None:
        yield Reason("no_file", _("We cannot write a letter: this person or business is not on file."))
    if step == LadderStep.WARNING and not case.disclosed and not case.user_notices.exists():
        text = _("A warning follows a notice, or what the labour user has disclosed without being asked.")
        yield Reason("no_notice", text)
    if supplier is not None and not supplier.strip():
        yield Reason("no_supplier", _("Enter the name of the supplier."), "supplier")
    yield from reason_blockers(because)


def acknowledge_blockers(
    notice: UserNotice | None, *, on: date | None = None, today: date | None = None
) -> Iterator[Reason]:
    if notice is None or notice.acknowledged_on is not None:
        yield Reason("nothing_to_acknowledge", _("There is nothing to acknowledge."))
    elif on and (on < notice.at.date() or (today and on > today)):
        yield Reason("wrong_day", _("Enter a day between the letter and today."), "on")
