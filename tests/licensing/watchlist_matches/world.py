"""A licence holder whose director may be on a sanctions list: reached by the command and the nightly job."""

import json
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command

from licensing import jobs
from licensing.watchlist_matches.models import WatchlistMatch
from registry.licences.models import Licence
from tests.conftest import NOW
from tests.licensing.checks.lists import _at
from tests.licensing.phoenix_matches.world import licensed

#: Who runs the licence holder, with a name that the list writes in another way.
DIRECTOR = {"full_name": "Yordan Stoyanov", "date_of_birth": "1968-09-21", "nationality": "Bulgarian"}

LISTED: dict[str, Any] = {
    "id": "NK-7",
    "schema": "Person",
    "caption": "Stoyanov, Yordan",
    "first_seen": "2026-10-01T00:00:00",
    "properties": {
        "name": ["Stoyanov Jordan"],
        "alias": ["Йордан Стоянов"],
        "birthDate": ["1968", "1968-09-21"],
        "topics": ["sanction"],
    },
}


def read_sanctions(*lines: object, at: datetime = NOW, topics: tuple[str, ...] = ()) -> None:
    """The newest edition of a sanctions list in the format of FollowTheMoney."""
    told = ["--list", "sanctions", "--title", "Sanctions list", "--licence", "Open", "--followthemoney"]
    for topic in topics:
        told += ["--topic", topic]
    with TemporaryDirectory() as folder, _at(at), Path("/dev/null").open("w") as nowhere:
        file = Path(folder) / "entities.ftm.json"
        text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        file.write_text("\n".join([*text, ""]), encoding="utf-8")
        call_command("import_list", str(file), *told, stdout=nowhere)


def a_watchlist_match(legal_name: str = "Abercwm Labour Ltd", *, at: datetime = NOW) -> WatchlistMatch:
    """A director of a licence holder has the name and day of birth of an entry; no one has judged it."""
    licence: Licence = licensed(legal_name, director=DIRECTOR)
    read_sanctions(LISTED, at=at)
    jobs.screen_holders(at=at)
    return WatchlistMatch.objects.get(organisation=licence.organisation)
