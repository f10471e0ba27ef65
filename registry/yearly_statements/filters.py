"""What the list of yearly statements can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from registry.filtersets import AnyOfFilter
from registry.pagination import in_order
from registry.tasks.filters import DueFilter
from registry.yearly_statements.models import YearlyStatement
from registry.yearly_statements.states import StatementStatus


class YearlyStatementFilter(DueFilter[YearlyStatement]):
    """The newest year first."""

    orders = {"": in_order("-code", "-pk")}

    status = AnyOfFilter(label=_("Status"), choices=StatementStatus.choices)
