"""A sample firm that lost its licence and comes back: another name, numbers and head; the same house, telephone and man behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from config.demo import made_up
from config.demo.casting import StoryPart
from config.demo.parts import user_of
from registry import schemes

# Handed in some days ago, taken in hand, and nobody has judged yet what was found.
ENDS = "checks_out"
AGO = timedelta(days=11)
KEPT = ("telephone", "address", "legal_status", "sectors", "countries_supplied")


def come_back(before: Iterable[StoryPart], random: Random, *, number: int, scheme: str, at: datetime) -> StoryPart:
    """The firm that the first company among these which lost its licence comes back as."""
    lost = next(
        part.firm for part in before if part.ends == "revoked" and part.firm.profile.facts["legal_status"] == "company"
    )
    sectors = [sector.code for sector in schemes.in_force(scheme, timezone.localdate(at)).sectors]
    drawn = (made_up.firm(random, number, scheme=scheme, sectors=sectors, invented_place=True) for _try in range(100))
    new = next(firm for firm in drawn if firm.profile.facts["legal_status"] == "company")
    facts = {
        **new.profile.facts,
        **{key: lost.profile.facts[key] for key in KEPT},
        "company_number": made_up.company_number(random),
    }
    behind = _with_a_slip(lost.profile.people["principal_authority"])
    address = lost.profile.lists["directors"][0]["address"]
    lists = {
        "directors": [{"full_name": behind["full_name"], "date_of_birth": behind["date_of_birth"], "address": address}]
    }
    firm = replace(new, profile=replace(new.profile, facts=facts, lists=lists, has_its_own=True))
    began = (at - AGO).replace(hour=9, minute=17)
    return StoryPart(firm, user_of(firm, at=began), began, ENDS)


def _with_a_slip(person: Mapping[str, Any]) -> dict[str, Any]:
    """The day of birth with one digit wrong."""
    year_and_month, day = person["date_of_birth"][:-2], int(person["date_of_birth"][-2:])
    return {**person, "date_of_birth": f"{year_and_month}{day + 10 if day <= 18 else day - 10:02}"}
