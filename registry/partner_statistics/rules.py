"""Why another authority cannot be given the statistics before the public, and what cannot become of an agreement."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.editions.models import PartnerAgreement
from registry.editions.states import AGREEMENT
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
    yield from AGREEMENT.blockers(agreement.status, "end_tables")
    yield from reason_blockers(because)


def confirm_blockers(agreement: PartnerAgreement, *, by: User, is_guarded: bool = False) -> Iterator[Reason]:
    """`is_guarded`: the authority is one that reads nothing early now."""
    yield from AGREEMENT.blockers(agreement.status, "confirm_agreement")
    yield from _second_person(agreement, by)
    yield from _agency_blockers(agreement.agency, is_guarded=is_guarded, has_one=False)


def refuse_blockers(agreement: PartnerAgreement, because: str | None, *, by: User) -> Iterator[Reason]:
    """A reason of None is not asked yet."""
    yield from AGREEMENT.blockers(agreement.status, "refuse_agreement")
    yield from _second_person(agreement, by)
    yield from reason_blockers(because)


def _second_person(agreement: PartnerAgreement, by: User) -> Iterator[Reason]:
    if agreement.given_by_id == by.pk:
        yield Reason("same_person", _("You proposed this agreement. Someone else must decide on it."))
