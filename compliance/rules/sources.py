"""What must be true before a source is kept, or somebody learns who it is (docs/rules.md G13)."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from compliance.models import Source
from compliance.rules.intelligence import reason_blockers
from registry.accounts.models import User
from registry.errors import Reason

SHUT = Reason("not_opened", _("The seal does not open with the key of this service. Nothing was shown."))


def keep_blockers(identity: Mapping[str, str]) -> Iterator[Reason]:
    if not identity.get("name", "").strip():
        yield Reason("no_name", _("Say who the source is."), "name")


def look_blockers(source: Source, *, by: User, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet: the question is only whether the button may be pressed."""
    if source.handler_id != by.pk:
        yield Reason("not_their_handler", _("Only the handler of this source can open who it is."))
    if because is not None:
        yield from reason_blockers(because)


def hand_over_blockers(source: Source, *, to: User | None, by: User, because: str) -> Iterator[Reason]:
    if source.handler_id != by.pk:
        yield Reason("not_their_handler", _("Only the handler of this source can hand it over."))
    if to is None or to.pk == by.pk or not to.is_active or not to.has_perm("compliance.handle_sources"):
        yield Reason("no_handler", _("Choose another source handler."), "to")
    yield from reason_blockers(because)
