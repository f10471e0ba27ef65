"""When a register may be taken over, when a question about a holder may be settled, and what changed rows may change."""

from collections.abc import Iterator, Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.errors import Reason
from registry.take_overs.models import TakeOverQuestion
from registry.take_overs.states import SEES

#: The files of which a later edition may correct what was taken over. What else they say was decided, and is changed by a decision.
CORRECTABLE = frozenset({"holders.csv", "people.csv"})


def begin_blockers(run_by: User) -> Iterator[Reason]:
    if not run_by.is_active or not run_by.has_perm(SEES):
        text = _("{person} may not see take-overs. Name a member of staff who settles their questions.")
        yield Reason("may_not_see", format_lazy(text, person=run_by), "by")


def settle_blockers(question: TakeOverQuestion, found: str | None) -> Iterator[Reason]:
    """What was found is None until it is typed."""
    yield from question.lifecycle.blockers(question.status, "settle_question")
    if found is not None and not found.strip():
        yield Reason("nothing_found", _("Write what you found."), "found")


def correct_blockers(before: Mapping[str, str], now: Mapping[str, str], *, correct: bool) -> Iterator[Reason]:
    """Whether a holder of which the files say something else by now may be corrected: by file, the digests of then and now."""
    for file in sorted(before.keys() | now.keys()):
        if before.get(file) == now.get(file):
            continue
        if file not in CORRECTABLE:
            text = _("This was taken over and says something else by now. Change it in the registry, by a decision.")
            yield Reason("decided", text, file)
        elif not correct:
            yield Reason(
                "changed", _("This was taken over and says something else by now. Add --correct to change it."), file
            )
