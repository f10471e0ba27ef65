"""When a danger may be acknowledged and dealt with."""

from collections.abc import Iterator

from compliance.danger.models import DangerSign
from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers


def deal_with_blockers(sign: DangerSign, *, by: User, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet."""
    yield from sign.lifecycle.blockers(sign.status, "deal_with")
    if sign.organisation is not None:
        yield from permissions.conflict_blockers(by, sign.organisation)
    yield from reason_blockers(because)
