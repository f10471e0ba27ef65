"""A visit of the sample inspector that has begun: whom the lot fell on, two workers who talked and one who did not, a sign, a signature."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.states import InspectionStatus
from compliance.interviews import actions as interviews
from compliance.interviews.rules import InterviewRecord
from config.demo.people import person


def visit(at: datetime) -> Iterator[object]:
    inspector = person("inspector")
    to_do = Inspection.objects.visible_to(inspector).filter(inspector=inspector, status=InspectionStatus.COMMISSIONED)
    for one in to_do.order_by("due_on", "pk")[:1]:
        sample = interviews.draw(one, workers_present=38, by=inspector, at=at)
        yield sample
        for place, told in zip(sample.drawn, _told(one), strict=False):
            given: InterviewRecord = {**told, "sampled": "drawn", "drawn_number": place}
            yield interviews.keep(one, key=uuid.uuid4(), told=given, held_at=at, by=inspector, at=at)
        evidence = "Two workers say that the office keeps their passports; a drawer there was locked."
        yield interviews.note_indicator(one, code="7", seen=True, evidence=evidence, by=inspector, at=at)
        yield interviews.sign(
            one,
            key=uuid.uuid4(),
            signed={
                "name": "Sample Manager",
                "role": "Office manager",
                "statement": "I was read what the inspector wrote down so far.",
                "how": "typed",
                "strokes": [],
                "because": "",
            },
            signed_at=at,
            by=inspector,
            at=at,
        )


def _told(one: Inspection) -> Iterator[InterviewRecord]:
    asked = scheme_of(one).interviews
    explained = [part.code for part in asked.explained] if asked else []
    silent: InterviewRecord = {
        "language": "pl",
        "interpreted": True,
        "sampled": "drawn",
        "drawn_number": None,
        "explained": explained,
        "consents": False,
        "answers": {},
        "indicators": [],
        "notes": "",
    }
    if asked:
        yield {
            **silent,
            "consents": True,
            "answers": {
                "papers": {"said": "no", "words": "The office keeps it."},
                "pay": {"said": "", "words": "About 380 pounds; a payslip once a month."},
            },
            "indicators": ["7"],
            "notes": "Spoke freely once outside.",
        }
        yield {
            **silent,
            "language": "ro",
            "consents": True,
            "answers": {"paid_for_work": {"said": "yes", "words": "600 euros to a man in the village."}},
        }
    yield silent
