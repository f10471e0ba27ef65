"""Rate limits hold without a proxy and across processes, and keep no address; what clients do wrong is told them."""

import errno
import json
import logging
import multiprocessing
import os
import time
from datetime import UTC, date, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from config.limits import name_of
from registry.schemes import contact
from registry.web import limits

pytestmark = pytest.mark.once

#: What each limit holds back: its name, and a request that counts towards it.
COUNTED = [
    ("look_up", "POST", "/check/"),
    ("look_up", "POST", "/cy/check/ABCD0001/"),
    ("look_up", "POST", "/verify/"),
    ("look_up", "POST", "/pl/c/"),
    ("look_up", "GET", "/check/?q=harvest"),
    ("sign_in", "POST", "/account/login/"),
    ("sign_in", "POST", "/cy/account/signup/"),
    ("upload", "POST", "/apply/A-AAAA-AAAA/documents/other/"),
    ("report", "POST", "/pt/report/"),
    ("leave", "POST", "/follow/"),
    ("leave", "POST", "/check/ABCD0001/proof/"),
    ("leave", "POST", "/check/many/"),
    ("data", "GET", "/data/register.csv"),
    ("data", "GET", "/api/staff/v1/openapi.json"),
    ("data", "GET", "/check/ABCD0001/poster/poster.pdf"),
    ("read", "GET", "/check/"),
    ("read", "GET", "/pl/check/ABCD0001/"),
    ("read", "GET", "/account/login/"),
    ("read", "POST", "/complain/"),
    ("read", "GET", "/nosuch/"),
    ("", "GET", "/staff/"),
    ("", "GET", "/health/live"),
    ("", "GET", "/metrics"),
    ("", "POST", "/api/v1/check-many"),  # counted by the API itself, which says what is left
]


@pytest.mark.parametrize(("name", "method", "address"), COUNTED)
def test_every_kind_of_request_has_its_limit(name: str, method: str, address: str) -> None:
    assert name_of(RequestFactory().generic(method, address)) == name


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "method", "address"), [one for one in COUNTED if one[0]])
def test_too_many_are_told_so_and_when_to_come_back(
    name: str, method: str, address: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A slow machine would else begin another minute in between.
    monkeypatch.setattr("registry.web.limits.time", SimpleNamespace(time=lambda: 1_800_000_030.0))
    settings.LIMITS = settings.LIMITS | {name: (2, 60)}
    client = Client()

    told = [client.generic(method, address) for _time in range(3)]

    assert 429 not in {answer.status_code for answer in told[:2]}
    assert told[2].status_code == 429
    assert 1 <= int(told[2].headers["Retry-After"]) <= 60
    assert told[2].headers["Cache-Control"] == "no-store" and "Permissions-Policy" in told[2].headers
    assert contact.telephone(date(2026, 11, 2)) in told[2].text and not told[2].cookies
    assert Client(REMOTE_ADDR="203.0.113.9").generic(method, address).status_code != 429


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/suppliers/B-AAAA-AAAA/import/", "upload"),
        ("/cy/suppliers/B-AAAA-AAAA/import/", "upload"),
        ("/staff/payments/", "upload"),
        ("/partner/exchange/", "upload"),
        ("/check/many/", "leave"),
        ("/report/", "report"),
        ("/verify/file/", "look_up"),
        ("/api/staff/v1/inspections/I-AAAA-AAAA/exhibits", ""),
        ("/staff/field/piece/", ""),
    ],
)
def test_every_form_that_brings_a_file_has_a_limit(address: str, name: str) -> None:
    sent = {"file": SimpleUploadedFile("list.csv", b"Harvest Hands")}

    assert name_of(RequestFactory().post(address, sent)) == name
    assert name_of(RequestFactory().get(address)) in {"", "read"}


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_before_any_of_it_is_read(settings: Any) -> None:
    settings.LIMITS = settings.LIMITS | {"upload": (1, 60)}
    client = Client()

    told = [client.post("/suppliers/x/import/", {"file": SimpleUploadedFile("a.csv", b"a")}) for _time in range(2)]

    assert told[1].status_code == 429
    assert not hasattr(told[1].wsgi_request, "_files")


