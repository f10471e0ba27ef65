"""“Tell me when it is out”: confirmed by mail, told once at the announced minute and not before, stopped by one click, forgotten."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from public_lookup.release_notices import jobs
from public_lookup.release_notices.models import ReleaseNotice
from registry.editions import actions as editions
from registry.editions.models import Edition
from registry.jobs import send_mail
from registry.letters.models import Letter
from registry.web import limits
from tests.conftest import NOW, SetClock
from tests.people import person
from tests.registry.editions.world import CODE, PUBLISHED, announced, counted

pytestmark = pytest.mark.django_db
PAGE = f"/statistics/notices/{CODE}/"


@pytest.fixture(autouse=True)
def edition(monkeypatch: pytest.MonkeyPatch) -> None:
    limits.counts.clear()
    counted(monkeypatch)
    announced()


def signed_by_two() -> None:
    one = editions.freeze_tables(Edition.objects.get(), by=person("manager"), at=NOW)
    one = editions.sign_tables(one, by=person("intelligence_analyst"), at=NOW)
    editions.countersign_tables(one, by=person("manager"), at=NOW)


def asked(address: str = "Reader@Mail.example") -> ReleaseNotice:
    assert Client().post(PAGE, {"email": address}).status_code == 200
    return ReleaseNotice.objects.get()


def mails() -> list[str]:
    return list(
        Letter.objects.filter(template__startswith="public_lookup/letters/release_").values_list("template", flat=True)
    )


def test_who_confirmed_is_told_once_from_the_announced_minute_on_with_the_address_and_no_figure(
    set_clock: SetClock,
) -> None:
    notice = asked()
    assert Client().get(f"/statistics/notices/by/{notice.key}/").status_code == 200
    assert ReleaseNotice.objects.get().confirmed_at is None  # opening the page confirms nothing
    assert Client().post(f"/statistics/notices/by/{notice.key}/").status_code == 200
    signed_by_two()

    assert jobs.tell_of_releases(at=PUBLISHED - timedelta(seconds=1)) == 0
    assert jobs.tell_of_releases(at=PUBLISHED) == 1
    assert jobs.tell_of_releases(at=PUBLISHED + timedelta(minutes=1)) == 0

    set_clock(PUBLISHED)
    send_mail(at=PUBLISHED)
    (told,) = [one for one in mail.outbox if one.subject == "The statistics are out"]
    assert told.to == ["reader@mail.example"]
    assert f"/statistics/{CODE}/" in str(told.body)
    assert not re.search(r"1,?184", str(told.body))
    assert told.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_of_the_address_is_kept_when_it_was_told_stopped_or_never_confirmed() -> None:
    notice = asked()
    Client().post(f"/statistics/notices/by/{notice.key}/")
    signed_by_two()
    jobs.tell_of_releases(at=PUBLISHED)
    jobs.tell_of_releases(at=PUBLISHED + timedelta(days=3))
    assert (ReleaseNotice.objects.count(), mails()) == (0, [])

    Edition.objects.update(publish_at=PUBLISHED + timedelta(days=40))
    notice = asked()
    stopped = Client().post(f"/statistics/notices/by/{notice.key}/stop/")
    assert "Your address is deleted" in stopped.content.decode()
    assert (ReleaseNotice.objects.count(), mails()) == (0, [])

    asked()
    jobs.tell_of_releases(at=NOW + timedelta(days=8))
    assert (ReleaseNotice.objects.count(), mails()) == (0, [])


def test_who_did_not_confirm_is_never_told_and_what_is_published_cannot_be_asked_about() -> None:
    asked()
    signed_by_two()
    assert jobs.tell_of_releases(at=PUBLISHED) == 0
    assert mails() == []  # asked 24 days ago: forgotten

    wrong = Client().post(PAGE, {"email": "reader"})
    assert wrong.status_code == 422
    assert "Enter an email address like name@example.com." in wrong.content.decode()
    assert Client().get("/statistics/notices/2026-Q1/").status_code == 404


def test_an_address_whose_release_never_came_out_is_forgotten_after_a_year() -> None:
    Client().post(f"/statistics/notices/by/{asked().key}/")
    jobs.tell_of_releases(at=NOW + timedelta(days=364))
    assert ReleaseNotice.objects.count() == 1
    jobs.tell_of_releases(at=NOW + timedelta(days=366))
    assert (ReleaseNotice.objects.count(), mails()) == (0, [])
