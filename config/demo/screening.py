"""A made-up sanctions list that names the director of one sample firm: an officer has still to judge the match."""

import json
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from licensing.watchlist_matches import actions
from licensing.watchlist_matches.models import WatchlistMatch
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.organisations.models import Role, RoleKind


def screen(at: datetime) -> Iterator[WatchlistMatch]:
    """The list is read by the real command, and the firm is compared with it as the nightly job does."""
    directs = Role.objects.filter(
        kind=RoleKind.DIRECTOR,
        until=None,
        person__date_of_birth__isnull=False,
        organisation__in=Licence.objects.filter(status=LicenceStatus.ACTIVE).values("organisation"),
    )
    role = directs.select_related("organisation", "person").order_by("pk")[0]
    director = role.person
    assert director
    entity = {
        "id": "sample-1",
        "schema": "Person",
        "properties": {
            "name": [" ".join(reversed(director.full_name.split()))],
            "birthDate": [f"{director.date_of_birth}"],
            "topics": ["sanction"],
            "program": ["Made up for this demonstration"],
        },
    }
    file = settings.VAR_DIR / "lists" / "sanctions.ftm.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(entity) + "\n", encoding="utf-8")
    call_command(
        "import_list",
        str(file),
        "--followthemoney",
        code="sample-sanctions",
        title="Sample sanctions list: no one on it exists",
        licence="Made up for this demonstration (CC0).",
        edition=timezone.localdate(at),
        stdout=StringIO(),
    )
    yield from actions.screen([role.organisation], by=None, at=at)
