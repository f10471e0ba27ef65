"""Taking over what a device sent, each part of a visit by the action that the pages call."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from compliance.exhibits import actions as evidence
from compliance.field.models import VisitPart
from compliance.field.rules import field as rules
from compliance.field.rules.field import DeviceItem, Reading
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.rules import StandardFinding
from compliance.interviews import actions as interviews
from registry import uploads as files
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def take_over(visit: Inspection, *, sent: DeviceItem, by: User, at: datetime) -> None:
    """Write down here what a device sent of one part of a visit. Raises `Refused` with what the action of that part says."""
    TAKES[sent.part](visit, sent, by=by, at=at)


Doer = Callable[..., Any]


def _visit(visit: Inspection, sent: DeviceItem, **who: Any) -> None:
    shape = rules.shaped(sent)
    day = date.fromisoformat(shape.pop("visited_on")) if shape["visited_on"] else None
    inspections.record_visit(visit, **{**shape, "visited_on": day}, **who)


def _finding(visit: Inspection, sent: DeviceItem, **who: Any) -> None:
    shape = rules.shaped(sent)
    found: StandardFinding = {
        "standard": sent.of,
        "finding": shape["finding"],
        "evidence": shape["evidence"],
        "business_comment": shape.get("business_comment", ""),
    }
    inspections.record_findings(visit, findings=[found], **who)


def _sample(visit: Inspection, sent: DeviceItem, **who: Any) -> None:
    """The lot falls here as it fell on the device, or it was not the lot."""
    shape = rules.shaped(sent)
    number = int(sent.of) if sent.of.isdecimal() else 0
    sample = interviews.draw(
        visit, number=number or 1, workers_present=shape["workers_present"], because=shape["because"], **who
    )
    refuse_for(rules.lot_blockers(sample.drawn, shape["drawn"]))


def _interview(visit: Inspection, sent: DeviceItem, **who: Any) -> None:
    read = Reading(sent.content)
    key, held_at = read.key(sent.of), read.instant("held_at")
    interviews.keep(visit, key=key, told=rules.told(sent.content), held_at=held_at, **who)


def _indicator(visit: Inspection, sent: DeviceItem, **who: Any) -> None:
    interviews.note_indicator(visit, code=sent.of, **rules.shaped(sent), **who)


def _signature(visit: Inspection, sent: DeviceItem, **who: Any) -> None:
    read = Reading(sent.content)
    key, signed_at = read.key(sent.of), read.instant("signed_at")
    interviews.sign(visit, key=key, signed=rules.signed(sent.content), signed_at=signed_at, **who)


def _exhibit(visit: Inspection, sent: DeviceItem, **who: Any) -> None:
    """The picture is made anew here, and the digest that the device made of the original is kept (docs/rules.md T48).

    At once, unlike what applicants upload: the device forgets its copy when it hears that the picture was taken.
    """
    read, shape = Reading(sent.content), rules.shaped(sent)
    if rules.is_removal(sent):
        _removed(visit, sent, **who)
        return
    upload = files.document(read.text("name"), sent.file or b"", size=read.number("size"))
    # A clock that runs fast makes no photograph of tomorrow.
    taken_at = min(read.instant("taken_at"), who["at"])
    evidence.log(visit, **shape, uuid=str(read.key(sent.of)), taken_at=taken_at, upload=upload, **who)


def _removed(visit: Inspection, sent: DeviceItem, **who: Any) -> None:
    """An exhibit that is here is struck out; of one that never came, or was refused, stays that it was there and why it went."""
    because = Reading(sent.content).text("removed_because")
    exhibit = visit.exhibits.filter(uuid=sent.of).first()
    if exhibit is not None:
        evidence.strike_out(exhibit, because=because, **who)
        return
    digest = str(sent.content.get("digest", ""))
    trail.record(visit, "remove_from_device", because=because, item=sent.of, digest=digest, **who)


TAKES: Mapping[VisitPart, Doer] = {
    VisitPart.VISIT: _visit,
    VisitPart.FINDING: _finding,
    VisitPart.SAMPLE: _sample,
    VisitPart.INTERVIEW: _interview,
    VisitPart.INDICATOR: _indicator,
    VisitPart.SIGNATURE: _signature,
    VisitPart.EXHIBIT: _exhibit,
}
