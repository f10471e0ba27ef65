"""What happens to the register while it is served, played by the real actions in a process of its own.

On the database of the environment; what came of it is printed as JSON.
"""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from licensing.applications.actions import start as applications
from registry.documents.models import Document
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.register.models import Entry
from registry.trail.models.verifications import TrailVerification
from tests.people import person, signed_in
from tests.registry.stories import a_licence, an_organisation
from tests.stories import SCHEME

FIRMS = ("Abercwm", "Brindlewick", "Castlemartin", "Dunfermoor", "Eskdale", "Fenwickshaw", "Garthholme", "Hexworthy")


def begin() -> dict[str, str]:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("sync_roles", verbosity=0)
    now = timezone.now()
    until = timezone.localdate(now) + timedelta(days=300)
    licence = a_licence(an_organisation("Harvest Hands Ltd"), starts=timezone.localdate(now), until=until, at=now)
    return {"number": licence.number, "code": licence.listing.code}


def attack() -> dict[str, Any]:
    """An applicant with drafts to upload to, an auditor, and names to look up: with the cookies of their sessions."""
    now = timezone.now()
    applicant = person("applicant", email=f"applicant-{now.timestamp()}@people.example")
    drafts = [
        applications.start(
            organisations.open_file(legal_name=f"Hostile Files {nth} Ltd", by=applicant, at=now),
            scheme=SCHEME,
            by=applicant,
            at=now,
        )
        for nth in range(int(os.environ.get("DRAFTS", "4")))
    ]
    auditor = person("auditor", email=f"auditor-{now.timestamp()}@people.example")
    names = Entry.objects.filter(shown_until=None).order_by("entry_number").values_list("name", flat=True)[:300]
    return {
        "drafts": [draft.reference for draft in drafts],
        "applicant": signed_in(applicant).cookies[settings.SESSION_COOKIE_NAME].value,
        "auditor": signed_in(auditor).cookies[settings.SESSION_COOKIE_NAME].value,
        "auditor_email": auditor.email,
        "names": list(names),
    }


def firms() -> dict[str, Any]:
    """Firms of which the right answer is known: their numbers and standings. One of four is suspended."""
    now = timezone.now()
    today, decider = timezone.localdate(now), person("decision_maker", email="decider-of-firms@people.example")
    said = {}
    for nth, word in enumerate(FIRMS):
        name = f"{word} Labour Ltd"
        until = today + timedelta(days=300)
        licence = a_licence(an_organisation(name), starts=today, until=until, at=now)
        if nth % 4 == 3:
            licences.suspend(licence, starts=today, until=until, because="Unsafe.", by=decider, at=now)
        said[name] = [licence.number, "suspended" if nth % 4 == 3 else "licensed"]
    return said


def count_work() -> dict[str, Any]:
    hostile = Document.objects.filter(organisation__legal_name__startswith="Hostile Files")
    verified = TrailVerification.objects.exclude(finished_at=None)
    return {
        "files judged": hostile.exclude(status="received").count(),
        "files waiting": hostile.filter(status="received").count(),
        "verifications": verified.count(),
        "faults": sum(verified.values_list("fault_count", flat=True)),
    }


def suspend() -> dict[str, str]:
    now = timezone.now()
    today = timezone.localdate(now)
    decider = person("decision_maker", email=f"decider-{now.timestamp()}@people.example")
    licence = Licence.objects.select_related("listing").get()
    licences.suspend(licence, starts=today, until=licence.valid_until, because="Unsafe.", by=decider, at=now)
    return {}


STORIES: dict[str, Callable[[], dict[str, Any]]] = {
    "begin": begin,
    "suspend": suspend,
    "attack": attack,
    "firms": firms,
    "count_work": count_work,
}


def play(name: str) -> None:
    print(json.dumps(STORIES[name]()))
