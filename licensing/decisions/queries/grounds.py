"""What the page of one decision shows, and what may be done with it.

What grounds can rest on: the standards, the conditions of a licence, and what the file holds as evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from compliance.inspections.models import Inspection, Result
from compliance.inspections.states import Finding
from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.checks.models import Check
from licensing.checks.queries.checks import all_checks, authority_of, title_of
from licensing.checks.rules import handling
from licensing.checks.rules.handling import Reader
from licensing.checks.states import CheckResult
from licensing.conditions.models import DeskCheck, Evidence
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import Exhibit, ExhibitKind, Ground, GroundReply
from licensing.decisions.queries.documents_offered import documents_offered
from licensing.decisions.queries.standards import standard_in_words
from licensing.decisions.rules.grounds import Basis, OfferedExhibit
from licensing.inspections.queries import inspections_of
from licensing.requests.queries import lapsed_of, requests_of
from licensing.requests.states import RequestStatus
from registry import schemes
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus
from registry.schemes import Factor, Scheme, said


@dataclass(frozen=True, slots=True)
class ShownGround:
    """One ground with its chain: what it rests on, the evidence, when it was notified, what was said to it, what was concluded."""

    ground: Ground
    rests_on: str
    exhibits: tuple[Exhibit, ...]
    replies: tuple[GroundReply, ...]


def shown_grounds(decision: Decision, scheme: Scheme) -> tuple[ShownGround, ...]:
    """The grounds of a decision in order, each with all that hangs on it."""
    related = ("exhibits__document", "replies__representation__by")
    grounds = decision.grounds.select_related("notice", "condition").prefetch_related(*related).order_by("number")
    return tuple(
        ShownGround(
            ground=one,
            rests_on=rests_on(one, scheme, language=get_language()),
            exhibits=tuple(sorted(one.exhibits.all(), key=lambda exhibit: exhibit.pk)),
            replies=tuple(sorted(one.replies.all(), key=lambda reply: reply.pk)),
        )
        for one in grounds
    )


def rests_on(ground: Ground, scheme: Scheme, *, language: str | None) -> str:
    """The standard or the condition that a ground rests on, in words."""
    standard = f"{ground.standard} {said(scheme.standard(ground.standard).title, language)}"
    if ground.condition is None:
        return standard
    facts = {"condition": ground.condition.reference, "standard": standard}
    return gettext("Condition %(condition)s of the licence, under standard %(standard)s") % facts


def factors_in_words(decision: Decision, kind: str, *, language: str | None) -> tuple[str, ...]:
    """The factors of this kind that were weighed, in the order of the pack of the day on which it was proposed."""
    pack = schemes.in_force(decision.subject.scheme, timezone.localdate(decision.proposed_at))
    chosen = {one.code for one in decision.factors.all()}
    return tuple(said(one.title, language) for one in pack.factors if one.code in chosen and one.kind == kind)


LONGEST_LABEL = 160


@dataclass(frozen=True, slots=True)
class ProposalChoices:
    """What a proposal can be made of, for somebody who types it: in the reader's language.

    `withheld` is in the file and may not be shown to the subject, so that nothing can rest on it.
    """

    basis: Basis
    standards: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    exhibits: tuple[tuple[str, str], ...]
    withheld: tuple[str, ...]
    factors: tuple[Factor, ...]

    @property
    def rests_on(self) -> list[Any]:
        """The standards, after the conditions of the licence if it has any."""
        if not self.conditions:
            return list(self.standards)
        return [
            (gettext("Conditions of the licence"), list(self.conditions)),
            (gettext("Standards"), list(self.standards)),
        ]


def offered_for(subject: Application | Licence, *, today: date) -> ProposalChoices:
    """What whoever proposes a decision about this subject can choose from."""
    language = get_language() or settings.LANGUAGE_CODE
    basis = basis_of(subject, language=language, today=today)
    exhibits = basis.exhibits.values()
    return ProposalChoices(
        basis=basis,
        standards=tuple((one.code, standard_in_words(one)) for one in basis.scheme.standards),
        conditions=tuple(
            (one.reference, f"{one.standard}: {_shortened(one.requirement)} ({one.reference})")
            for one in conditions_of(subject)
        ),
        exhibits=tuple((one.key, _shortened(f"{one.source}: {one.text}")) for one in exhibits if one.may_be_shown),
        withheld=tuple(one.source for one in exhibits if not one.may_be_shown),
        factors=schemes.in_force(subject.scheme, today).factors,
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[:LONGEST_LABEL].rstrip()}…"


def basis_of(subject: Application | Licence, *, language: str, today: date) -> Basis:
    """All that grounds about this subject can rest on; what is called by a name is called so in this language."""
    conditions = conditions_of(subject)
    with translation.override(language):
        offered = [
            *(_check(one) for one in _checks_of(subject)),
            *_findings(inspections_of(subject), conditions),
            *_sent(conditions),
            *_desk_checks(conditions),
            *documents_offered(subject, conditions),
            *_unanswered(subject),
        ]
    return Basis(
        scheme=scheme_of(subject),
        conditions={one.reference: one.standard for one in conditions},
        exhibits={one.key: one for one in offered},
        factors=frozenset(one.code for one in schemes.in_force(subject.scheme, today).factors),
    )


def conditions_of(subject: Application | Licence) -> list[Condition]:
    """Those that have been met are no ground for anything."""
    licence = subject if isinstance(subject, Licence) else subject.renews or subject.alters
    if licence is None:
        return []
    return list(licence.conditions.exclude(status=ConditionStatus.DISCHARGED).order_by("due_on", "pk"))


def _checks_of(subject: Application | Licence) -> QuerySet[Check]:
    """Of an application every reply; of a licence what was adverse, when it was applied for or when a change was told."""
    answered = all_checks().exclude(result__in=["", CheckResult.NOT_NEEDED])
    if isinstance(subject, Application):
        return answered.filter(application=subject).order_by("pk")
    about = Q(application__licence=subject) | Q(change__licence=subject)
    return answered.filter(about, result=CheckResult.ADVERSE).order_by("pk")


def _check(check: Check) -> OfferedExhibit:
    """A reply in its own words where its subject may read them; else in those that may be said of it, if there are any."""
    reply = next(one for one in check.replies.all() if one.replaced_at is None)
    readable = handling.may_read(reply, Reader.SUBJECT)
    facts = {
        "authority": authority_of(check),
        "title": title_of(check),
        "subject": check.subject,
        "day": date_format(check.replied_on) if check.replied_on else "",
    }
    return OfferedExhibit(
        key=f"check:{check.reference}",
        kind=ExhibitKind.CHECK,
        source=gettext("%(authority)s, %(title)s, about %(subject)s, reply of %(day)s") % facts,
        text=(reply.evidence if readable else reply.sanitised) or str(CheckResult(check.result).label),
        may_be_shown=readable or bool(reply.sanitised),
        check_reply=check,
    )


def _findings(inspections: list[Inspection], conditions: list[Condition]) -> Iterator[OfferedExhibit]:
    """What was found not to be met; of the standards of conditions also what was found to be met."""
    confirmed = [one for one in inspections if one.confirmed_at is not None]
    wanted = Q(finding=Finding.NOT_MET) | Q(finding=Finding.MET, standard__in=[one.standard for one in conditions])
    found = Result.objects.filter(wanted, inspection__in=confirmed).select_related("inspection")
    for result in found.order_by("-inspection__confirmed_at", "standard"):
        assert result.inspection.confirmed_at
        facts = {
            "inspection": result.inspection.reference,
            "day": date_format(result.inspection.visited_on or timezone.localdate(result.inspection.confirmed_at)),
            "standard": result.standard,
            "finding": str(Finding(result.finding).label),
        }
        yield OfferedExhibit(
            key=f"finding:{result.inspection.reference}:{result.standard}",
            kind=ExhibitKind.FINDING,
            source=gettext("Inspection %(inspection)s of %(day)s, standard %(standard)s: %(finding)s") % facts,
            text=result.evidence or str(Finding(result.finding).label),
            finding=result,
        )


def _sent(conditions: list[Condition]) -> Iterator[OfferedExhibit]:
    for one in Evidence.objects.filter(condition__in=conditions).select_related("condition").order_by("sent_at", "pk"):
        facts = {"condition": one.condition.reference, "day": date_format(timezone.localdate(one.sent_at))}
        yield OfferedExhibit(
            key=f"sent:{one.condition.reference}:{one.pk}",
            kind=ExhibitKind.SENT,
            source=gettext("What you sent about condition %(condition)s on %(day)s") % facts,
            text=one.text,
            sent=one,
        )


def _desk_checks(conditions: list[Condition]) -> Iterator[OfferedExhibit]:
    checks = DeskCheck.objects.filter(condition__in=conditions).select_related("condition")
    for one in checks.order_by("checked_at", "pk"):
        facts = {"condition": one.condition.reference, "day": date_format(timezone.localdate(one.checked_at))}
        found = gettext("met") if one.is_met else gettext("not met")
        yield OfferedExhibit(
            key=f"desk_check:{one.condition.reference}:{one.pk}",
            kind=ExhibitKind.DESK_CHECK,
            source=gettext("Check of condition %(condition)s on %(day)s: %(found)s") % {**facts, "found": found},
            text=one.text,
            desk_check=one,
        )


def _unanswered(subject: Application | Licence) -> Iterator[OfferedExhibit]:
    """What the applicant was asked and has not answered to this day: an answer that came late counts as one."""
    if not isinstance(subject, Application):
        return
    for asked in requests_of(subject):
        request = asked.request
        if request.status == RequestStatus.LAPSED:
            facts = {
                "request": request.reference,
                "asked": date_format(timezone.localdate(request.asked_at)),
                "due": date_format(request.due_on),
            }
            yield OfferedExhibit(
                key=request_key(request.reference),
                kind=ExhibitKind.REQUEST,
                source=gettext("Request %(request)s of %(asked)s, to be answered by %(due)s and not answered") % facts,
                text=asked.words,
                request=request,
            )


def request_key(reference: str) -> str:
    """By which a request is named as evidence."""
    return f"request:{reference}"


def want_of_reply(subject: Application, reference: str, *, language: str) -> list[dict[str, Any]]:
    """The row of a ground that rests on this unanswered request, as the pack puts it; none where the pack has no such ground.

    The standard is then for the proposer to choose.
    """
    if reference not in {one.reference for one in lapsed_of(subject)}:
        return []
    want = scheme_of(subject).asking.want_of_reply
    words = {"standard": want.standard, "text": said(want.text, language)} if want else {}
    return [{**words, "exhibits": [request_key(reference)]}]
