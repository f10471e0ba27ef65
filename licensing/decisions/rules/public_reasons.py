"""What must be true of the sentence by which everyone reads why something was decided, and of its correction."""

from collections.abc import Collection, Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.releases.rules import name_parts, words_in
from licensing.decisions.models.reasons import ReasonCorrection
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.register.models import PublicReason

LONGEST, SHORTEST = 300, 10


def sentence_blockers(text: str, composed: str, *, people: Collection[str], where: str) -> Iterator[Reason]:
    """`people` are the names of people of the business: none is in a sentence that was not composed from the pack."""
    if len(text) > LONGEST or "\n" in text.strip():
        limit = format_lazy(_("Write the published reason on one line, in {most} characters at most."), most=LONGEST)
        yield Reason("reason_too_long", limit, where)
    new = words_in(text) - words_in(composed)
    if any(name_parts(name) & new for name in people):
        yield Reason("names_person", _("The published reason must not name a person."), where)


def propose_correction_blockers(reason: PublicReason, *, is_open: bool) -> Iterator[Reason]:
    yield from _withdrawn_blockers(reason)
    if is_open:
        yield Reason("proposed_already", _("A correction of this reason waits for a second person."))


def text_of_correction_blockers(reason: PublicReason, *, sentence: str, because: str) -> Iterator[Reason]:
    if not sentence.strip() or sentence.strip() == reason.sentence["en"]:
        yield Reason("same_sentence", _("Write the sentence as it should be."), "sentence")
    yield from reason_blockers(because)


def agree_correction_blockers(correction: ReasonCorrection, *, by: User) -> Iterator[Reason]:
    """What an appeal has withdrawn meanwhile is not published again in other words."""
    yield from refuse_correction_blockers(correction, by=by)
    yield from _withdrawn_blockers(correction.reason)


def refuse_correction_blockers(correction: ReasonCorrection, *, by: User) -> Iterator[Reason]:
    yield from correction.lifecycle.blockers(correction.status, "agree_reason_correction")
    if by.pk == correction.proposed_by_id:
        yield Reason("same_person", _("You proposed this correction, so someone else must decide."))


def _withdrawn_blockers(reason: PublicReason) -> Iterator[Reason]:
    if reason.withdrawn_at is not None:
        yield Reason("withdrawn", _("This reason is not published any more."))
