"""For which organisation a receipt of a check counts."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason

#: Of someone who checks for none of the organisations that they act for.
NONE = "none"


def purpose_blockers(organisation: str, known: Collection[str]) -> Iterator[Reason]:
    """`known` are the references of the organisations that the person acts for."""
    if known and organisation != NONE and organisation not in known:
        yield Reason("no_purpose", _("Say for which business you check."), "organisation")