@pytest.mark.django_db
def test_what_the_client_says_of_its_address_is_not_believed(settings: Any) -> None:
    settings.LIMITS = settings.LIMITS | {"look_up": (1, 60)}

    told = [Client().post("/check/", headers={"X-Forwarded-For": f"203.0.113.{number}"}) for number in range(2)]

    assert told[1].status_code == 429


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-7", "utf-16"])
def test_words_in_another_encoding_are_the_fault_of_the_client(charset: str) -> None:
    client = Client(raise_request_exception=False)
    said = f"application/x-www-form-urlencoded; charset={charset}"

    for address in ("/check/", "/report/", "/report/mailbox/", "/follow/"):
        assert client.generic("POST", address, b"q=harvest", content_type=said).status_code == 400, address


def test_each_limit_has_a_default_that_an_office_can_live_with() -> None:
    from config.environment import rates_in  # noqa: PLC0415
    from config.settings import LIMITS  # noqa: PLC0415

    assert set(LIMITS) == set(settings.LIMITS)
    assert LIMITS["sign_in"] >= (240, 60)
    assert rates_in("look_up=5/60 api=7/3600") == {"look_up": (5, 60), "api": (7, 3600)}


def _count(path: str, times: int, told: "multiprocessing.Queue[int]") -> None:
    counts = limits.Counts(path)
    for _time in range(times):
        told.put(counts.add(b"a client" * 4, ends=2_000_000_000, now=1_999_999_990))


