"""When a look-alike may be confirmed or dismissed."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from licensing.models import LookAlike
from registry.errors import Reason


def confirm_blockers(look_alike: LookAlike, *, because: str | None = None) -> Iterator[Reason]:
    yield from look_alike.lifecycle.blockers(look_alike.status, "confirm")
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Say what shows that they are the same people."), "because")


def dismiss_blockers(look_alike: LookAlike, *, because: str | None = None) -> Iterator[Reason]:
    yield from look_alike.lifecycle.blockers(look_alike.status, "dismiss")
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Say why they are not the same people."), "because")
