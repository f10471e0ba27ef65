"""Work lists: whose turn it is, and what can be found among applications, decisions and licences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef

from licensing.applications.queries.offices import count_of, sectors
from licensing.licences.filters import LicenceFilter
from registry.accounts.models import User
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus


def licences(params: Mapping[str, Any], *, by: User, on: date) -> LicenceFilter:
    """The licences that this person may see: active ones first, by number."""
    unmet = Condition.objects.filter(licence=OuterRef("pk"), status=ConditionStatus.OPEN)
    rows = (
        Licence.objects.open_to(by).select_related("organisation").annotate(open_conditions=count_of(unmet, "licence"))
    )
    return LicenceFilter(params, licences=rows, sectors=sectors(on), on=on)
