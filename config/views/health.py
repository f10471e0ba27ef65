"""Whether the installation answers and can be used, for whoever watches it."""

import shutil
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import metrics as counts
from config.ready import lacks_migrations, migrations_are_applied
from public_lookup.lookup.queries import replica
from registry import schemes, uploads
from registry import search as index
from registry.background_work import queries as background_work
from registry.documents.models import Document
from registry.integrity import head_file
from registry.register.models import Entry
from registry.schemes import freezing

# --- for programs ---


@login_not_required
@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"live": True})


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether this process can do its work: 200, or 503 and which part of it cannot be done."""
    checks = {name: _holds(check) for name, check in READY.items()}
    # Without its replica the look-up reads the primary: that is slower, and no reason to send people away.
    said = {"ready": all(checks.values()), "checks": checks, "replica": replica.says(time.monotonic())}
    return JsonResponse(said, status=200 if all(checks.values()) else 503)


@login_not_required
@require_safe
@never_cache
def look_up(request: HttpRequest) -> HttpResponse:
    """What probes ask: whether this process answers who is licensed. All else that `ready` says takes nobody away from it."""
    is_answered = _holds(_look_up_answers)
    return JsonResponse({"look_up": is_answered}, status=200 if is_answered else 503)


@login_not_required
@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """Whether the background worker does its rounds: 200, or 503. The pages go on without it, so `ready` does not ask."""
    try:
        lines = [*background_work.lanes(timezone.now())]
    except (DatabaseError, OSError):
        lacking = "migrations" if lacks_migrations() else "database"
        return JsonResponse({"worker": False, lacking: False}, status=503)
    is_late = any(line.is_late for line in lines)
    lanes = {line.name.removeprefix("lane_"): line.seconds for line in lines if line.name.startswith("lane_")}
    failed = sum(line.number or 0 for line in lines)
    said = {"worker": not is_late, "seconds_since_last_round": lanes, "failed_jobs": failed}
    return JsonResponse(said, status=503 if is_late else 200)


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus; 404 for whoever may not read them."""
    if not counts.may_read(request):
        raise Http404
    return HttpResponse(counts.exposition(timezone.now()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False


def _look_up_answers() -> bool:
    with replica.reading(replica.place(time.monotonic())):
        Entry.objects.first()
    return head_file.is_clock_right()


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _disk_has_room() -> bool:
    usage = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR)
    return usage.free > usage.total / 10


def _documents_are_ours() -> bool:
    """Whether the storage of this machine is the one that the installation shares: asked twice a minute at most."""
    now = time.monotonic()
    if now - _asked.get(_DOCUMENTS, -ASKED_EACH) >= ASKED_EACH:
        if not uploads.is_marked() and Document.objects.on_disk().exists():
            return False
        _asked[_DOCUMENTS] = now
    return True


#: Of what costs a question to another machine: when it was last found to hold, in seconds of a clock that only goes on.
_asked: dict[str, float] = {}
_DOCUMENTS, ASKED_EACH = "documents", 30.0

READY: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": migrations_are_applied,
    "packs": lambda: not schemes.faults_found() and not freezing.gone(),
    "index": index.is_at_last_entry,
    "disk": _disk_has_room,
    "documents": _documents_are_ours,
    "clock": head_file.is_clock_right,
}
