"""What must be true before another authority answers, and before its answer is replied to or closed."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from compliance.intelligence.models import Dissemination
from compliance.intelligence.states import DisseminationStatus, PartnerAnswerKind
from registry.errors import Reason


def answer_blockers(
    passed: Dissemination, *, kind: str | None = None, text: str = "", has_opened: bool
) -> Iterator[Reason]:
    """A kind of None is not asked yet: the question is only whether the form is shown."""
    if passed.status == DisseminationStatus.PASSED or not has_opened:
        yield Reason("not_accepted", _("Accept the conditions and open it first."))
    else:
        yield from passed.lifecycle.blockers(passed.status, "respond")
    if kind is not None:
        if kind not in PartnerAnswerKind.values:
            yield Reason("no_kind", _("Choose what you want to say."), "kind")
        if not text.strip():
            yield Reason("no_text", _("Write the answer."), "text")


def reply_blockers(passed: Dissemination, *, text: str | None = None) -> Iterator[Reason]:
    yield from passed.lifecycle.blockers(passed.status, "reply_to_partner")
    if text is not None and not text.strip():
        yield Reason("no_text", _("Write the reply."), "text")


def note_blockers(passed: Dissemination) -> Iterator[Reason]:
    yield from passed.lifecycle.blockers(passed.status, "note_answer")
