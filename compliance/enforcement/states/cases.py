"""The states of a case of supply without a licence, what may follow what, and who must act in each."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import staff_wait


class CaseStatus(StrEnum):
    """How far a case of supply without a licence has come, and who must act."""

    OPEN = "open"  # the officer
    PROPOSED = "proposed"  # a second person
    REFERRED = "referred"  # the prosecutor
    CLOSED = "closed"


C = CaseStatus
WORKS = "compliance.work_enforcement"
APPROVES = "compliance.approve_enforcement"
SEES = "compliance.view_enforcement"
OF_CASE: dict[str, Any] = {"page": "unlicensed_case", "seen_with": SEES}
OF_FILE: dict[str, Any] = {"page": "case_material", "seen_with": SEES}
FILING = "compliance.enforcement.queries.prosecutor_files"

UNLICENSED_CASE = Lifecycle(
    C.OPEN,
    move("propose_outcome", {C.OPEN}, C.PROPOSED, sets=("outcome", "proposed_by", "proposed_at", "proposed_because")),
    move("look_further", {C.PROPOSED}, C.OPEN),
    move("refer", {C.PROPOSED}, C.REFERRED, sets=("approved_by", "approved_at", "approved_because")),
    move("end_case", {C.PROPOSED}, C.CLOSED, sets=("approved_by", "approved_at", "approved_because")),
    move("record_result", {C.REFERRED}, C.CLOSED, sets=("result", "result_on", "sentence")),
    waits=(
        staff_wait(
            "investigate",
            {C.OPEN},
            _("Investigate and propose an outcome"),
            WORKS,
            first_owner="officer",
            **OF_CASE,
        ),
        staff_wait(
            "put_together",
            {C.PROPOSED},
            _("Put the file for the prosecutor together"),
            WORKS,
            first_owner="officer",
            asks=f"{FILING}.needs_file",
            **OF_FILE,
        ),
        staff_wait(
            "read_file",
            {C.PROPOSED, C.REFERRED},
            _("Read the file for the prosecutor"),
            APPROVES,
            not_by=("last_file_by",),
            asks=f"{FILING}.needs_reader",
            **OF_FILE,
        ),
        staff_wait(
            "approve",
            {C.PROPOSED},
            _("Approve the proposed outcome or return the case"),
            APPROVES,
            not_by=("proposed_by",),
            asks=f"{FILING}.can_be_approved",
            **OF_CASE,
        ),
        staff_wait(
            "hand_over",
            {C.REFERRED},
            _("Hand the file over to the prosecutor"),
            WORKS,
            first_owner="officer",
            asks=f"{FILING}.is_to_be_handed_over",
            **OF_FILE,
        ),
        staff_wait(
            "record_result",
            {C.REFERRED},
            _("Record the result of the prosecution"),
            WORKS,
            first_owner="officer",
            asks=f"{FILING}.is_with_prosecutor",
            **OF_CASE,
        ),
    ),
)
