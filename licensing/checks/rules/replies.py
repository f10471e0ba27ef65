"""What must be true while a case is being verified: checks, requests, inspections."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.rules.applications import in_hand_blockers
from licensing.checks.models import Check, Reply
from licensing.checks.states import ANSWERS, RECORDED, CheckResult
from licensing.holding.states import ChangeStatus
from registry.agencies.models import Agency
from registry.errors import Reason
from registry.reasons import reason_blockers


def reply_blockers(check: Check) -> Iterator[Reason]:
    """Whether a reply to a check can still be written down: while its case is in hand."""
    if check.application is not None:
        yield from in_hand_blockers(check.application)
    elif check.change is not None and check.change.status != ChangeStatus.TOLD:
        yield Reason("not_in_hand", _("The change has been answered already."))


def record_blockers(check: Check) -> Iterator[Reason]:
    """Whether an officer can write down a reply: never over one that the authority gave itself (docs/decisions/0111)."""
    yield from reply_blockers(check)
    if check.reply_of_agency is not None:
        text = _("The authority gave this reply itself, so you cannot record another one. Override this reply instead.")
        yield Reason("reply_of_authority", text)


def nil_blockers(
    checks: Sequence[Check], *, chosen: int, because: str, replied_on: date, today: date
) -> Iterator[Reason]:
    """Whether nothing known can be recorded for all of these at once. `chosen`: how many were named, all of one case."""
    if not checks:
        yield Reason("nothing_chosen", _("Choose the checks."), "checks")
    elif len(checks) != chosen:
        yield Reason("unknown_check", _("Choose checks of this case only."), "checks")
    yield from reason_blockers(because)
    for check in checks:
        yield from _nil_blockers(check, replied_on=replied_on, today=today)


def _nil_blockers(check: Check, *, replied_on: date, today: date) -> Iterator[Reason]:
    """Beside the list of checks, each with the reference of its check."""
    found = list(result_blockers(check, result=CheckResult.NIL, evidence="", replied_on=replied_on, today=today))
    if check.result or check.is_own:
        found.append(Reason("answered", _("This check has been answered.")))
    for reason in found:
        where = reason.where if reason.where == "replied_on" else "checks"
        yield Reason(reason.code, format_lazy("{}: {}", check.reference, reason.text), where)


def result_blockers(check: Check, *, result: str, evidence: str, replied_on: date, today: date) -> Iterator[Reason]:
    yield from record_blockers(check)
    yield from _said_blockers(result, evidence, among=RECORDED, unknown=_("Choose the authority's answer."))
    if replied_on > today:
        yield Reason("replied_in_the_future", _("The date of the reply is in the future."), "replied_on")
    if replied_on < check.sent_on:
        yield Reason("replied_before_sent", _("The reply cannot have come before the check was sent."), "replied_on")


def answer_check_blockers(
    check: Check, *, result: str | None = None, evidence: str = "", today: date
) -> Iterator[Reason]:
    """Why an authority cannot answer now; a result of None is not typed yet: may the button be pressed at all?"""
    yield from reply_blockers(check)
    if result is not None:
        yield from _said_blockers(result, evidence, among=ANSWERS, unknown=_("Choose your answer."))


def _said_blockers(
    result: str, evidence: str, *, among: Collection[CheckResult], unknown: str | Promise
) -> Iterator[Reason]:
    if result not in among:
        yield Reason("unknown_result", unknown, "result")
    if result == CheckResult.ADVERSE and not evidence.strip():
        yield Reason("adverse_without_evidence", _("Say what the adverse reply was."), "evidence")


def put_blockers(check: Check, *, agency: Agency | None = None, answering: bool = True) -> Iterator[Reason]:
    """Whether a check can be put to an authority, or to this one."""
    yield from reply_blockers(check)
    if check.is_own:
        yield Reason("asked_of_nobody", _("The registry looks this up automatically. There is no one to ask."))
    if check.result:
        yield Reason("answered", _("This check has been answered."))
    if not answering:
        yield Reason("not_its_check", _("This authority does not answer this check."), "agency")
    if agency is not None and agency.pk == check.agency_id:
        yield Reason("no_change", _("The check is with this authority already."), "agency")


def sanitise_blockers(reply: Reply, *, text: str | None = None) -> Iterator[Reason]:
    if reply.replaced_at is not None:
        yield Reason("replaced", _("A later reply has replaced this one."))
    if text is not None and not text.strip():
        yield Reason("nothing_said", _("Enter the part of the reply that may be shared."), "text")


def release_blockers(
    reply: Reply, *, to_subject: bool, to_others: bool, given_by: str, given_on: date, words: str, today: date
) -> Iterator[Reason]:
    """Whether an authority's agreement can be written down: of what, by whom, when, in which words."""
    if not (to_subject or to_others):
        yield Reason("of_nothing", _("Say to what the authority agrees."), "to_subject")
    if not given_by.strip():
        yield Reason("by_nobody", _("Say who agreed, at the authority."), "given_by")
    if len(words.strip()) < 10:
        yield Reason("no_words", _("Write in which words it agreed, and where they are kept."), "words")
    if given_on > today:
        yield Reason("in_the_future", _("The authority cannot agree in the future."), "given_on")
    if given_on < reply.replied_on:
        yield Reason("before_the_reply", _("The authority cannot agree before it has replied."), "given_on")
