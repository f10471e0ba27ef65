"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import staff_wait


class InspectionStatus(TextChoices):
    COMMISSIONED = "commissioned", _("To be carried out")
    REPORTED = "reported", _("Reported, to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    CALLED_OFF = "called_off", _("Called off")


S = InspectionStatus


INSPECTION = Lifecycle(
    S.COMMISSIONED,
    move("report", {S.COMMISSIONED}, S.REPORTED, sets=("reported_at",)),
    move("return_for_correction", {S.REPORTED}, S.COMMISSIONED, sets=("returned_because", "reported_at")),
    move("confirm", {S.REPORTED}, S.CONFIRMED, sets=("confirmed_by", "confirmed_at")),
    move("call_off", {S.COMMISSIONED}, S.CALLED_OFF),
    waits=(
        staff_wait(
            "visit",
            {S.COMMISSIONED},
            _("Carry out the inspection and report"),
            "compliance.report_inspection",
            owner="inspector",
            due="due_on",
            page="inspection",
            seen_with="compliance.view_inspections",
        ),
        staff_wait(
            "confirm",
            {S.REPORTED},
            _("Confirm the inspection report or return it"),
            "compliance.confirm_inspection",
            not_by=("inspector",),
            page="inspection",
            seen_with="compliance.view_inspections",
        ),
        staff_wait(
            "send_report",
            {S.CONFIRMED},
            _("Send the confirmed report to the business"),
            "compliance.send_inspection_report",
            when="is_to_be_sent",
            page="report_for_business",
            seen_with="compliance.view_inspections",
        ),
    ),
)


class Finding(TextChoices):
    """What an inspection found of one standard."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NOT_TESTED = "not_tested", _("Not tested")


class ChosenHow(TextChoices):
    """How it came that a holder is visited after the grant."""

    TARGETED = "targeted", _("Targeted")
    RANDOM = "random", _("Selected at random")
    REACTIVE = "reactive", _("Reactive")
