"""When a conflict of interest is declared, and when it ends."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.errors import Reason
from registry.organisations.models import Organisation
from registry.reasons import reason_blockers


def declare_conflict_blockers(
    officer: User, organisation: Organisation, *, because: str, since: date, today: date
) -> Iterator[Reason]:
    if not officer.has_perm("registry.work_for_authority"):
        yield Reason("not_staff", _("Only those who work for the authority declare a conflict of interest."), "officer")
    if Conflict.objects.in_force().filter(officer=officer, organisation=organisation).exists():
        yield Reason("declared_already", _("This conflict of interest has been declared already."), "organisation")
    if since > today:
        yield Reason("in_the_future", _("The day cannot be in the future."), "since")
    yield from reason_blockers(because)


def end_conflict_blockers(conflict: Conflict, *, because: str | None = None, by: User) -> Iterator[Reason]:
    if conflict.until is not None:
        yield Reason("over_already", _("This conflict of interest has ended already."))
    if conflict.officer_id == by.pk:
        yield Reason("oneself", _("Someone else must record that your conflict of interest has ended."))
    yield from reason_blockers(because)
