"""Background entry point: asks the look-up of this site as anyone would, and notes whether and how fast it answered."""

import time
from datetime import datetime

from django.conf import settings

from public_lookup.service_figures import actions, queries
from public_lookup.service_figures.models import LookUpDay
from public_lookup.service_figures.rules import is_due
from registry.clients import machines

#: A person who has waited longer has gone.
SECONDS = 10.0
#: A page is far smaller.
MOST_READ = 1_000_000


def ask_look_up(*, at: datetime) -> int:
    """Every five minutes, ask once; says how many questions were asked."""
    newest = LookUpDay.objects.order_by("-day").first()
    if not is_due(newest.asked_at if newest else None, at):
        return 0
    path, must_say = queries.question(at)
    begun = time.perf_counter()
    page = _page(path)
    took = 1000 * (time.perf_counter() - begun)
    is_right = page is not None and must_say in page
    actions.note_answer(took if is_right else None, by=None, at=at)
    return 1


def _page(path: str) -> str | None:
    """The page at our own address, by the way that everyone takes: through the proxy, with its certificate."""
    said = {"User-Agent": "registry-probe"}
    try:
        answer = machines.ask("GET", f"{settings.SITE_ADDRESS}{path}", within=SECONDS, most=MOST_READ, headers=said)
    except machines.MachineSilent:
        return None
    return answer.body.decode(errors="replace") if answer.code == 200 else None
