"""What a demonstration tells others: the bulletin to partners."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from compliance.bulletins import actions as bulletins
from config.demo import telling
from config.demo.people import DOMAIN
from registry.accounts.models import User
from registry.partner_statistics import actions as partners


class Written(Exception):
    """Nothing after the bulletin is of interest here."""


@pytest.mark.django_db
@pytest.mark.parametrize("at", [datetime(2026, 12, 1, 0, 45, tzinfo=UTC), datetime(2026, 12, 9, 12, 0, tzinfo=UTC)])
def test_the_bulletin_is_about_a_month_that_had_begun_when_it_was_written(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was written four hours ago: in the small hours of the first of a month, in the month before."""
    given: dict[str, Any] = {}

    def write(**what: Any) -> None:
        given.update(what)
        raise Written

    User.objects.create_user(email=f"ravi.menon@authority.{DOMAIN}", name="Ravi Menon")
    monkeypatch.setattr(telling, "person", lambda _who: SimpleNamespace(agency=None))
    monkeypatch.setattr(partners, "give_tables", lambda **_what: None)
    monkeypatch.setattr(partners, "confirm_agreement", lambda *_what, **_more: None)
    monkeypatch.setattr(bulletins, "write_bulletin", write)

    with pytest.raises(Written):
        list(telling.tell(at))

    assert given["month"] == timezone.localdate(given["at"]).replace(day=1)
