"""What happens to the register while it is served, played by the real actions in a process of its own.

On the database of the environment; what came of it is printed as JSON.
"""

import json
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from registry.actions import licences
from registry.models import Licence
from tests.people import person
from tests.registry.stories import a_licence, an_organisation


def begin() -> dict[str, str]:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("sync_roles", verbosity=0)
    now = timezone.now()
    until = timezone.localdate(now) + timedelta(days=300)
    licence = a_licence(an_organisation("Harvest Hands Ltd"), starts=timezone.localdate(now), until=until, at=now)
    return {"number": licence.number, "code": licence.listing.code}


def suspend() -> dict[str, str]:
    now = timezone.now()
    today = timezone.localdate(now)
    decider = person("decision_maker", email=f"decider-{now.timestamp()}@people.example")
    licence = Licence.objects.select_related("listing").get()
    licences.suspend(licence, starts=today, until=licence.valid_until, because="Unsafe.", by=decider, at=now)
    return {}


STORIES = {"begin": begin, "suspend": suspend}


def play(name: str) -> None:
    print(json.dumps(STORIES[name]()))
