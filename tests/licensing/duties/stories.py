"""What a person must do on a day, once the night before has opened what begins by a day."""

from datetime import datetime

from django.utils import timezone

from licensing.duties.queries.duties import Duty, duties_for
from registry.accounts.models import User
from registry.tasks import jobs as tasks
from tests.conftest import NOW


def duties_at(user: User, kind: str = "", *, at: datetime = NOW) -> list[Duty]:
    """All that the user may do at this instant, or what is of one kind of task."""
    tasks.open_due(at=at)
    return [duty for duty in duties_for(user, today=timezone.localdate(at)) if kind in ("", duty.task.kind)]
