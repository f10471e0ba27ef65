"""The sentences by which everyone reads why something was decided: composed from the pack, and what in one would say who told us."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from compliance.releases.queries import sources_in
from compliance.reports.models.reports import Report
from compliance.reports.queries.reporters import reporter_in
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reasons import ReasonCorrection
from licensing.decisions.rules import public_reasons as rules
from registry.accounts.models import User
from registry.errors import Reason
from registry.organisations.models import Organisation, Role
from registry.register.models import PublicReason
from registry.register.states import ReasonKind
from registry.schemes import Scheme, Text

LANGUAGES = ("en", "cy")


@dataclass(frozen=True, slots=True)
class ComposedReason:
    """One sentence that is published unless the person who decides writes another."""

    kind: ReasonKind
    standard: str
    sentence: Mapping[str, str]
    is_after_appeal: bool

    @property
    def field(self) -> str:
        return f"public_{self.standard}"

    def shown_from(self, *, today: date, starts: date | None, appeal_by: date | None) -> date:
        """The first day on which everyone reads it: after the time to appeal where the pack says so."""
        first = max(today, starts or today)
        return max(first, appeal_by + timedelta(days=1)) if self.is_after_appeal and appeal_by else first


def composed_reasons(decision: Decision, scheme: Scheme, *, but: Collection[int] = ()) -> tuple[ComposedReason, ...]:
    """What is published of this decision by the pack, each standard once. `but` are numbers of grounds that are not upheld."""
    kind = decision.row.reason_kind
    if kind is None or not _is_shown(decision, kind, scheme):
        return ()
    return _composed(kind, _standards(decision, kind, but), scheme)


def composed_of_conditions(standards: Iterable[str], scheme: Scheme) -> tuple[ComposedReason, ...]:
    """What is published of conditions that a tribunal put on a licence."""
    return _composed(ReasonKind.CONDITION, standards, scheme) if scheme.public.conditions else ()


def _composed(kind: ReasonKind, standards: Iterable[str], scheme: Scheme) -> tuple[ComposedReason, ...]:
    terms = scheme.public.reasons.under_standards(kind)
    if terms is None:
        return ()
    after = terms.shown == "after_appeal"
    sentences = {code: _sentence(scheme, terms.words, code) for code in standards}
    return tuple(ComposedReason(kind, code, sentence, after) for code, sentence in sentences.items())


def _is_shown(decision: Decision, kind: ReasonKind, scheme: Scheme) -> bool:
    """A reason tells nothing of what the register does not show."""
    if kind == ReasonKind.REFUSED:
        is_altering = decision.application is not None and decision.application.alters_id is not None
        return scheme.public.show_refused and not is_altering
    return kind != ReasonKind.CONDITION or scheme.public.conditions


def _standards(decision: Decision, kind: ReasonKind, but: Collection[int]) -> Iterator[str]:
    if kind == ReasonKind.CONDITION:
        yield from decision.conditions.order_by("pk").values_list("standard", flat=True)
    else:
        yield from decision.grounds.exclude(number__in=but).order_by("number").values_list("standard", flat=True)


def _sentence(scheme: Scheme, words: Text, code: str) -> dict[str, str]:
    """In each language in which the pack has both the words and the title."""
    title = scheme.standard(code).title
    spoken = words.languages & title.languages
    return {language: f"{words[language]} {title[language]}." for language in LANGUAGES if language in spoken}


def said_in(text: str, composed: str, organisation: Organisation, *, where: str, by: User) -> Iterator[Reason]:
    """What speaks against publishing a sentence: people of the business, sources and reporters are in none."""
    roles = Role.objects.filter(organisation=organisation, person__isnull=False).select_related("person")
    people = {role.person.full_name for role in roles if role.person}
    yield from rules.sentence_blockers(text, composed, people=people, where=where)
    told = (*sources_in(None, text, by=by), *reporter_in(text, own=Report.objects.filter(organisation=organisation)))
    for reason in told:
        yield Reason(reason.code, reason.text, where)


def reasons_seen_by(user: User) -> "QuerySet[PublicReason]":
    return PublicReason.objects.filter(decision__in=Decision.objects.open_to(user).values("reference"))


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason on the page of its decision, with the correction that waits for a second person."""

    reason: PublicReason
    correction: ReasonCorrection | None


def reason_rows(decision: Decision) -> tuple[ReasonRow, ...]:
    """What is published or held back, and what was withdrawn while a correction waits: someone must end that."""
    waiting = {one.reason_id: one for one in decision.reason_corrections.filter(status="proposed")}
    of_it = PublicReason.objects.filter(decision=decision.reference)
    reasons = of_it.filter(Q(withdrawn_at=None) | Q(pk__in=waiting)).order_by("pk")
    return tuple(ReasonRow(one, waiting.get(one.pk)) for one in reasons)
