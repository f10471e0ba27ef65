"""What must be true before a proof of insurance is sent, accepted or refused."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from licensing.insurances.models import InsuranceProof
from registry.days import day_blockers
from registry.errors import Reason
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.reasons import reason_blockers

#: No insurance is taken out for longer: a day that is further away is a slip.
LONGEST = timedelta(days=5 * 366)


def send_blockers(
    licence: Licence, *, codes: Collection[str], code: str, ends_on: date | None, has_document: bool, today: date
) -> Iterator[Reason]:
    """`codes` are the insurances that the scheme asks for."""
    yield from _asked_blockers(licence, codes=codes, code=code)
    if ends_on is None or ends_on < today:
        yield Reason("over_already", _("Enter the last day of an insurance that is not over."), "ends_on")
    too_far = _("Choose {day} or an earlier day.")
    yield from day_blockers(ends_on, "ends_on", latest=today + LONGEST, too_late=too_far)
    if not has_document:
        yield Reason("no_document", _("Upload the certificate of the insurance."), "documents")


def excuse_blockers(licence: Licence, *, codes: Collection[str], code: str, because: str) -> Iterator[Reason]:
    yield from _asked_blockers(licence, codes=codes, code=code)
    yield from reason_blockers(because)


def _asked_blockers(licence: Licence, *, codes: Collection[str], code: str) -> Iterator[Reason]:
    if licence.status != LicenceStatus.ACTIVE:
        yield Reason("not_active", _("The licence is not active."))
    if code not in codes:
        yield Reason("not_asked", _("The scheme does not ask for this insurance."), "code")


def refuse_blockers(proof: InsuranceProof, *, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet."""
    yield from proof.lifecycle.blockers(proof.status, "refuse_proof")
    yield from reason_blockers(because)
