"""Licences about which something is known, by the real actions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from compliance import tasks
from compliance.models import InspectionKind, LicenceScore
from registry.actions import facts
from registry.models import Licence, Organisation
from tests.compliance.stories import an_inspection_confirmed
from tests.conftest import NOW
from tests.licensing.stories import a_licence

#: Three standards of the scheme, one of them critical: 8 + 30 points and more.
UNMET = ("1.4", "2.2")


def told_late(organisation: Organisation, *, working_days: int = 4, at: datetime = NOW) -> None:
    """As licensing writes down how late a notice was."""
    late = {"change": "address", "working_days": working_days, "due_on": "2026-10-01"}
    facts.write_down(organisation, facts={"told_late": late}, source="change N-1", at=at)


def stated(organisation: Organisation, *, at: datetime = NOW, **answers: Any) -> None:
    facts.write_down(organisation, facts=answers, source="application A-1", at=at)


def a_licence_with_a_past(unmet: Sequence[str] = UNMET, **story: Any) -> Licence:
    """Visited once and found wanting; late with one notice; supplying through others."""
    licence = a_licence(**story)
    an_inspection_confirmed(
        *unmet,
        organisation=licence.organisation,
        kind=InspectionKind.COMPLIANCE,
        case="",
        licence_number=licence.number,
    )
    told_late(licence.organisation)
    stated(licence.organisation, subcontracting=True)
    return licence


def scored(licence: Licence, *, at: datetime = NOW) -> LicenceScore:
    """What the licence scores now, every licence having been scored."""
    tasks.score_all(at=at)
    return LicenceScore.objects.current().get(licence=licence)


def points_of(score: LicenceScore) -> dict[str, int]:
    return {one["code"]: one["points"] for one in score.signals if one["points"]}
