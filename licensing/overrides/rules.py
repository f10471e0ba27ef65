"""When the reply of an authority can be overridden, and who agrees to it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from licensing.checks.models import Check, Reply
from licensing.checks.rules.replies import reply_blockers
from licensing.checks.states import ANSWERS, ReplyWay
from licensing.overrides.models import ReplyOverride
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers

#: Characters of a reason, and of the name of a document with the place where it is kept.
SHORTEST = 10


def begin_blockers(check: Check, *, by: User) -> Iterator[Reason]:
    """Why no override of this check can be proposed now."""
    yield from reply_blockers(check)
    yield from _own_reply_blockers(check.reply_of_agency, by=by)
    if check.reply_of_agency is None:
        yield Reason("no_reply", _("The authority has not replied itself. Record the reply instead."))
    if any(one.is_proposed for one in check.overrides.all()):
        yield Reason("proposed_already", _("An override of this reply waits for a second person."))


def propose_blockers(
    check: Check, *, result: str, because: str, evidence: str, files: int, by: User
) -> Iterator[Reason]:
    yield from begin_blockers(check, by=by)
    if result not in ANSWERS:
        yield Reason("unknown_result", _("Choose the result."), "result")
    elif result == check.result:
        yield Reason("nothing_changes", _("The check has this result already. Choose another result."), "result")
    yield from reason_blockers(because)
    if not files and len(evidence.strip()) < SHORTEST:
        text = _("Upload a document that shows it, or name the document and where it is kept.")
        yield Reason("no_evidence", text, "evidence")


def agree_blockers(override: ReplyOverride, *, by: User) -> Iterator[Reason]:
    """Another person agrees, while the case is in hand; never one of the authority."""
    yield from override.lifecycle.blockers(override.status, "agree_override")
    yield from _second_person_blockers(override, by=by)
    yield from reply_blockers(override.asked)


def refuse_blockers(override: ReplyOverride, *, because: str | None = None, by: User) -> Iterator[Reason]:
    """A reason of None is not typed yet: may the button be pressed at all?"""
    yield from override.lifecycle.blockers(override.status, "refuse_override")
    yield from _second_person_blockers(override, by=by)
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")


def withdraw_blockers(override: ReplyOverride, *, by: User) -> Iterator[Reason]:
    yield from override.lifecycle.blockers(override.status, "withdraw_override")
    if by.pk != override.proposed_by_id:
        yield Reason("not_proposer", _("Only the person who proposed this override can withdraw it."))


def read_blockers(override: ReplyOverride) -> Iterator[Reason]:
    """Why the authority cannot say now that it has read it."""
    yield from override.lifecycle.blockers(override.status, "read_override")
    if override.read_at is not None:
        yield Reason("read_already", _("Your authority has read this already."))


def _second_person_blockers(override: ReplyOverride, *, by: User) -> Iterator[Reason]:
    yield from _own_reply_blockers(override.reply, by=by)
    if by.pk == override.proposed_by_id:
        yield Reason("same_person", _("You proposed this override, so someone else must agree or refuse."))


def _own_reply_blockers(reply: Reply | None, *, by: User) -> Iterator[Reason]:
    """Neither a person of an authority nor one who gave the reply for it, whatever they do now."""
    gave_it = reply is not None and reply.way == ReplyWay.AGENCY and reply.recorded_by_id == by.pk
    if by.agency_id is not None or gave_it:
        yield Reason("of_authority", _("Someone who answers for an authority cannot override its reply."))