def test_processes_count_together_and_none_is_told_the_same(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    told: multiprocessing.Queue[int] = context.Queue()
    counting = [context.Process(target=_count, args=(str(tmp_path / "limits"), 200, told)) for _ in range(3)]
    for one in counting:
        one.start()
    numbers = sorted(told.get(timeout=20) for _ in range(600))
    for one in counting:
        one.join()

    assert numbers == list(range(1, 601))


def test_on_a_full_disk_a_process_counts_for_itself_and_is_not_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mapped file without room for all of it ends the process that writes to it."""
    whole = limits.Counts(str(tmp_path / "limits"))
    whole.add(b"a client" * 4, ends=2_000_000_000, now=1_999_999_990)
    file = (tmp_path / "limits").stat()
    assert file.st_blocks * 512 >= file.st_size

    def is_full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", is_full)
    alone = limits.Counts(str(tmp_path / "of a full disk"))
    assert [alone.add(b"a client" * 4, ends=2_000_000_000, now=1_999_999_990) for _time in range(2)] == [1, 2]


def _hold(path: str, has_begun: Event, has_ended: Event) -> None:
    with limits.Counts(path)._locked():
        has_begun.set()
        time.sleep(0.5)
        has_ended.set()


def test_a_process_waits_while_another_counts(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    has_begun, has_ended = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(str(tmp_path / "limits"), has_begun, has_ended))
    other.start()
    assert has_begun.wait(20)

    limits.Counts(str(tmp_path / "limits")).add(b"x" * 32, ends=60, now=1)

    assert has_ended.is_set()
    other.join()


def test_a_process_that_has_counted_holds_no_other_up(tmp_path: Path) -> None:
    counts = limits.Counts(str(tmp_path / "limits"))
    counts.add(b"x" * 32, ends=60, now=1)
    context = multiprocessing.get_context("fork")
    told: multiprocessing.Queue[int] = context.Queue()
    other = context.Process(target=_count, args=(str(tmp_path / "limits"), 1, told))
    other.start()
    other.join(10)
    is_held_up = other.is_alive()
    other.kill()

    assert not is_held_up


def test_a_window_ends(tmp_path: Path) -> None:
    counts = limits.Counts(str(tmp_path / "limits"))
    counts.add(b"x" * 32, ends=160, now=100)

    assert counts.add(b"x" * 32, ends=160, now=159) == 2
    assert counts.read(b"x" * 32, now=160) == 0
    assert counts.add(b"x" * 32, ends=220, now=160) == 1


def test_a_flood_of_strangers_pushes_no_count_out(tmp_path: Path) -> None:
    counts = limits.Counts(str(tmp_path / "limits"))
    for _time in range(5):
        counts.add(b"a guesser of mailbox words ......", ends=3600, now=1)
    for number in range(20_000):
        counts.add(limits._digest(str(number), ends=60), ends=60, now=1)

    assert counts.read(b"a guesser of mailbox words ......", now=2) >= 5
    first = [counts.add(limits._digest(f"new {number}", ends=60), ends=60, now=2) for number in range(50)]
    assert first.count(1) > 40 and max(first) < 5
    unseen = [counts.read(limits._digest(f"unseen {number}", ends=60), now=2) for number in range(50)]
    assert unseen.count(0) > 40


def test_no_address_is_in_the_file_or_the_digest_of_another_day(tmp_path: Path) -> None:
    assert limits._digest("look_up 192.0.2.1", ends=86_400 * 5) != limits._digest("look_up 192.0.2.1", ends=86_400 * 6)
    counts = limits.Counts(str(tmp_path / "a folder" / "to be made" / "limits"))
    counts.add(digest := limits._digest("192.0.2.1", ends=3600), ends=3600, now=1)

    file = tmp_path / "a folder" / "to be made" / "limits"
    kept = file.read_bytes()

    assert digest[:8] not in kept and b"192.0.2.1" not in kept
    assert file.stat().st_mode & 0o077 == 0


def test_a_network_of_ipv6_is_one_client() -> None:
    one, other, third = (
        limits.address_of(RequestFactory(REMOTE_ADDR=address).get("/"))
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )

    assert one == other != third


def test_without_a_file_a_process_counts_for_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "not a folder").write_text("")

    counts = limits.Counts(str(tmp_path / "not a folder" / "limits"))

    assert [counts.add(b"x" * 32, ends=60, now=1) for _time in range(2)] == [1, 2]
    assert "in this process only" in caplog.text


# --- what the client did wrong ---

TOO_LARGE = {"q": "x" * 1_100_000}
TOO_MANY = {f"field_{number}": "x" for number in range(1_500)}
PAGES = ("/check/", "/report/", "/follow/", "/verify/", "/account/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("sent", "status"), [(TOO_LARGE, 413), (TOO_MANY, 400)])
def test_what_the_client_did_wrong_is_no_fault_of_ours(
    page: str, sent: dict[str, str], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = Client().post(page, sent)

    assert answer.status_code in ({400, 413} if page.startswith("/account") else {status})
    assert "cannot tell" not in answer.text
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


@pytest.mark.django_db
def test_programs_are_told_what_they_did_wrong(caplog: pytest.LogCaptureFixture) -> None:
    rows = json.dumps({"rows": [{"name": "x" * 1_100_000}]})
    too_large = Client().post("/api/v1/check-many", rows, content_type="application/json")
    too_many = Client().get("/data/register.csv?" + "&".join(f"a{number}=1" for number in range(1_500)))

    assert (too_large.status_code, too_many.status_code) == (413, 400)
    assert too_large.json()["licensed"] is None and too_many.json()["licensed"] is None
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


@pytest.mark.django_db
def test_a_broken_upload_is_a_fault_of_the_client() -> None:
    answer = Client().generic("POST", "/report/", b"--x", "multipart/form-data; boundary=")

    assert answer.status_code == 400


@pytest.mark.django_db
def test_a_fault_of_ours_is_still_said_and_written_down(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("public_lookup.lookup.queries.findings.search", lambda *_asked, **_at: 1 / 0)

    answer = Client().post("/check/", {"q": "x", "file": SimpleUploadedFile("x.txt", b"x")})

    assert answer.status_code == 503
    assert [one for one in caplog.records if one.levelno >= logging.ERROR]


def test_a_guess_is_counted_for_an_hour_and_for_one_thing(rf: RequestFactory) -> None:
    at = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    request = rf.get("/")
    for _time in range(3):
        limits.count(request, "mailbox", at=at)

    assert limits.is_too_often(request, "mailbox", most=3, at=at + timedelta(minutes=59, seconds=59))
    assert not limits.is_too_often(request, "mailbox", most=4, at=at)
    assert not limits.is_too_often(request, "mailbox", most=3, at=at + timedelta(hours=1))
    assert not limits.is_too_often(request, "part", most=1, at=at)


def test_a_copy_of_a_process_opens_the_file_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.counts, "path", str(tmp_path / "limits"))
    limits.counts.forget_file()
    limits.counts.add(b"x" * 32, ends=60, now=1)
    child = os.fork()
    if child == 0:
        os._exit(0 if limits.counts._file is None else 1)

    _pid, status = os.waitpid(child, 0)
    limits.counts.path = ""
    limits.counts.forget_file()

    assert status == 0
