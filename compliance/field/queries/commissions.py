"""What an inspector is asked to do on a visit, thing by thing, so that a device can be told what of it has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from compliance.contradictions.queries.compared import row_in_words
from compliance.contradictions.queries.contradictions import asked_about
from compliance.field.models import FieldCopy, FieldDevice
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.queries.inspections import day_in_words
from compliance.inspections.states import InspectionStatus
from compliance.plans.models import VisitPlan
from compliance.plans.queries.files import interpreter_in_words
from compliance.plans.queries.plans import Briefing, briefing_of
from registry import signing
from registry.accounts.models import User

Row = dict[str, str]


#: Of use to whoever is on the way, but nothing that they must be rung for.
NOT_URGENT = frozenset({"telephone", "former", "conditions", "put_right"})


class CommissionState(StrEnum):
    """What a visit is to whoever has a copy of it."""

    OPEN = "open"
    CALLED_OFF = "called_off"
    REPORTED = "reported"
    ANOTHERS = "anothers"


@dataclass(frozen=True, slots=True)
class Commission:
    """How a visit stands for one inspector, and what is asked; of what is not theirs to carry out nothing is said.

    `digest` is of what must not be missed, and the same in every language.
    """

    inspection: Inspection
    standing: CommissionState
    rows: tuple[Row, ...]
    digest: str
    planned_on: str

    @property
    def as_told(self) -> dict[str, Any]:
        return {
            "reference": self.inspection.reference,
            "standing": self.standing,
            "asked": list(self.rows),
            "planned_on": self.planned_on,
        }


def commission_of(inspection: Inspection, *, to: User) -> Commission:
    standing = _standing(inspection, to)
    rows = asked_of(inspection) if standing == CommissionState.OPEN else ()
    urgent = {row["code"]: row["revision"] for row in rows if row["code"] not in NOT_URGENT}
    digest = signing.digest({"standing": standing, "rows": urgent})
    plan = VisitPlan.objects.filter(inspection=inspection).first() if standing == CommissionState.OPEN else None
    return Commission(inspection, standing, rows, digest, plan.day.isoformat() if plan else "")


def _standing(inspection: Inspection, to: User) -> CommissionState:
    if inspection.inspector_id != to.pk or not Inspection.objects.visible_to(to).filter(pk=inspection.pk).exists():
        return CommissionState.ANOTHERS
    if inspection.status == InspectionStatus.CALLED_OFF:
        return CommissionState.CALLED_OFF
    return CommissionState.OPEN if inspection.status == InspectionStatus.COMMISSIONED else CommissionState.REPORTED


def commissions_on(device: FieldDevice) -> list[tuple[FieldCopy, Commission]]:
    """Each copy that the device has, and how its visit stands now for whose device it is."""
    copies = device.copies.filter(gone_at=None).select_related("inspection__organisation").order_by("inspection_id")
    return [(copy, commission_of(copy.inspection, to=device.user)) for copy in copies]


@dataclass(frozen=True, slots=True)
class DeviceCopy:
    """A copy on a device, and whether the device has heard of all that must not be missed."""

    copy: FieldCopy
    is_told: bool


def away(inspection: Inspection) -> list[DeviceCopy]:
    """The devices that a visit was taken along on, with whose they are."""
    copies = inspection.field_copies.filter(gone_at=None, device__signed_out_at=None)
    held = copies.select_related("device__user").order_by("taken_at", "pk")
    return [DeviceCopy(copy, copy.knows == commission_of(inspection, to=copy.device.user).digest) for copy in held]


# --- what is asked ---


def asked_of(inspection: Inspection) -> tuple[Row, ...]:
    """What is asked, in the reader's language: each row with its name, what it says, and a revision that no language changes."""
    briefing = briefing_of(inspection)
    with translation.override(settings.LANGUAGE_CODE):
        revisions = {code: signing.digest({"says": says}) for code, _name, says in _asked(briefing)}
    return tuple(
        {"code": code, "name": name, "says": says, "revision": revisions[code]}
        for code, name, says in _asked(briefing)
        if says
    )


def _asked(briefing: Briefing) -> Iterator[tuple[str, str, str]]:
    yield "due", _("Due"), day_in_words(briefing.inspection.due_on)
    yield "brief", _("Brief"), briefing.inspection.brief
    yield "telephone", _("Business telephone number"), briefing.inspection.organisation.telephone
    yield "returned", _("Returned for correction"), briefing.inspection.returned_because
    yield "questions", _("Questions of the reviewer"), "\n".join(_questions(briefing.inspection))
    if briefing.plan is None:
        yield "when", _("When"), _("It is not planned yet.")
    else:
        yield from _planned(briefing.plan)
    yield "former", _("Inspections before"), "\n".join(_former(briefing))
    conditions = [f"{one.standard}: {one.requirement} ({one.get_status_display()})" for one in briefing.conditions]
    yield "conditions", _("Conditions of the licence"), "\n".join(conditions)
    put_right = [f"{one.standard}: {one.action} ({day_in_words(one.due_on)})" for one in briefing.follow_ups]
    yield "put_right", _("Follow-up actions"), "\n".join(put_right)


def _questions(inspection: Inspection) -> Iterator[str]:
    scheme = scheme_of(inspection)
    for row, question in asked_about(inspection):
        yield f"{row_in_words(scheme, row)} {question}"


def _planned(plan: VisitPlan) -> Iterator[tuple[str, str, str]]:
    """When and where, whom to meet, who goes along, whether the business has been told, and what keeps the officers safe."""
    yield "when", _("When"), f"{date_format(plan.day, 'l j F Y')}, {plan.hours}"
    yield "place", _("Place"), plan.where
    yield "told", _("Notice of the visit"), _("Announced") if plan.announced else _("Unannounced")
    yield "risk", _("How great is the risk for the officers?"), str(plan.get_risk_display())
    yield "safety", _("What keeps them safe"), plan.safety_notes
    yield "people", _("People to meet"), plan.people_to_meet
    along = [*(str(one.officer) for one in plan.joint.all()), *(str(one) for one in plan.agencies.all())]
    yield "along", _("Who goes along"), ", ".join(along)
    interpreters = [interpreter_in_words(one) for one in plan.interpreters.all()]
    yield "interpreters", _("Interpreters"), "; ".join(interpreters)
    yield "meeting", _("Where the officers meet"), plan.meeting_point
    yield "vehicle", _("Vehicle"), plan.vehicle


def _former(briefing: Briefing) -> Iterator[str]:
    for one in briefing.former:
        found = f"{_('Standards not met')}: {', '.join(one.unmet)}" if one.unmet else _("every standard met")
        day = day_in_words(one.inspection.visited_on) if one.inspection.visited_on else ""
        yield f"{day}, {one.inspection.reference}: {found}"
