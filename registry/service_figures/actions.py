"""How the service does, counted again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from registry.service_figures.models import ServiceFigures
from registry.service_figures.queries import making


@transaction.atomic
def count_service(*, by: None, at: datetime) -> ServiceFigures:
    """Count all service figures as they are now, in the place of what was counted earlier on the same day."""
    day = timezone.localdate(at)
    made = {
        "made_at": at,
        "tables": making.tables_now(day),
        "changes": making.changes_now(day),
        "cases": making.cases_now(day),
    }
    figures, _is_new = ServiceFigures.objects.update_or_create(day=day, defaults=made)
    ServiceFigures.objects.filter(day__lt=day).exclude(cases=[]).update(cases=[])
    return figures
