"""Which weights were adopted for choosing visits, and from when: for the public log of changes."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.targeting.models import Weighting
from registry import schemes
from registry.editions.queries.declaring import in_languages
from registry.schemes import said
from registry.service_figures.queries.making import ServiceChange


def changes(day: date) -> Iterator[ServiceChange]:
    """All that hold or held by this day. Why they were adopted is on the page that says how we choose."""
    for weighting in Weighting.objects.exclude(adopted_at=None).filter(holds_from__lte=day):
        assert weighting.holds_from is not None
        yield ServiceChange(weighting.holds_from, in_languages(_WeightsChanged(weighting)), in_languages(""))


class _WeightsChanged:
    def __init__(self, weighting: Weighting) -> None:
        self.weighting = weighting

    def __call__(self) -> str:
        scheme = said(schemes.in_force(self.weighting.scheme, self.weighting.version).title, get_language())
        if self.weighting.back_to_scheme:
            return _("The weights for choosing visits are those of the rules again: %(scheme)s") % {"scheme": scheme}
        return _("New weights for choosing visits: %(scheme)s") % {"scheme": scheme}
