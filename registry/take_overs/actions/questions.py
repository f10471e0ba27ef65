"""What a person must look at after holders were taken over: asked here, settled in `take_overs`."""

from collections.abc import Iterator, Sequence
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
from registry.take_overs.states import QuestionKind
from registry.trail.actions import events as trail


@transaction.atomic
def ask_questions(take_over: TakeOver, added: Sequence[Organisation], *, by: User, at: datetime) -> None:
    """Ask what must be asked of holders that were added, of all of them at once."""
    permissions.require(by, "registry.import_lists")
    if not added:
        return
    alike = matching.alike([one.pk for one in added], least=matching.STRONG)
    licensed = _among(added, Licence.objects.filter(status="active"))
    named = _among(added, Role.objects.filter(kind=RoleKind.PRINCIPAL_AUTHORITY, until=None))
    for organisation in added:
        held, said = organisation.pk in licensed, alike.get(organisation.pk, [])
        for kind, other in _questions(said, organisation.email, is_held=held, is_named=organisation.pk in named):
            question = TakeOverQuestion.objects.create(
                reference=new_reference("TQ"),
                take_over=take_over,
                organisation=organisation,
                kind=kind,
                other_id=other,
            )
            trail.record(question, "ask_question", by=by, at=at, after=question.status, kind_of_question=kind)


def _among(organisations: Sequence[Organisation], rows: QuerySet[Any]) -> frozenset[int]:
    """Those of these organisations that such a row is of."""
    return frozenset(rows.filter(organisation__in=organisations).values_list("organisation", flat=True))


def _questions(
    alike: Sequence[matching.Likeness], email: str, *, is_held: bool, is_named: bool
) -> Iterator[tuple[str, int | None]]:
    if alike:
        yield QuestionKind.LOOKS_ALIKE, alike[0].other
    if is_held and not email:
        yield QuestionKind.NO_EMAIL, None
    if is_held and not is_named:
        yield QuestionKind.NO_PRINCIPAL, None
