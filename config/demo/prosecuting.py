"""Sample files for the prosecutor: put together, read by another and handed over, by the actions of the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from compliance.enforcement.actions import cases as enforcement
from compliance.enforcement.actions import orders, prosecution
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.queries import prosecution as filing
from config.demo.casting import DAY
from registry.accounts.models import User


@dataclass(frozen=True, slots=True)
class EnforcementCast:
    inspector: User
    decider: User
    lead: User


def filed(cast: EnforcementCast, case: UnlicensedCase, at: datetime) -> Iterator[object]:
    """Everything is sorted for the prosecutor, and the file waits for a second reader."""
    for piece in filing.pieces_of(case):
        as_what = {"use": "sensitive", "why_sensitive": "source"}
        if not piece.is_always_sensitive:
            as_what = {"use": "evidence", "description": piece.description or piece.title}
        yield prosecution.sort_material(case, kind=piece.kind, code=piece.code, by=cast.inspector, at=at, **as_what)
    for use, description in (
        ("evidence", "Four pages of the ledger of the farm, copied on the second visit."),
        ("evidence", "The book of hours of the packhouse, May and June."),
        ("unused", "Notebook 4 of the officer, pages 11 to 19."),
    ):
        yield prosecution.add_material(
            case, use=use, description=description, kept_at="Store 2, shelf 7", by=cast.inspector, at=at
        )
    yield prosecution.put_together(case, by=cast.inspector, at=at)


def convicted(cast: EnforcementCast, case: UnlicensedCase, at: datetime) -> Iterator[object]:
    """Referred, convicted, and an order that another has compared with the paper of the court."""
    for element in ("arrangement", "supplier"):
        enforcement.weigh_element(
            case, element=f"s13:{element}", shown="yes", evidence="Invoices of May and June.", by=cast.inspector, at=at
        )
    because = "It had been warned before, and went on."
    when = timezone.localdate(at) - 30 * DAY
    yield prosecution.say_when(
        case, offence="s13", committed_from=when, place="The farm at Mill Drove", by=cast.inspector, at=at
    )
    enforcement.propose_outcome(case, outcome="prosecution", because=because, by=cast.inspector, at=at + DAY)
    yield from filed(cast, case, at + DAY)
    file = prosecution.read_file(case.files.get(), by=cast.decider, at=at + 2 * DAY)
    enforcement.refer(case, because=because, by=cast.decider, at=at + 2 * DAY)
    yield prosecution.hand_over(
        file, to="The Crown Prosecutor", on=timezone.localdate(at + 3 * DAY), by=cast.inspector, at=at + 3 * DAY
    )
    case.refresh_from_db()
    day = timezone.localdate(at + 50 * DAY)
    yield enforcement.record_result(
        case, result="convicted", on=day, sentence="Fined £4,000.", by=cast.inspector, at=at + 50 * DAY
    )
    case.refresh_from_db()
    order = orders.write_order(
        case,
        on_whom=str(case.organisation),
        is_adult=True,
        court="Sampleton Crown Court",
        starts_on=day,
        until=day + timedelta(days=700),
        terms="To use no supplier who is not on the register, and to tell the authority of each.",
        by=cast.inspector,
        at=at + 51 * DAY,
    )
    yield orders.compare_order(order, by=cast.decider, at=at + 52 * DAY)
