"""What the question who saw something answers, for tests."""

from compliance.who_saw import queries
from tests.conftest import NOW


def acts_seen(reference: str) -> list[str]:
    """By which act or way the thing was shown, each time, in order."""
    return [queries.act_in_words(row, NOW.date()) for row in queries.readers_of(reference) or ()]
