"""Licences, and the additional conditions on them."""

from registry.licences.models.conditions import Condition, ConditionQuerySet
from registry.licences.models.licences import Licence, LicenceQuerySet

__all__ = ["Condition", "ConditionQuerySet", "Licence", "LicenceQuerySet"]
