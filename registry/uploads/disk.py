"""Documents on a disk: a storage of Django that writes whole files and never reads outside its folder."""

import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

FREE = 0.10  # of the disk: below this nothing more is taken (docs/rules.md G27)


@deconstructible(path="registry.uploads.disk.DocumentDisk")
class DocumentDisk(FileSystemStorage):
    """Files below `DOCUMENTS_DIR`, which no web server reaches. What is saved under a name that is there replaces it."""

    @property
    def base_location(self) -> str:
        return str(settings.DOCUMENTS_DIR)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        """Write the bytes whole or not at all: a reader, or a crash, never meets half a file."""
        path = self._with_folder(name)
        part = path.with_suffix(f".{secrets.token_hex(4)}.part")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.writelines(content.chunks())
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return name

    def copy(self, name: str, other: str) -> None:
        """The bytes of another file under this name too: they lie on the disk once, as no file is ever changed in place."""
        self._with_folder(name).hardlink_to(self.path(other))

    def is_nearly_full(self) -> bool:
        """Whether less than a tenth of the disk is free: the rest is for the database."""
        folder = Path(self.location)
        while not folder.exists():
            folder = folder.parent
        disk = shutil.disk_usage(folder)
        return disk.free < disk.total * FREE

    def _with_folder(self, name: str) -> Path:
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path
