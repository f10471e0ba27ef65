"""Sample receipts of an undertaking: its labour user checks suppliers signed in, and the first review of them is made."""

from collections.abc import Iterator
from datetime import datetime

from compliance.enforcement.actions import undertakings
from compliance.enforcement.models.undertakings import Undertaking
from config.demo.acting import join
from config.demo.casting import DAY
from config.demo.people import person
from config.demo.prosecuting import EnforcementCast
from public_lookup.receipts import actions as receipts
from registry.register.models import Entry


def looked_up(cast: EnforcementCast, one: Undertaking, at: datetime) -> Iterator[object]:
    """The sample labour user acts for the business of the undertaking; the review of the second month is left to make."""
    firm, user = one.case.organisation, person("labour-user")
    held = Entry.objects.filter(shown_until=None, shown_from__lte=at, revoked_from=None, valid_from__lte=at)
    suppliers = list(held.order_by("entry_number")[:2])
    if firm is None or not suppliers or not firm.memberships.answering().exists():
        return
    yield join(firm, user, "representative", at=at)
    for number, supplier in enumerate(suppliers):
        day = at + (5 + 7 * number) * DAY
        yield receipts.take(supplier.number, as_at=day, organisation=firm.reference, by=user, at=day)
    note = "Both suppliers of the month were looked up before their workers came."
    yield undertakings.review_receipts(one, kept="yes", note=note, by=cast.inspector, at=at + 35 * DAY)
