"""Where sample firms say that they supply workers: real places of the published list, if it has been read.

Only firms of which nothing adverse is said name a real place; the others supply the made-up one of the plain answers.
"""

from dataclasses import replace
from random import Random
from typing import Any

from config.demo.answers import Profile
from config.demo.made_up import Firm
from licensing.application_form.forms.places import as_place
from registry.premises.models import Premises

# Where a story ends before anything was found or decided against the firm.
UNTROUBLED = frozenset({"draft", "submitted", "paid", "checks_out", "asked", "answered", "withdrawn"})
WORK = ("Packing", "Harvesting and grading", "Cutting and packing", "Night shifts in the packhouse")


def naming_real_ones(firm: Firm, *, ends: str) -> Profile:
    """What the firm's form says, with two or three labour users of the list; the same for the same firm."""
    listed = Premises.objects.listed().order_by("pk")
    how_many = listed.count() if ends in UNTROUBLED else 0
    if not how_many:
        return firm.profile
    random = Random(firm.name)
    users = [_labour_user(listed[random.randrange(how_many)], random) for _number in range(random.choice((2, 2, 3)))]
    return replace(firm.profile, lists={**firm.profile.lists, "labour-users": users})


def _labour_user(place: Premises, random: Random) -> dict[str, Any]:
    return {"user_name": place.name, "user_places": [as_place(place)], "user_work": random.choice(WORK)}
