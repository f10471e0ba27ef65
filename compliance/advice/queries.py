"""The advice after a visit, the standards that it can be about, and its words in a history."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import get_language

from compliance.advice.models import Advice
from compliance.inspections.models import Inspection
from registry import schemes
from registry.schemes import said


def advice_after(inspection: Inspection) -> "QuerySet[Advice]":
    return Advice.objects.filter(inspection=inspection).select_related("recorded_by").order_by("pk")


def standards_to_choose(inspection: Inspection) -> Iterator[tuple[str, str]]:
    """Those that the visit looked at."""
    scheme = schemes.get(inspection.scheme, inspection.version)
    for code in inspection.standards:
        yield code, f"{code} {said(scheme.standard(code).title, get_language())}"
