"""Tests that are not about who approves do without."""

from tests.retention import no_one_approves

__all__ = ["no_one_approves"]
