"""Whatever row is rewritten, and whatever is recomputed after it, a head that was printed before tells.

A sample here; all of it: `python -m tests.benchmarks.rewritten` (docs/measured.md).
"""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests import database
from tests.benchmarks.rewritten import a_day_later
from tests.licensing.stories import a_revocation_proposed, notified
from tests.tampering import Tamperer, attempts

COUNT, SEED = 20, 20261128

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def printed() -> Iterator[tuple[int, str]]:
    """The story of one licence that was revoked, a row of every other kind, and a head that was printed the day before."""
    notified(a_revocation_proposed())
    with transaction.atomic():
        with database.triggers_away():
            yield a_day_later()
        transaction.set_rollback(True)


def test_a_row_that_was_rewritten_is_found_though_all_chains_are_recomputed(printed: tuple[int, str]) -> None:
    done = list(attempts(COUNT, SEED, printed))

    assert len(done) == COUNT
    assert [str(one.tampering) for one in done if not one.is_named] == []
    assert [str(one.tampering) for one in done if not (one.is_found or one.tampering.is_undone)] == []


def test_every_kind_is_rewritten_as_often_as_any_other(printed: tuple[int, str]) -> None:
    tamperer = Tamperer(SEED)
    kinds = tamperer.kinds(2 * len(tamperer.filled) + len(tamperer.named))

    assert {kinds.count(model) for model in tamperer.others} == {2}
    assert {kinds.count(model) for model in tamperer.named} == {3}
