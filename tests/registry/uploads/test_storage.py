"""Documents lie in any storage of Django alike: on a disk, or where nothing knows of folders, links or free space."""

import json
import os
import secrets
import socket
import time
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import override_settings
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from registry import uploads as files
from registry.documents import actions as documents
from registry.silences import LONG, silences
from registry.uploads import ScanVerdict, StorageArea, StorageAway
from registry.uploads.bucket import DocumentBucket
from registry.uploads.disk import DocumentDisk
from registry.web import serve
from tests import stories
from tests.conftest import NOW
from tests.registry.documents.test_actions import an_upload

NAME, OTHER = "0a" * 16, "0b" * 16


BUCKET = "registry.uploads.bucket.DocumentBucket"


@pytest.fixture(scope="module")
def object_store() -> Iterator[dict[str, str]]:
    """A server that speaks S3, on a port of this machine: that of moto, or one that OBJECT_STORE names by these options as JSON."""
    if other := os.environ.get("OBJECT_STORE"):
        yield json.loads(other)
        return
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield {
        "endpoint_url": f"http://{host}:{port}",
        "access_key": "a-key",
        "secret_key": "its-secret",
        "region_name": "us-east-1",
    }
    server.stop()


@pytest.fixture
def bucket(object_store: dict[str, str]) -> Iterator[DocumentBucket]:
    """A bucket of its own, and the storage that is set."""
    options = {**object_store, "bucket_name": f"documents-{secrets.token_hex(4)}"}
    made = DocumentBucket(**options)
    made.connection.create_bucket(Bucket=options["bucket_name"])
    with override_settings(STORAGES={"documents": {"BACKEND": BUCKET, "OPTIONS": options}}):
        yield made


def stored_in(backend: str) -> Iterator[None]:
    with override_settings(STORAGES={"documents": {"BACKEND": backend}}):
        yield


