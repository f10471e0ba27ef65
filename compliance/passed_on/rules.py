"""What must be true before another authority answers, and before its answer is replied to or closed."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from compliance.intelligence.models.intelligence import Dissemination
from compliance.intelligence.states import DisseminationStatus, PartnerAnswerKind
from registry.errors import Reason

#: What can be said of what a report led to: its answer is `hand_overs.actions.record_reply`, and it has no grade.
ASKS = (PartnerAnswerKind.QUESTION, PartnerAnswerKind.MORE_TIME)


def answer_blockers(
    passed: Dissemination | HandOver,
    *,
    kind: str | None = None,
    text: str = "",
    wanted_by: date | None = None,
    today: date,
    has_opened: bool = True,
) -> Iterator[Reason]:
    """A kind of None is not asked yet: the question is only whether the form is shown."""
    if isinstance(passed, Dissemination) and (passed.status == DisseminationStatus.PASSED or not has_opened):
        yield Reason("not_accepted", _("Accept the conditions and open it first."))
    else:
        yield from passed.lifecycle.blockers(passed.status, "respond")
    if kind is not None:
        if kind not in (PartnerAnswerKind if isinstance(passed, Dissemination) else ASKS):
            yield Reason("no_kind", _("Choose what you want to say."), "kind")
        if not text.strip():
            yield Reason("no_text", _("Write the answer."), "text")
        if kind == PartnerAnswerKind.MORE_TIME and (wanted_by is None or wanted_by <= today):
            yield Reason("no_day", _("Enter a day after today until which you need time."), "wanted_by")


def reply_blockers(
    passed: Dissemination | HandOver, *, text: str | None = None, answer_by: date | None = None, today: date
) -> Iterator[Reason]:
    yield from passed.lifecycle.blockers(passed.status, "reply_to_partner")
    if text is not None and not text.strip():
        yield Reason("no_text", _("Write the reply."), "text")
    if answer_by is not None and answer_by <= today:
        yield Reason("no_day", _("Enter a day after today."), "answer_by")
