"""What the answers of an application say for the organisation's file and for the register."""

from typing import Any

from licensing.application_form.rules.facts import NOTHING, PARTICULARS
from licensing.application_form.rules.filled import ApplicationForm, people_of
from registry.register.rules import POSITION, ShownPeople


def particulars_of(filled: ApplicationForm) -> dict[str, Any]:
    """By the field of the file; what was left out is not known of the organisation any more."""
    asked = filled.scheme.form.facts()
    particulars = {
        field: filled.facts.get(key, NOTHING.get(field, "")) for key, field in PARTICULARS.items() if key in asked
    }
    for field, value in filled.listed_particulars():
        particulars[field] = [*dict.fromkeys([*particulars.get(field, []), value])]
    return particulars


def vehicles_of(filled: ApplicationForm) -> list[dict[str, Any]]:
    return [dict(item.data) for _page, item in filled.listed("vehicle")]


def shown_people_of(filled: ApplicationForm) -> ShownPeople:
    """Who would act for the holder, as the register shows it."""
    people = list(people_of(filled))
    return ShownPeople(
        named=[(role, data["full_name"]) for role, data in people if data.get("full_name")],
        positions=[data.get("job_title", "") for role, data in people if role == POSITION],
    )
