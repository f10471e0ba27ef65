"""What others are told: an agreement with an authority, a bulletin, a statement on a year with an opinion, and who was trained."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from compliance.bulletins import actions as bulletins
from compliance.bulletins.queries import months_to_write
from compliance.inspections.queries.inspections import inspectors
from compliance.training import actions as trainings
from compliance.training.queries import kinds_on
from config.demo.people import DOMAIN, person
from registry.accounts.models import User
from registry.editions.queries.published import current
from registry.partner_statistics import actions as partners
from registry.yearly_statements import actions as statements
from registry.yearly_statements.models import YearlyStatement

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AGREEMENT = {
    "scheme": "",
    "post": "Head of planning",
    "because": "Visits of the two authorities are planned together each quarter.",
    "basis": "Memorandum of understanding, 1 October 2026.",
}
BULLETIN = (
    "Workers who paid for the journey are the pattern of this month. Look at deductions in the first four weeks, and ask who "
    "keeps the bank card. Nothing here is about one business."
)
TEXTS = {
    "did": "We opened a line for reports at night, and chose one visit in five at random.",
    "worked": "Visits that were selected found standards not met more often than visits at random. The page on prevention has "
    "the interval.",
    "did_not_work": "We cannot show that letters of advice changed anything. We had planned no comparison.",
    "changes": "From January each letter of advice is followed by a call within 20 working days, and half of them at random by a "
    "visit, so that next year we can tell.",
}
OPINION = (
    "I have read the tables and the plans of the comparisons. They bear out what is said. The letters should have been compared "
    "from the beginning, and the authority says so."
)
#: How long ago each kind of training of each inspector was: some run out soon.
AGO = (40, 330, 700, 200)


def tell(at: datetime) -> Iterator[object]:
    manager, analyst, partner = (person(who) for who in ("manager", "analyst", "partner"))
    second = User.objects.get(email=f"ravi.menon@authority.{DOMAIN}")
    agreement = partners.give_tables(agency=partner.agency, **AGREEMENT, by=manager, at=at - 6 * DAY)
    yield partners.confirm_agreement(agreement, by=second, at=at - 5 * DAY)
    wrote_at = at - 4 * HOUR  # in the small hours of the first of a month, a day of the month before
    month, *_others = months_to_write(timezone.localdate(wrote_at))
    written = bulletins.write_bulletin(
        month=datetime.fromisoformat(month[0]).date(), text=BULLETIN, by=analyst, at=wrote_at
    )
    yield bulletins.release_bulletin(written, by=manager, at=at - 3 * HOUR)
    yield _statement(manager, analyst, at)
    yield from _trainings(manager, at)


def _statement(manager: User, analyst: User, at: datetime) -> YearlyStatement:
    """On the last year that the newest release has in full."""
    code = str(current(at)[0].edition.first_day.year - 1)
    by = timezone.localdate(at) + DAY
    statement = statements.announce_statement(code=code, publish_by=by, by=manager, at=at - 30 * DAY)
    statement = statements.write_statement(statement, **TEXTS, by=analyst, at=at - 4 * HOUR)
    statement = statements.sign_statement(statement, by=analyst, at=at - 3 * HOUR)
    statement = statements.publish_statement(statement, by=manager, at=at - 2 * HOUR)
    return statements.give_opinion(statement, text=OPINION, by=person("reviewer"), at=at - HOUR)


def _trainings(manager: User, at: datetime) -> Iterator[object]:
    for number, inspector in enumerate(inspectors()):
        for place, kind in enumerate(kinds_on(timezone.localdate(at))):
            on = timezone.localdate(at) - timedelta(days=AGO[(number + place) % len(AGO)])
            yield trainings.record_training(person=inspector, kind=kind, on=on, by=manager, at=at)
