"""Two editions of the public statistics that are published, of which the older was corrected, and one that is announced."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from config.demo.people import person
from registry.editions import actions
from registry.editions.models import Edition
from registry.editions.rules.quarters import before, days_of, quarter_on

#: How many days after the end of a quarter its statistics are published, and how long before that each thing is done.
PUBLISHED_AFTER = 57
ANNOUNCED, MADE, SIGNED, COUNTERSIGNED = (timedelta(days=days) for days in (60, 9, 6, 5))
CORRECTED = timedelta(days=12)
NINE_THIRTY = time(9, 30)
WHY = "Reports of visits of this quarter were confirmed after the tables had been made."
READER = {
    "name": "Bronwen Achebe",
    "post": "Chief executive",
    "because": "To be able to answer questions at the minute of publication.",
}


def older_edition(at: datetime) -> Iterator[object]:
    """As it was first published: what came later is not in it."""
    yield from _published(before(_newest(at)), at)


def editions(at: datetime) -> Iterator[object]:
    """The correction of the older, the newer, and the date of the next."""
    newest = _newest(at)
    older = Edition.objects.get(code=before(newest))
    corrected = older.publish_at + CORRECTED
    older = actions.correct_tables(older, because=WHY, by=person("analyst"), at=corrected)
    older = actions.sign_tables(older, by=person("analyst"), at=corrected + timedelta(hours=1))
    yield actions.countersign_tables(older, by=person("manager"), at=corrected + timedelta(hours=2))
    yield from _published(newest, at)
    following = before(newest, -1)
    yield actions.announce_edition(
        code=following, publish_at=_publish_at(following), by=person("manager"), at=_announced_at(following, at)
    )


def _published(code: str, at: datetime) -> Iterator[object]:
    analyst, manager, publish_at = person("analyst"), person("manager"), _publish_at(code)
    edition = actions.announce_edition(code=code, publish_at=publish_at, by=manager, at=_announced_at(code, at))
    yield actions.add_reader(edition, **READER, by=manager, at=publish_at - SIGNED)
    edition = actions.freeze_tables(edition, by=analyst, at=publish_at - MADE)
    edition = actions.sign_tables(edition, by=analyst, at=publish_at - SIGNED)
    yield actions.countersign_tables(edition, by=manager, at=publish_at - COUNTERSIGNED)


def _newest(at: datetime) -> str:
    """The newest quarter whose statistics are out."""
    code = before(quarter_on(timezone.localdate(at)))
    return code if _publish_at(code) <= at else before(code)


def _publish_at(code: str) -> datetime:
    days = days_of(code)
    assert days is not None
    return timezone.make_aware(datetime.combine(days[1] + timedelta(days=PUBLISHED_AFTER), NINE_THIRTY))


def _announced_at(code: str, at: datetime) -> datetime:
    return min(_publish_at(code) - ANNOUNCED, at)
