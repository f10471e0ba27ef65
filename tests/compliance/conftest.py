"""Mailboxes whose words cost little to check; what they cost in earnest is a test of its own."""

import pytest

from compliance import vault


@pytest.fixture(autouse=True)
def cheap_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "WORK", 2)
