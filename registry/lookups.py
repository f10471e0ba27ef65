"""What no row can hold is found in none: PostgreSQL would refuse the question for a NUL, and the answer is known.

Registered for all fields of text, whatever asks: an address, a filter, a program.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, TextField, lookups


class _Exact(lookups.Exact):
    """Equal to a text with a NUL is nothing."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        _refuse_nul(self.rhs)
        return super().process_rhs(compiler, connection)


class _IExact(lookups.IExact):
    """The same, in capitals or not."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        _refuse_nul(self.rhs)
        return super().process_rhs(compiler, connection)


def _refuse_nul(wanted: Any) -> None:
    if isinstance(wanted, str) and "\0" in wanted:
        raise EmptyResultSet


class _In(lookups.In):
    """Among several texts those with a NUL are none."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        if self.rhs_is_direct_value():
            self.rhs = [one for one in self.rhs if not (isinstance(one, str) and "\0" in one)]
        return super().process_rhs(compiler, connection)


def register() -> None:
    """Called once, when the app is ready."""
    for field in (CharField, TextField):
        for lookup in (_Exact, _IExact, _In):
            field.register_lookup(lookup)
