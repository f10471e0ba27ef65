"""What the work lists of licensing can be narrowed by. Import from here."""

from licensing.filters.appeals import AppealFilter
from licensing.filters.applications import ApplicationFilter
from licensing.filters.changes import ChangeFilter
from licensing.filters.checks import CheckFilter
from licensing.filters.conditions import ConditionFilter
from licensing.filters.dates import DatesFilter, Source
from licensing.filters.decisions import DecisionFilter
from licensing.filters.licences import LicenceFilter
from licensing.filters.look_alikes import LookAlikeFilter
from licensing.filters.messages import MessageFilter
from licensing.filters.transfers import TransferFilter

__all__ = [
    "AppealFilter",
    "ApplicationFilter",
    "ChangeFilter",
    "CheckFilter",
    "ConditionFilter",
    "DatesFilter",
    "DecisionFilter",
    "LicenceFilter",
    "LookAlikeFilter",
    "MessageFilter",
    "Source",
    "TransferFilter",
]
