"""What a decision rests on: grounds with their evidence, what is weighed, what was said to them, what is concluded of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Result
from licensing.checks.models import Check
from licensing.conditions.models import DeskCheck, Evidence
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import ExhibitKind
from licensing.decisions.states.rows import KINDS
from licensing.requests.models import InformationRequest
from registry.documents.models import Document
from registry.errors import Reason
from registry.schemes import Scheme


@dataclass(frozen=True, slots=True)
class GivenGround:
    """A ground as somebody puts it.

    It rests on a standard of the scheme, or on a condition of the licence, by its reference. `exhibits` are keys of what the
    file holds (`OfferedExhibit`); `evidence` is what is known besides, in words.
    """

    standard: str
    text: str
    evidence: str = ""
    condition: str = ""
    exhibits: tuple[str, ...] = ()


def written(grounds: Iterable[GivenGround]) -> dict[str, str]:
    """What somebody has written in grounds, by the field in which it is typed: the subject reads it."""
    return {"grounds": "\n".join(f"{one.text}\n{one.evidence}" for one in grounds)}


@dataclass(frozen=True, slots=True)
class OfferedExhibit:
    """Something in the file that a ground can rest on: what it is called, and what of it the subject would be told."""

    key: str
    kind: ExhibitKind
    source: str
    text: str
    may_be_shown: bool = True
    check_reply: Check | None = None
    finding: Result | None = None
    document: Document | None = None
    sent: Evidence | None = None
    desk_check: DeskCheck | None = None
    request: InformationRequest | None = None


@dataclass(frozen=True, slots=True)
class GivenReply:
    """What the subject says to one ground, by its number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class GivenConclusion:
    """What whoever decides concludes of one ground, by its number, and why."""

    number: int
    upheld: bool | None
    because: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What grounds of this subject can rest on: its scheme, the standards of its conditions by reference, what the file holds.

    `factors` are the codes of what is weighed today: how failures are weighed is the policy of the day of the decision.
    """

    scheme: Scheme
    conditions: Mapping[str, str]
    exhibits: Mapping[str, OfferedExhibit]
    factors: frozenset[str] = frozenset()


def ground_blockers(grounds: Sequence[GivenGround], basis: Basis, *, kind: str) -> Iterator[Reason]:
    """Each ground rests on something that there is, says what is wrong, and has evidence that its subject may read."""
    if KINDS[kind].is_heard and not grounds:
        yield Reason("no_ground", _("Name at least one standard that was not met, with its evidence."), "grounds")
    for ground in grounds:
        yield from _one_ground_blockers(ground, basis)
    yield from standard_blockers((one.standard for one in grounds if not one.condition), basis.scheme, "grounds")


def _one_ground_blockers(ground: GivenGround, basis: Basis) -> Iterator[Reason]:
    if not ground.text.strip() or not (ground.evidence.strip() or ground.exhibits):
        yield Reason("ground_without_evidence", _("Enter the finding and the evidence of each ground."), "grounds")
    if ground.condition and ground.condition not in basis.conditions:
        yield Reason("unknown_condition", _("The licence has no such condition."), "grounds")
    for key in ground.exhibits:
        offered = basis.exhibits.get(key)
        if offered is None:
            yield Reason("unknown_evidence", _("There is no such evidence in the file."), "grounds")
        elif not offered.may_be_shown:
            text = _(
                "“{source}” may not be shown to the subject, so nothing can be decided on it. Rely on something else."
            )
            yield Reason("restricted_evidence", format_lazy(text, source=offered.source), "grounds")


def standard_blockers(codes: Iterable[str], scheme: Scheme, where: str) -> Iterator[Reason]:
    known = {standard.code for standard in scheme.standards}
    for code in codes:
        if code not in known:
            yield Reason("unknown_standard", _("The scheme has no standard %s.") % code, where)


def factor_blockers(factors: Collection[str], weighed: str, basis: Basis) -> Iterator[Reason]:
    """What is weighed is one of the factors of the pack, and somebody says what it rests on."""
    if set(factors) - basis.factors:
        yield Reason("unknown_factor", _("The scheme has no such factor."), "factors")
    if factors and not weighed.strip():
        yield Reason("weighed_without_reason", _("Say what the factors rest on, and how they weigh."), "weighed")


# --- the hearing ---


def notify_blockers(decision: Decision) -> Iterator[Reason]:
    yield from decision.lifecycle.blockers(decision.status, "notify")
    if not decision.row.is_heard:
        yield Reason("no_hearing_needed", _("This needs no hearing: it can be decided."))


def supplement_blockers(decision: Decision, given: Sequence[GivenGround], basis: Basis) -> Iterator[Reason]:
    """A notice is never changed: what is to be relied on besides comes in a notice of its own, with a day of its own."""
    yield from decision.lifecycle.blockers(decision.status, "supplement")
    if not decision.row.is_heard:
        yield Reason("no_hearing_needed", _("This needs no hearing: it can be decided."))
    yield from ground_blockers(given, basis, kind=decision.kind)


def represent_blockers(
    decision: Decision, *, today: date, text: str, to_grounds: Sequence[GivenReply] = (), is_whole: bool = False
) -> Iterator[Reason]:
    """Why the subject cannot reply so. Who has nothing to say may say just that."""
    yield from decision.lifecycle.blockers(decision.status, "represent")
    if to_grounds and {one.number for one in to_grounds} - _told(decision):
        yield Reason("unknown_ground", _("The notice has no such ground."))
    if not text.strip() and not to_grounds and not is_whole:
        yield Reason("nothing_said", _("Enter your reply."), "text")
    if decision.reply_by is not None and today > decision.reply_by:
        yield Reason("too_late", _("The time to reply has passed. Contact the authority."))


def _told(decision: Decision) -> set[int]:
    return set(decision.grounds.exclude(notice=None).values_list("number", flat=True))


def hearing_blockers(decision: Decision, *, today: date) -> Iterator[Reason]:
    """Nobody loses on a ground that was not notified, nor before the time to reply is over (natural justice; Act s.9)."""
    last = decision.last_notice
    if last is None:
        yield Reason("not_notified", _("The subject has not been notified of what is proposed and why."))
        return
    if decision.grounds.filter(notice=None).exists() or not decision.grounds.exists():
        yield Reason("ground_not_notified", _("A ground was not in the notice: notify the subject of it first."))
    if (
        today <= (decision.reply_by or last.reply_by)
        and not decision.immediate
        and not last.representations.filter(is_whole=True).exists()
    ):
        yield Reason("still_being_heard", _("The subject may still reply."))


# --- what is concluded ---


def conclusion_blockers(
    decision: Decision, *, because: str, conclusions: Sequence[GivenConclusion]
) -> Iterator[Reason]:
    """Whoever decides gives reasons: for the whole, and for each ground, whether it holds."""
    if not because.strip():
        yield Reason("no_reasons", _("Give the reasons for the decision."), "because")
    numbers = set(decision.grounds.values_list("number", flat=True))
    concluded = {one.number: one for one in conclusions if one.upheld is not None and one.because.strip()}
    for number in sorted(numbers - set(concluded)):
        text = _("Say of ground {number} whether you uphold it, and why.")
        yield Reason("ground_not_concluded", format_lazy(text, number=number), f"upheld_{number}")
    if {one.number for one in conclusions} - numbers:
        yield Reason("unknown_ground", _("The notice has no such ground."))
    if numbers and not any(one.upheld for one in concluded.values()) and not numbers - set(concluded):
        text = _("You uphold no ground, so nothing can be decided on them. Have the proposal dropped.")
        yield Reason("nothing_upheld", text)
