"""What may be kept of every public answer, and for how long: one table. A standing is never read out of a cache unasked."""

import pytest
from django.test import Client
from django.urls import URLPattern

from public_lookup import urls
from registry.register.models import Entry
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder, an_instant
from tests.registry.stories import day

pytestmark = pytest.mark.django_db

#: Kept nowhere: what was asked, or what somebody typed.
NEVER = "no-store"
#: May be kept, and is asked for anew each time: the answer is then 304 where there is an ETag.
ASKED_AGAIN = "no-cache"
HOUR = "max-age=3600"

#: Address, what Cache-Control says, whether it has an ETag. {number} and {code} are of one holder.
TABLE: tuple[tuple[str, str, bool], ...] = (
    ("/", ASKED_AGAIN, False),
    ("/privacy/", ASKED_AGAIN, False),
    ("/check/", NEVER, False),
    ("/check/?q=Harvest", NEVER, False),
    ("/check/?q=", NEVER, False),
    ("/check/poster/", ASKED_AGAIN, False),
    ("/check/private/", ASKED_AGAIN, False),
    ("/notes/", ASKED_AGAIN, False),
    ("/notes/worker.js", ASKED_AGAIN, False),
    ("/notes/app.webmanifest", ASKED_AGAIN, False),
    ("/help/", NEVER, False),
    ("/help/pay/", NEVER, False),
    ("/help/pay/wales/", NEVER, False),
    ("/help/pay/calculator/", NEVER, False),
    ("/help/letter/wages/", NEVER, False),
    ("/help/near/", NEVER, False),
    ("/help/nonsense/", NEVER, False),
    ("/check/{number}/", NEVER, True),
    ("/cy/check/{number}/", NEVER, True),
    ("/check/NOBO0001/", NEVER, False),
    ("/check/{number}/?at=nonsense", NEVER, False),
    ("/check/{number}/poster/", ASKED_AGAIN, False),
    ("/check/{number}/feed.atom", ASKED_AGAIN, True),
    ("/check/{number}/feed.json", ASKED_AGAIN, True),
    ("/badge/{number}.svg", ASKED_AGAIN, True),
    ("/badge/NOBO0001.svg", NEVER, False),
    ("/c/{code}/", ASKED_AGAIN, False),
    ("/c/nonsense/", NEVER, False),
    ("/verify/", NEVER, False),
    ("/verify/file/", NEVER, False),
    ("/check/many/", NEVER, False),
    ("/check/many/nonsense/", NEVER, False),
    ("/follow/", NEVER, False),
    ("/follow/feed.atom?place=Hereford", ASKED_AGAIN, True),
    ("/follow/feed.json?place=Hereford", ASKED_AGAIN, True),
    ("/follow/feed.json", NEVER, False),
    ("/follow/7-nonsense/", NEVER, False),
    ("/follow/texts/", NEVER, False),
    ("/supply/7-nonsense/", NEVER, False),
    ("/chain/7-nonsense/", NEVER, False),
    ("/standards/gla-food/", ASKED_AGAIN, False),
    ("/standards/nonsense/", NEVER, False),
    ("/data/", ASKED_AGAIN, False),
    ("/data/register.csv", ASKED_AGAIN, True),
    ("/data/register.csv?at=2026-11-01", ASKED_AGAIN, True),
    ("/data/register.csv?at=nonsense", NEVER, False),
    ("/data/register.json", ASKED_AGAIN, True),
    ("/data/register.ftm.json", ASKED_AGAIN, True),
    ("/reconcile/", NEVER, False),
    ("/reconcile/suggest/?prefix=harvest", NEVER, False),
    ("/reconcile/properties/", NEVER, False),
    ("/data/register.csv-metadata.json", ASKED_AGAIN, False),
    ("/data/datapackage.json", ASKED_AGAIN, False),
    ("/data/codes.json", ASKED_AGAIN, False),
    ("/data/verify.py", ASKED_AGAIN, False),
    ("/statistics/", ASKED_AGAIN, True),
    ("/statistics/feed.atom", ASKED_AGAIN, True),
    ("/statistics/prevention/", ASKED_AGAIN, True),
    ("/statistics/yearly/2025/", NEVER, False),
    # Not announced: it may be there in the next moment.
    ("/statistics/2026-Q3/", NEVER, False),
    ("/statistics/2026-Q3/tables.ods", NEVER, False),
    ("/statistics/2026-Q3/all.zip", NEVER, False),
    ("/statistics/2026-Q3/datapackage.json", NEVER, False),
    ("/statistics/2026-Q3/csv-metadata.json", NEVER, False),
    ("/statistics/2026-Q3/licences.csv", NEVER, False),
    ("/statistics/notices/2026-Q3/", NEVER, False),
    ("/statistics/notices/by/1-0/", NEVER, False),
    ("/complain/", NEVER, False),
    ("/materials/", ASKED_AGAIN, False),
    ("/materials/?campaign=nonsense", ASKED_AGAIN, False),
    ("/materials/flag.pdf", NEVER, False),
    ("/materials/news/", NEVER, False),
    ("/materials/news/by/1-0/", NEVER, False),
    ("/statistics/service/", NEVER, False),
    ("/statistics/service/cases.csv", NEVER, False),
    ("/statistics/service/service-times.csv", NEVER, False),
    ("/statistics/table/", ASKED_AGAIN, False),
    ("/statistics/table.csv", ASKED_AGAIN, False),
    ("/sitemap.xml", ASKED_AGAIN, False),
    ("/sitemap/pages.xml", ASKED_AGAIN, False),
    ("/sitemap/entries-1.xml", ASKED_AGAIN, False),
    ("/api/v1/register?q=Harvest", ASKED_AGAIN, True),
    ("/api/v1/register", NEVER, False),
    ("/api/v1/register/{number}", ASKED_AGAIN, True),
    ("/api/v1/register/NOBO0001", NEVER, False),
    ("/api/v1/changes", ASKED_AGAIN, False),
    ("/api/v1/openapi.json", ASKED_AGAIN, False),
    # A key that was taken away: what it has signed reads as genuine for an hour more, as on paper it does anyway.
    ("/.well-known/jwks.json", HOUR, False),
    ("/.well-known/security.txt", ASKED_AGAIN, False),
    ("/robots.txt", ASKED_AGAIN, False),
    ("/no-such-page/", ASKED_AGAIN, False),
)
WITH_ETAG = [path for path, _said, etag in TABLE if etag]


