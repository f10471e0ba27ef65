"""Whatever row is rewritten, and whatever is recomputed after it, a head that was printed before tells.

A sample here; all of it: WHOLE_WORLD=1 TAMPERINGS=1000 pytest tests/test_tampering.py -n 0 -s (docs/measured.md).
"""

import os
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from registry.integrity import covering
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.trail.queries import chain
from tests import database
from tests.journeys.every_page.world import build
from tests.licensing.stories import a_revocation_proposed, notified
from tests.tampering import Tamperer, Tampering, kinds_of, recompute

#: All of it in a world in which everything has happened; the sample of each day in the story of one licence that was revoked.
ALL = os.environ.get("WHOLE_WORLD", "")
COUNT = int(os.environ.get("TAMPERINGS", "25"))
SEED = int(os.environ.get("TAMPERING_SEED", "20261128"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Iterator[tuple[int, str]]:
    """A world in which things have happened, and its head as it was printed."""
    if ALL:
        with override_settings(DEMO=True):
            build()
    else:
        notified(a_revocation_proposed())
    trail.seal()
    covering.sealing()._forget()  # as after a commit: the test's own transaction never comes to one
    printed = chain.head()
    with database.triggers_away(), connection.constraint_checks_disabled():
        yield printed


def test_a_row_that_was_rewritten_is_found_though_all_chains_are_recomputed(head: tuple[int, str]) -> None:
    before = faults(head)
    assert all("ROWS" in fault for fault in before), "the licences that the world has for its figures alone"
    tamperer = Tamperer(SEED)
    done: list[Tampering] = []
    missed: list[Tampering] = []
    while len(done) < COUNT:
        try:
            with transaction.atomic():
                tampering = tamperer.tamper()
                is_found_at_once = faults() - before
                recompute(tampering)
                if not is_found_at_once or not (tampering.is_undone or faults(head) - before):
                    missed.append(tampering)
                done.append(tampering)
                transaction.set_rollback(True)
        except DatabaseError:
            continue  # a constraint refused it: nothing was rewritten

    print(f"{len(done)} rewritten, {len(missed)} missed", *kinds_of(done), sep="\n")
    assert missed == []


def faults(printed: tuple[int, str] | None = None) -> set[str]:
    return set(verifications.verify_history(printed).faults)
