"""Documents in a real S3 server: private, encrypted by the store, moved while the service goes on, shared by machines."""

from io import StringIO
from json import dumps
from pathlib import Path
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from django.conf import settings as settings_in_force
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from pytest_django import Settings

from config.views import health
from registry import uploads as files
from registry.uploads import StorageArea
from registry.uploads.bucket import DocumentBucket
from registry.uploads.disk import DocumentDisk
from tests.registry.documents.test_actions import received
from tests.registry.stories import an_organisation
from tests.registry.uploads.test_storage import BUCKET, NAME, OTHER, bucket, object_store

__all__ = ["bucket", "object_store"]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return tmp_path


def test_what_lies_there_is_encrypted_by_the_store_and_has_no_open_address(bucket: DocumentBucket) -> None:
    files.keep(StorageArea.KEPT, NAME, b"a paper")
    files.keep_alike(StorageArea.KEPT, OTHER, NAME)

    for name in (NAME, OTHER):
        stored = bucket.bucket.Object(f"kept/{name[:2]}/{name}")
        assert stored.server_side_encryption == "AES256"
        assert all(grant["Permission"] == "FULL_CONTROL" for grant in stored.Acl().grants)
        assert "Signature=" in bucket.url(f"kept/{name[:2]}/{name}")


def test_a_store_that_cannot_copy_what_it_has_encrypted_is_sent_the_bytes(
    bucket: DocumentBucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As radosgw answers of an object that a key of its own settings has encrypted."""

    asked = BaseClient._make_api_call

    def refused(self: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "CopyObject":
            raise ClientError({"Error": {"Code": "NotImplemented"}}, operation)
        return asked(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", refused)
    files.keep(StorageArea.KEPT, NAME, b"a paper")

    files.keep_alike(StorageArea.KEPT, OTHER, NAME)

    assert files.read(StorageArea.KEPT, OTHER) == b"a paper"


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9", "http://no-such-host.invalid"])
def test_a_store_that_does_not_answer_is_a_fault_of_the_disk_and_tells_no_key(endpoint: str) -> None:
    with override_settings(STORAGES={"documents": {"BACKEND": BUCKET, "OPTIONS": options_of(endpoint)}}):
        for act in (lambda: files.keep(StorageArea.KEPT, NAME, b"x"), lambda: files.read(StorageArea.KEPT, NAME)):
            with pytest.raises(OSError, match="cannot be asked") as fault:
                act()
            assert "its-secret" not in str(fault.value)


def options_of(endpoint: str) -> dict[str, str]:
    return {"bucket_name": "documents", "endpoint_url": endpoint, "access_key": "a-key", "secret_key": "its-secret"}


def options_of_bucket() -> dict[str, str]:
    options: dict[str, str] = settings_in_force.STORAGES["documents"]["OPTIONS"]
    return options


def moved(way: str, options: dict[str, str]) -> str:
    said = StringIO()
    call_command("move_documents", f"--{way}", BUCKET, f"--{way}-options", dumps(options), stdout=said)
    return said.getvalue()


def test_documents_are_moved_from_the_disk_and_stopping_loses_nothing(
    bucket: DocumentBucket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = options_of_bucket()
    names = [f"{number:02x}" * 16 for number in range(12)]
    with override_settings(STORAGES={"documents": {"BACKEND": "registry.uploads.disk.DocumentDisk"}}):
        for name in names:
            files.keep(StorageArea.KEPT, name, name.encode())
        save, left = DocumentBucket._save, iter(range(5))

        def saved_until_stopped(self: DocumentBucket, name: str, content: Any) -> str:
            next(left)
            return save(self, name, content)

        with monkeypatch.context() as stopped, pytest.raises((StopIteration, RuntimeError)):
            stopped.setattr(DocumentBucket, "_save", saved_until_stopped)
            moved("to", options)
        files.keep(StorageArea.HELD, OTHER, b"came in between")
        assert "Done: 8 copied, 5 were there already" in moved("to", options)

    assert [files.read(StorageArea.KEPT, name) for name in names] == [name.encode() for name in names]
    assert files.read(StorageArea.HELD, OTHER) == b"came in between"


def test_what_came_in_after_the_switch_is_fetched_from_the_old_storage(bucket: DocumentBucket, folder: Path) -> None:
    DocumentDisk()._save(f"kept/{NAME[:2]}/{NAME}", ContentFile(b"late"))
    said = StringIO()

    call_command("move_documents", "--from", "registry.uploads.disk.DocumentDisk", stdout=said)

    assert files.read(StorageArea.KEPT, NAME) == b"late"


@pytest.mark.parametrize("ways", [[], ["--to", BUCKET, "--from", BUCKET], ["--to", "no.such.Storage"]])
def test_a_move_that_cannot_be_understood_is_refused(ways: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("move_documents", *ways)


@pytest.mark.django_db
def test_a_machine_with_a_storage_of_its_own_is_not_ready(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_asked", {})
    files.mark()
    received(an_organisation())
    assert Client().get("/health/ready").json()["checks"]["documents"] is True

    settings.DOCUMENTS_DIR = folder / "another machine"
    health._asked.clear()

    said = Client().get("/health/ready")
    assert (said.status_code, said.json()["checks"]["documents"]) == (503, False)


@pytest.mark.django_db
def test_two_machines_with_one_bucket_serve_the_same_documents(bucket: DocumentBucket) -> None:
    """Two processes know nothing of each other but the bucket."""
    files.keep(StorageArea.KEPT, NAME, b"a paper")

    other = DocumentBucket(**options_of_bucket())

    with other.open(f"kept/{NAME[:2]}/{NAME}") as file:
        assert file.read() == b"a paper"
