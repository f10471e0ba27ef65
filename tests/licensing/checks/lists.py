"""A list to check against, read by its command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.conftest import NOW

HEADER = "name,aliases,date_of_birth,company_number,reference,from,to,source"


@contextmanager
def _at(instant: datetime) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: instant)
        yield


def a_list(folder: Path, *rows: str, code: str = "disqualified", at: datetime = NOW, header: str = HEADER) -> None:
    """The newest edition of a list with these rows."""
    file = folder / f"{code}-{at:%Y%m%d}.csv"
    file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    told = ["--list", code, "--title", "Disqualified directors", "--licence", "Open"]
    with _at(at), Path("/dev/null").open("w") as nowhere:
        call_command("import_list", str(file), *told, stdout=nowhere)
