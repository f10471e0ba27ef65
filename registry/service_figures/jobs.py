"""Background entry point of the service figures."""

from datetime import datetime

from django.utils import timezone

from registry.service_figures import actions
from registry.service_figures.models import ServiceFigures


def count_service(*, at: datetime) -> int:
    """Once a day, count how the service does; says how many tables there are."""
    if ServiceFigures.objects.filter(day=timezone.localdate(at)).exists():
        return 0
    return len(actions.count_service(by=None, at=at).tables)
