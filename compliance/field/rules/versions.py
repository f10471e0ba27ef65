"""Of two versions of one thing: in which fields they differ, and what stands when somebody has chosen for each of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.field.models import FieldItem, VersionChoice, VisitPart
from compliance.field.rules.field import ONLY_ADDED
from compliance.inspections.rules import record_blockers
from registry.accounts.models import User
from registry.errors import Reason

Shape = Mapping[str, Any]
#: Where somebody writes in their own words: there both versions can stand, one after the other.
IN_ONES_WORDS = frozenset({"summary", "business_comments", "evidence", "business_comment", "notes"})
BOTH = "both"
ANSWER = "answers."


def flat(shape: Shape) -> dict[str, Any]:
    """Each field by its name, and each answer of an interview for itself."""
    answers = shape.get("answers", {})
    fields = {name: value for name, value in shape.items() if name != "answers"}
    return {**fields, **{f"{ANSWER}{code}": answer for code, answer in answers.items()}}


def whole(fields: Mapping[str, Any], *, has_answers: bool) -> dict[str, Any]:
    """The other way round."""
    shape = {name: value for name, value in fields.items() if not name.startswith(ANSWER)}
    answers = {name.removeprefix(ANSWER): one for name, one in fields.items() if name.startswith(ANSWER) and one}
    return {**shape, "answers": answers} if has_answers else shape


def differing(sent: Shape, stood: Shape) -> list[str]:
    """The fields of which the two versions do not say the same, in the order of what was sent."""
    mine, theirs = flat(sent), flat(stood)
    return [name for name in {**mine, **theirs} if (mine.get(name) or None) != (theirs.get(name) or None)]


def may_have_both(name: str, sent: Any, stood: Any) -> bool:
    """Both can stand one after the other where there are words on both sides, and one yes or no at most."""
    if name.startswith(ANSWER):
        return bool(sent and stood and sent["words"] and stood["words"] and sent["said"] == stood["said"])
    return name in IN_ONES_WORDS and bool(sent and stood)


def composed(sent: Shape, stood: Shape, *, fields: Mapping[str, str]) -> dict[str, Any]:
    """What stands when for each field that differs one version was chosen, or both one after the other."""
    mine, theirs = flat(sent), flat(stood)
    chosen = dict(mine)
    for name in differing(sent, stood):
        if fields[name] == VersionChoice.STOOD:
            chosen[name] = theirs.get(name)
        elif fields[name] == BOTH:
            chosen[name] = _both(mine[name], theirs[name])
    return whole(chosen, has_answers="answers" in sent)


def _both(sent: Any, stood: Any) -> Any:
    if isinstance(sent, dict):
        return {**sent, "words": _both(sent["words"], stood["words"])}
    return f"{stood}\n\n{sent}"


STAYS = Reason(
    "stays", _("Drawings, signatures and photos cannot be replaced. Keep this one, and add another if you need it.")
)


def settle_blockers(
    item: FieldItem, *, keep: str, sent: Shape, fields: Mapping[str, str], by: User
) -> Iterator[Reason]:
    yield from record_blockers(item.inspection, by=by)
    if item.outcome != "conflict" or item.settled_at is not None:
        yield Reason("nothing_to_settle", _("This has been settled."))
    if keep not in VersionChoice.values:
        yield Reason("not_chosen", _("Choose which version counts."), "keep")
    if keep != VersionChoice.STOOD and item.part in ONLY_ADDED:
        yield STAYS
    if keep == VersionChoice.CHOSEN:
        yield from _choice_blockers(sent, stood_of(item), fields)


def _choice_blockers(sent: Shape, stood: Shape, fields: Mapping[str, str]) -> Iterator[Reason]:
    mine, theirs = flat(sent), flat(stood)
    for name in differing(sent, stood):
        can = {
            VersionChoice.SENT,
            VersionChoice.STOOD,
            *([BOTH] if may_have_both(name, mine.get(name), theirs.get(name)) else []),
        }
        if fields.get(name) not in can:
            yield Reason("not_chosen", _("Choose which version counts."), name)


def stood_of(item: FieldItem) -> Shape:
    """What stood here, in a shape that can be compared: nothing is nothing of each field."""
    return item.stood or EMPTY.get(VisitPart(item.part), {})


EMPTY: Mapping[VisitPart, Shape] = {
    VisitPart.FINDING: {"finding": "", "evidence": ""},
    VisitPart.INDICATOR: {"seen": False, "evidence": ""},
}
