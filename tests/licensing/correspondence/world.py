"""Entries of a file, added by the real action."""

from dataclasses import replace
from typing import Any

from config.demo.papers import paper
from licensing.correspondence import actions
from licensing.correspondence.models import FileEntry
from registry.uploads import ScanVerdict
from tests.conftest import NOW
from tests.licensing.stories import TODAY
from tests.people import person


def a_file_entry(subject: Any, **given: Any) -> FileEntry:
    """A letter with a file that can be opened, unless the test says otherwise."""
    told: dict[str, Any] = {
        "kind": "letter",
        "title": "Letter of HMRC about VAT",
        "with_whom": "HMRC",
        "happened_on": TODAY,
        "uploads": [replace(paper("Letter"), verdict=ScanVerdict.CLEAN)],
        "by": person("case_officer"),
        "at": NOW,
        **given,
    }
    return actions.add_to_file(subject, **told)
