"""Whatever is kept with a reason is kept with one that says something."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason

SHORTEST_REASON = 10


def reason_blockers(because: str) -> Iterator[Reason]:
    if len(because.strip()) < SHORTEST_REASON:
        yield Reason("no_reason", _("Say the reason in 10 characters or more."), "because")
