"""Why another authority cannot be given the statistics before the public, and why an agreement cannot be ended."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from registry.agencies.models import Agency
from registry.editions.models import PartnerAgreement
from registry.errors import Reason
from registry.reasons import reason_blockers


def give_blockers(
    agency: Agency | None,
    *,
    scheme: str,
    schemes: Collection[str],
    post: str,
    because: str,
    basis: str,
    is_guarded: bool,
    has_one: bool,
) -> Iterator[Reason]:
    """`schemes` are those there are; `has_one`: the authority has an agreement in force."""
    yield from _agency_blockers(agency, is_guarded=is_guarded, has_one=has_one)
    if scheme and scheme not in schemes:
        yield Reason("no_scheme", _("Choose a scheme from the list."), "scheme")
    if not post.strip():
        yield Reason("no_post", _("Enter the post of the people who read it."), "post")
    if not basis.strip():
        yield Reason("no_basis", _("Enter the agreement and its day."), "basis")
    yield from reason_blockers(because)


def _agency_blockers(agency: Agency | None, *, is_guarded: bool, has_one: bool) -> Iterator[Reason]:
    """A guarded authority is given nothing early: it reads what the public reads."""
    if agency is None or agency.closed_at is not None:
        yield Reason("no_agency", _("Choose an authority."), "agency")
    elif is_guarded:
        yield Reason("guarded", _("This authority is guarded. It reads the statistics when the public does."), "agency")
    elif has_one:
        yield Reason("has_one", _("There is an agreement with this authority already. End it first."), "agency")


def end_blockers(agreement: PartnerAgreement, because: str | None) -> Iterator[Reason]:
    """A reason of None is not asked yet."""
    if agreement.ended_at is not None:
        yield Reason("ended", _("This agreement has ended."))
    if because is not None:
        yield from reason_blockers(because)
