"""What the steps of an application have in common: each room declares those of its subject."""

from typing import Any

from licensing.addresses import CASE
from licensing.applications.models import Application
from registry.steps import Step, Steps

HEADING = "licensing/parts/officer_heading.html"


def of_case(name: str, *steps: Step, **more: Any) -> Steps:
    """A table of steps of an application as officers see it. A draft is the applicant's: for staff there is no such page."""
    return Steps(
        Application,
        name,
        url=CASE,
        page="application",
        related=("organisation", "case_officer"),
        rows=lambda user: Application.objects.handed_in_to(user),
        heading=HEADING,
        facts=lambda application: {"application": application},
        steps=steps,
        **more,
    )
