"""What must be true before an application's answers are erased. Asked again inside the action: a hold may have come since."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import IN_HAND
from registry.errors import Reason


def erase_blockers(application: Application, *, is_kept: bool) -> Iterator[Reason]:
    """`is_kept`: there is a hold on its organisation, or business that is still open."""
    if application.status in IN_HAND:
        yield Reason("in_hand", _("The application is still being decided."))
    if is_kept:
        yield Reason("held", _("The data of this organisation is held."))
