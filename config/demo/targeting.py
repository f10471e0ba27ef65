"""What the sample licences score, and who of them is chosen for a visit."""

from collections.abc import Iterator
from datetime import datetime

from compliance import tasks


def target(at: datetime) -> Iterator[object]:
    """Every licence in force is scored, as by night."""
    yield tasks.score_all(at=at)
