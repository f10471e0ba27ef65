"""An edition that is announced, made, signed by two and published, with one table whose figures the test chooses."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from registry.accounts.models import User
from registry.editions import actions
from registry.editions.models import Edition
from registry.editions.queries import making
from registry.editions.queries.declaring import quarter_dimension
from registry.editions.tables import Cell, CountedThing, ReleaseTable
from tests.conftest import NOW
from tests.people import person

CODE = "2026-Q3"
#: When the edition is announced, made and published.
ANNOUNCED = NOW - timedelta(days=60)
PUBLISHED = NOW + timedelta(days=24)
WHY = "Two decisions were recorded late."


def words(text: str) -> dict[str, str]:
    return {"en": text, "cy": text}


def a_table(last_day: date, *, held: Cell = 1184) -> ReleaseTable:
    quarter = quarter_dimension("Quarter", last_day)
    numbers: list[Cell] = [1098, 1112, 1131, 1127, 1140, 1152, 1163, held]
    return ReleaseTable(
        code="licences",
        counts=CountedThing.FIRMS,
        title=words("Licences"),
        about=words("Licences held on the last day of each quarter."),
        dimensions=(quarter,),
        measures={"held": words("Held"), "revoked": words("Revoked")},
        units={"held": "licences", "revoked": "licences"},
        rows=tuple((code, number, 3) for code, number in zip(quarter.values, numbers, strict=True)),
        query="licences",
    )


def counted(monkeypatch: pytest.MonkeyPatch, *, held: Cell = 1184) -> None:
    """What the tables say from now on. No app has finer ones for partners."""

    def tables(last_day: date) -> Iterable[ReleaseTable]:
        return [a_table(last_day, held=held)]

    monkeypatch.setattr(making, "makers", lambda: [tables])
    monkeypatch.setattr(making, "partner_makers", list)


def announced(*, code: str = CODE, publish_at: datetime = PUBLISHED, by: User | None = None) -> Edition:
    by = by or person("manager")
    return actions.announce_edition(code=code, publish_at=publish_at, by=by, at=ANNOUNCED)


def a_published_edition(code: str = "2026-Q2") -> Edition:
    """With the tables that the apps declare, and someone who saw it before."""
    manager, publish_at = person("manager"), NOW - timedelta(days=4)
    edition = actions.announce_edition(code=code, publish_at=publish_at, by=manager, at=publish_at - timedelta(days=60))
    reader = {"name": "Ada Lovelace", "post": "Chief executive", "because": "To answer questions at once."}
    actions.add_reader(edition, **reader, by=manager, at=publish_at - timedelta(days=9))
    return signed(edition, at=publish_at - timedelta(days=8))


def signed(edition: Edition, *, at: datetime = NOW) -> Edition:
    """Made, and signed by two people."""
    first, second = person("intelligence_analyst", name="Amara Obi"), person("manager", name="Helen Price")
    if edition.status == "edition_announced":
        edition = actions.freeze_tables(edition, by=first, at=at)
    edition = actions.sign_tables(edition, by=first, at=at)
    return actions.countersign_tables(edition, by=second, at=at)
