"""Where a licence stands today: every page of the staff that shows a tag of one asks it of this very moment."""

from django import template
from django.utils import timezone

from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.register.states import Standing

register = template.Library()


@register.filter
def held_as(licence: Licence) -> LicenceStatus | Standing:
    """For its tag: what is taken away or given up from a later day is held until then."""
    return licence.held_as(timezone.localdate())
