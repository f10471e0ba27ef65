"""How long data is held: whose is kept longer, who is erased, who is given what is held of them."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.organisations.models import Organisation, Person
from registry.reasons import reason_blockers
from registry.retention.models import Erasure, Hold


def place_hold_blockers(organisation: Organisation, *, because: str) -> Iterator[Reason]:
    if organisation.holds.in_force().exists():
        yield Reason("already_held", _("The data of this organisation is held already."))
    yield from reason_blockers(because)


def lift_hold_blockers(hold: Hold, *, because: str) -> Iterator[Reason]:
    if hold.lifted_at is not None:
        yield Reason("already_lifted", _("This hold has been lifted already."))
    yield from reason_blockers(because)


def erase_person_blockers(person: Person, *, is_kept: bool) -> Iterator[Reason]:
    """Of no one who still has a role, and of no one of an organisation that is kept: its data is held, or it has open business."""
    if person.roles.filter(until=None).exists():
        yield Reason("has_a_role", _("This person still has a role in an organisation."))
    if is_kept:
        yield Reason("held", _("The data of an organisation of this person is held."))


def erased_blockers(thing: models.Model, *rules: str) -> Iterator[Reason]:
    """Of what was erased under any of these rules nothing is opened, shared or begun again."""
    if Erasure.objects.of(thing, *rules).exists():
        yield Reason("erased", _("What this said was erased: the time for which we keep it was over."))


def subject_access_blockers(*, because: str) -> Iterator[Reason]:
    yield from reason_blockers(because)