@pytest.fixture(params=["registry.uploads.disk.DocumentDisk", "django.core.files.storage.InMemoryStorage", BUCKET])
def anywhere(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    if request.param == BUCKET:
        request.getfixturevalue("bucket")
        yield
    else:
        yield from stored_in(request.param)


@pytest.fixture
def disk(settings: Settings, tmp_path: Path) -> Path:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    assert isinstance(storages["documents"], DocumentDisk)
    return tmp_path / "documents"


@pytest.mark.usefixtures("anywhere")
class TestAnywhere:
    def test_what_is_kept_is_read_and_replaced_and_discarded(self) -> None:
        files.keep(StorageArea.KEPT, NAME, b"first")
        files.keep(StorageArea.KEPT, NAME, b"second")
        files.keep(StorageArea.HELD, NAME, b"as it came")

        assert (files.read(StorageArea.KEPT, NAME), files.read(StorageArea.HELD, NAME)) == (b"second", b"as it came")
        files.discard(StorageArea.KEPT, NAME)
        files.discard(StorageArea.KEPT, NAME)
        assert files.digest_of(StorageArea.KEPT, NAME) == ""
        with pytest.raises(FileNotFoundError):
            files.read(StorageArea.KEPT, NAME)

    def test_a_copy_outlives_what_it_was_made_of(self) -> None:
        files.keep(StorageArea.KEPT, NAME, b"a paper")
        files.keep_alike(StorageArea.KEPT, OTHER, NAME)
        files.keep(StorageArea.KEPT, NAME, b"another paper")
        files.discard(StorageArea.KEPT, NAME)

        assert files.read(StorageArea.KEPT, OTHER) == b"a paper"

    def test_what_no_document_knows_is_found_after_its_time(self) -> None:
        later, earlier = NOW.replace(year=2100), NOW.replace(year=2000)
        assert list(files.strays(StorageArea.KEPT, [], before=later)) == []
        files.keep(StorageArea.KEPT, NAME, b"known")
        files.keep(StorageArea.KEPT, OTHER, b"left behind")

        assert list(files.strays(StorageArea.KEPT, [NAME], before=later)) == [OTHER]
        assert list(files.strays(StorageArea.KEPT, [NAME], before=earlier)) == []

    @pytest.mark.parametrize("name", ["", "..", "../secret", "/etc/passwd", "a/b", "a\\b", "a\x00b", "aa..", "aa.part"])
    @pytest.mark.parametrize("act", [files.read, files.digest_of, files.discard])
    def test_no_name_leads_elsewhere(self, act: Callable[[StorageArea, str], object], name: str) -> None:
        with pytest.raises(ValueError, match="no name of a document"):
            act(StorageArea.KEPT, name)


@pytest.mark.usefixtures("anywhere")
@pytest.mark.django_db
def test_a_document_goes_its_whole_way_in_any_storage() -> None:
    firm = stories.a_provider()
    by = stories.holder_of(firm)
    document = documents.receive(firm, upload=an_upload(ScanVerdict.UNKNOWN), about="A-1", by=by, at=NOW)
    judged = files.judged(files.read(StorageArea.HELD, document.stored_as))
    documents.release(document, verdict=ScanVerdict.CLEAN, judged=judged, by=None, at=NOW)
    document.refresh_from_db()

    answer = serve(document)

    assert (document.status, int(answer.headers["Content-Length"])) == ("clean", document.size)
    assert answer.getvalue() == files.read(StorageArea.KEPT, document.stored_as)
    assert files.digest_of(StorageArea.KEPT, document.stored_as) == document.digest
    answer.close()


def test_an_object_store_is_never_full(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(_folder: object) -> None:
        raise AssertionError

    monkeypatch.setattr("shutil.disk_usage", asked)
    for _ in stored_in("django.core.files.storage.InMemoryStorage"):
        assert not files.is_nearly_full()


class TestOnADisk:
    def test_a_crash_leaves_the_file_before_it_and_no_half_one(
        self, disk: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files.keep(StorageArea.KEPT, NAME, b"whole")

        def cut_off(_number: int) -> None:
            raise OSError("no power")

        with monkeypatch.context() as cut:
            cut.setattr(os, "fsync", cut_off)
            with pytest.raises(OSError, match="no power"):
                files.keep(StorageArea.KEPT, NAME, b"half")

        assert files.read(StorageArea.KEPT, NAME) == b"whole"
        assert [path.name for path in disk.rglob("*") if path.is_file()] == [NAME]

    def test_only_its_owner_reads_it(self, disk: Path) -> None:
        files.keep(StorageArea.KEPT, NAME, b"x")

        path = disk / "kept" / NAME[:2] / NAME
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)

    def test_it_says_when_it_is_nearly_full(self, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        usage = namedtuple("usage", "total used free")
        monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage(100, 91, 9))
        assert files.is_nearly_full()
        monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage(100, 90, 10))
        assert not files.is_nearly_full()


def asked_while_it_is_silent(options: dict[str, str], act: Callable[[], object]) -> list[float]:
    """How long each of five requests takes, of a store that accepts connections and never answers."""
    took = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent_one = {"endpoint_url": f"http://127.0.0.1:{silent.getsockname()[1]}", "bucket_name": "documents"}
        with override_settings(STORAGES={"documents": {"BACKEND": BUCKET, "OPTIONS": {**options, **silent_one}}}):
            one = storages["documents"]
            assert isinstance(one, DocumentBucket) and one.bucket, "its client is there, as in a service that runs"
            for _time in range(5):
                begun = time.monotonic()
                with pytest.raises(StorageAway):
                    act()
                took.append(time.monotonic() - begun)
    silences.forget()
    return took


def test_a_store_that_accepts_and_is_silent_is_away_within_three_seconds_and_then_left_alone(
    object_store: dict[str, str],
) -> None:
    took = asked_while_it_is_silent(object_store, lambda: files.read(StorageArea.KEPT, NAME))

    assert LONG < sum(took) < 3


@pytest.mark.parametrize("size", [10, 10 * 1024**2], ids=["small", "the largest"])
def test_what_is_sent_to_a_silent_store_is_given_up_within_five_seconds_and_then_left_alone(
    size: int, object_store: dict[str, str]
) -> None:
    took = asked_while_it_is_silent(object_store, lambda: files.keep(StorageArea.HELD, NAME, b"x" * size))

    assert LONG < took[0] < 5
    assert sum(took[1:]) < 0.5
