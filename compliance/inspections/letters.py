"""What to say to a business about its inspections, and the reports that are printed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from compliance.inspections.models import Inspection
from registry.letters.letters import sending as sending_letters
from registry.letters.models import Letter


def queue(
    inspection: Inspection, template: str, *, subject: str | Promise, facts: Mapping[str, Any], at: datetime
) -> Letter:
    day: dict[str, date] = {"version": inspection.version}
    return sending_letters.queue(
        f"compliance/letters/{template}.html",
        to=inspection.organisation,
        subject=subject,
        facts={"scheme": inspection.scheme, **day, **facts},
        about=inspection.reference,
        kept=True,
        at=at,
    )
