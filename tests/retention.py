"""How the tests of what is erased do without two people. With two: tests/licensing/retention/test_two_people.py."""

import pytest

from registry.retention import queries


@pytest.fixture
def no_one_approves(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule of a pack asks for two people."""
    monkeypatch.setattr(queries, "listed_days", lambda rule, today: None)
