"""What must be true before a frozen version of a scheme may say something else than it said."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.schemes.models import PackEdition


def propose_correction_blockers(newest: PackEdition | None, *, digest: str, because: str) -> Iterator[Reason]:
    """`newest` is what the version is frozen as, and `digest` is of what it says now."""
    if newest is None:
        yield Reason("not_frozen", _("No case is pinned to this version, so it can be changed as it is."))
    elif newest.digest == digest:
        yield Reason("not_changed", _("This version says what it said when it was frozen: there is nothing to accept."))
    yield from reason_blockers(because)


def accept_correction_blockers(correction: PackEdition, *, digest: str, by: User) -> Iterator[Reason]:
    if correction.accepted_at is not None:
        yield Reason("accepted", _("This correction has been accepted already."))
    if correction.proposed_by_id == by.pk:
        yield Reason("own_proposal", _("You proposed this correction: someone else must accept it."))
    if correction.digest != digest:
        yield Reason("changed_since", _("The version has been changed again since this correction was proposed."))
