"""How long cases take, worked out anew."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.progress.models import Pace
from licensing.progress.queries import durations as queries


@transaction.atomic
def work_out(scheme: str, *, by: None, at: datetime) -> None:
    """Count, over the year that ends today, how long the scheme's cases took to be decided; replaces what was counted before.

    What is counted follows from the cases and the trail alone, so nothing is written into the trail.
    """
    today = timezone.localdate(at)
    for (kind, milestone), days in queries.paces(scheme, today=today).items():
        Pace.objects.update_or_create(
            scheme=scheme, kind=kind, milestone=milestone, defaults={"worked_out_on": today, "days": days}
        )