@pytest.fixture
def holder() -> Entry:
    licence = a_holder()
    return Entry.objects.select_related("listing").get(listing=licence.listing)


def asked(path: str, entry: Entry) -> str:
    return path.format(number=entry.number, code=entry.listing.code)


@pytest.mark.once
@pytest.mark.parametrize(("path", "said", "has_etag"), TABLE, ids=[path for path, _said, _etag in TABLE])
def test_each_answer_says_how_long_it_may_be_kept(path: str, said: str, has_etag: bool, holder: Entry) -> None:
    answer = Client().get(asked(path, holder))

    assert answer.headers["Cache-Control"] == said
    assert ("ETag" in answer.headers) == has_etag
    assert "Set-Cookie" not in answer.headers and not answer.cookies


@pytest.mark.parametrize("path", WITH_ETAG)
def test_who_has_it_already_is_told_so_until_the_day_or_the_register_changes(
    path: str, holder: Entry, set_clock: SetClock
) -> None:
    etag = Client().get(asked(path, holder)).headers["ETag"]

    again = Client().get(asked(path, holder), headers={"If-None-Match": etag})
    set_clock(an_instant(day(1)))
    tomorrow = Client().get(asked(path, holder), headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert tomorrow.status_code == (304 if "at=" in path or path.startswith("/statistics/") else 200)
    assert NOW.date() == day(0)


def test_every_address_of_the_look_up_is_in_the_table() -> None:
    """A new one must be thought about; what answers only a key of its own, or a form, is in its own tests."""
    pages = [one for room in urls.urlpatterns for one in room.url_patterns if isinstance(one, URLPattern)]
    ours = [one for one in [*pages, *urls.data_files] if not getattr(one.callback, "login_required", True)]
    elsewhere = {
        "snapshot", "snapshot_index", "stop", "take_receipt", "receipt", "receipt_pdf", "receipt_json", "verify_receipt", "many_columns", "many_csv",
        "stop_release_notice", "many_again", "many_follow", "many_remove", "many_atom", "many_json", "poster_pdf", "poster_of_pdf", "material_pdf", "stop_material_news",
    }  # fmt: skip
    listed = {path.split("?")[0].removeprefix("/cy").strip("/") for path, _said, _etag in TABLE}
    missing = [one.name for one in ours if one.name not in elsewhere and not _is_listed(one, listed)]

    assert missing == []


def _is_listed(pattern: URLPattern, listed: set[str]) -> bool:
    return any(pattern.resolve(f"{path}{'' if '.' in path.split('/')[-1] else '/'}") for path in listed)
