"""What must be true of another authority that answers checks."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.agencies.models import Agency, AgencyChannel, AgencyKind
from registry.errors import Reason


def agency_blockers(
    given: Mapping[str, Any],
    *,
    remits: Iterable[tuple[str, str]],
    taken: bool,
    closed: bool = False,
    guarded_as: str = "",
    guards: Collection[str] = (),
) -> Iterator[Reason]:
    """Whether another authority can be asked in the way that is said of it.

    `guarded_as` is the guarded kind that it is of already, `guards` are the codes of all of them.
    """
    yield from _guard_blockers(given.get("guarded_as", guarded_as), guarded_as, guards)
    if closed:
        yield Reason("closed", _("This authority is asked no more."))
    if taken:
        yield Reason("name_taken", _("There is an authority of this name already."), "name")
    if not given["basis"].strip():
        yield Reason("no_basis", _("Say under which power or agreement information is shared with it."), "basis")
    if not list(remits) and given.get("kind") in (None, AgencyKind.AUTHORITY):
        # A council, a union or a charity may be told something without answering any check.
        yield Reason("no_remit", _("Choose at least one check that it answers."), "remits")
    yield from _way_blockers(given)


def _guard_blockers(said: str, before: str, guards: Collection[str]) -> Iterator[Reason]:
    if before and said != before:
        yield Reason("guard_stays", _("This authority is of a guarded kind. That cannot be taken away."), "guarded_as")
    elif said and said not in guards:
        yield Reason("unknown_guard", _("Choose a kind from the list."), "guarded_as")


def _way_blockers(given: Mapping[str, Any]) -> Iterator[Reason]:
    """Letters by post need an address; whoever signs in or takes files is told by email that something waits."""
    if given["way"] == AgencyChannel.POST and not given["address"].get("line_1"):
        yield Reason("no_address", _("Enter the address that letters are posted to."), "line_1")
    if given["way"] != AgencyChannel.POST and not given["email"]:
        yield Reason("no_email", _("Enter the email address at which it is told that a check waits."), "email")
    if given["public_key"] and not re.fullmatch(r"[A-Za-z0-9_-]{43}", given["public_key"]):
        yield Reason("not_a_key", _("A public key has 43 characters: letters, digits, - and _."), "public_key")


def close_agency_blockers(agency: Agency, *, because: str | None = None) -> Iterator[Reason]:
    if agency.closed_at is not None:
        yield Reason("closed", _("This authority is asked no more."))
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")
