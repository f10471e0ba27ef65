"""What a person must look at after holders were taken over: asked here, settled in `take_overs`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from registry import matching, permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.licences.models import Licence
from registry.organisations.models import Organisation, Role, RoleKind
from registry.take_overs.models import TakeOver, TakeOverQuestion
from registry.take_overs.rules import holders
from registry.take_overs.states import QuestionKind
from registry.trail.actions import events as trail

#: What two files have in common that bear one name, where neither has a number: such a pair is asked about below what is strong.
TOGETHER = frozenset({matching.TraitKind.NAME, matching.TraitKind.ADDRESS})
LEAST = 40


@transaction.atomic
def ask_questions(
    take_over: TakeOver, added: Sequence[Organisation], *, incomplete: Collection[int], by: User, at: datetime
) -> None:
    """Ask what must be asked of holders that were added, of all of them at once. Of the `incomplete` something was left out."""
    permissions.require(by, "registry.import_lists")
    if not added:
        return
    alike = matching.alike([one.pk for one in added], least=LEAST)
    licensed = _among(added, Licence.objects.filter(status="active"))
    named = _among(added, Role.objects.filter(kind=RoleKind.PRINCIPAL_AUTHORITY, until=None))
    asked = {
        QuestionKind.NO_EMAIL: licensed & {one.pk for one in added if not one.email},
        QuestionKind.NO_PRINCIPAL: licensed - named,
        QuestionKind.LOST_LETTERS: {one.pk for one in added if any(map(holders.has_lost_letters, one.names))},
        QuestionKind.LEFT_OUT: incomplete,
    }
    for one in added:
        found: dict[QuestionKind, int | None] = {kind: None for kind, whose in asked.items() if one.pk in whose}
        for other in filter(_is_one_business, alike.get(one.pk, [])):
            found.setdefault(QuestionKind.LOOKS_ALIKE, other.other)
        for kind, other_pk in found.items():
            question = TakeOverQuestion.objects.create(
                reference=new_reference("TQ"), take_over=take_over, organisation=one, kind=kind, other_id=other_pk
            )
            trail.record(question, "ask_question", by=by, at=at, after=question.status, kind_of_question=kind)


def _among(organisations: Sequence[Organisation], rows: QuerySet[Any]) -> frozenset[int]:
    """Those of these organisations that such a row is of."""
    return frozenset(rows.filter(organisation__in=organisations).values_list("organisation", flat=True))


def _is_one_business(found: matching.Likeness) -> bool:
    """Asked once for two of them: of the later one."""
    is_alike = found.points >= matching.STRONG or {one.kind for one in found.signals} >= TOGETHER
    return is_alike and found.other < found.organisation
