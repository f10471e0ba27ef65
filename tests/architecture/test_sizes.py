"""What may only become less, and how far the product may grow: the limits are in `limits.toml`."""

import pytest

from tests.architecture import sizes

pytestmark = pytest.mark.once

AT_MOST = sizes.limits()["at_most"]


def test_every_count_has_a_limit_and_is_not_above_it() -> None:
    counts = dict(sizes.table())

    assert counts.keys() == AT_MOST.keys()
    assert {what: (count, AT_MOST[what]) for what, count in counts.items() if count > AT_MOST[what]} == {}


def test_a_limit_is_lowered_with_what_it_counts() -> None:
    """Lines have room for the budget of an issue; everything else is counted one by one."""
    counts = dict(sizes.table())

    assert {what for what, count in counts.items() if count < AT_MOST[what] and "lines of" not in what} == set()
