"""Documents in an object store that speaks S3: one bucket that several machines share, private and encrypted by the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.deconstruct import deconstructible
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from registry.silences import silences

#: Its library signs and asks, so that `registry.clients.machines` does not; its times are for each wait (docs/decisions/0202).
#: A store that does not answer keeps no one waiting for long: a process that waits answers no one else. A page that
#: reads says so within three seconds, one that sends a file within five. Neither is tried twice: the sender does that.
ONCE = {"total_max_attempts": 1}
OF_READS = Config(connect_timeout=1, read_timeout=2, retries=ONCE)
OF_WRITES = Config(connect_timeout=2, read_timeout=3, retries=ONCE)
#: One request for each file: a file that is sent in parts is waited for several times, and once more to take them back.
WHOLE = TransferConfig(num_download_attempts=1, multipart_threshold=128 * 1024**2)
SILENT = (BotoCoreError, Boto3Error, RetriesExceededError)
#: Its name among what is left alone, and for how many seconds: longer than a database, as less waits for it.
STORE, LEAVE = "object store", 20.0
ENCRYPTED = {"ServerSideEncryption": "AES256"}


@deconstructible(path="registry.uploads.bucket.DocumentBucket")
class DocumentBucket(S3Storage):
    """What is saved under a name that is there replaces it, whole. The options are those of django-storages' `S3Storage`.

    `object_parameters` may name another encryption (`aws:kms` and its key). What the store refuses, or does not answer,
    is an `OSError`, as of a disk.
    """

    def __init__(self, **options: Any) -> None:
        given = {"object_parameters": ENCRYPTED, "client_config": OF_WRITES, "transfer_config": WHOLE, **options}
        given |= {"file_overwrite": True, "default_acl": None, "querystring_auth": True}
        super().__init__(**given)
        self.reads = S3Storage(**{**given, "client_config": OF_READS})

    def _save(self, name: str, content: File[Any]) -> str:
        with _as_of_a_disk(name):
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        with _as_of_a_disk(name):
            opened: File[Any] = self.reads.open(name, mode)
            opened.seek(0)  # fetched now: an answer that has begun cannot say any more that the store does not answer
            return opened

    def exists(self, name: str) -> bool:
        with _as_of_a_disk(name):
            return bool(self.reads.exists(name))

    def delete(self, name: str) -> None:
        with _as_of_a_disk(name):
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _as_of_a_disk(path):
            folders, files = self.reads.listdir(path)
        return folders, files

    def copy(self, name: str, other: str) -> None:
        """The bytes of another file under this name too, without their coming here unless the store cannot copy them.

        radosgw copies nothing that it has encrypted without being asked to.
        """
        try:
            with _as_of_a_disk(other):
                source = {"Bucket": self.bucket_name, "Key": self._normalize_name(other)}
                self.bucket.Object(self._normalize_name(name)).copy_from(CopySource=source, **self.object_parameters)
        except OSError as refused:
            if _code_of(refused.__cause__) != "NotImplemented":
                raise
            with self.open(other) as file:
                self.save(name, file)


@contextmanager
def _as_of_a_disk(name: str) -> Iterator[None]:
    """What stands in the answer of the store may hold keys: only its code goes on."""
    if silences.left_alone(STORE):
        raise OSError("The object store did not answer a moment ago, and is left alone for some seconds.")
    try:
        with silences.waiting_for(STORE, *SILENT, leave=LEAVE):
            yield
    except ClientError as refused:
        code = _code_of(refused)
        kind = FileNotFoundError if code in {"404", "NoSuchKey"} else OSError
        raise kind(f"The object store says {code} of {name}.") from refused
    except SILENT as silent:
        raise OSError(f"The object store cannot be asked for {name}: {type(silent).__name__}.") from silent


def _code_of(refused: BaseException | None) -> str:
    """What the store calls its refusal; empty where it did not answer."""
    return str(refused.response.get("Error", {}).get("Code", "")) if isinstance(refused, ClientError) else ""
