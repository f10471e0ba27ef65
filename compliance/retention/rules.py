"""What must be true before anything is erased. Asked again inside the action: a hold may have come since."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason


def erase_blockers(*, is_due: bool) -> Iterator[Reason]:
    if not is_due:
        yield Reason(
            "kept", _("This is not due to be erased: its time is not over, it is still needed, or it was erased.")
        )
