"""What is added to the material of a case by hand, and what is done with a version of the file for the prosecutor."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.actions import prosecution as actions
from compliance.enforcement.forms import prosecution as forms
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.prosecution import ProsecutorFile
from compliance.enforcement.queries import prosecutor_files as queries
from compliance.enforcement.rules import prosecution as rules
from compliance.enforcement.steps.cases import APPROVES, WORKS
from registry.steps import Step, Steps

CASE = "staff/unlicensed/<str:reference>"


def _material(case: UnlicensedCase) -> str:
    return reverse("case_material", args=[case.reference])


MATERIAL = Steps(
    UnlicensedCase,
    "material",
    url=f"{CASE}/material",
    address_of=_material,
    related=("organisation", "officer", "inspection", "report", "intelligence"),
    steps=(
        Step(
            "add",
            _("Add something that is not listed"),
            permission=WORKS,
            form=forms.Add,
            blockers=lambda case, by, on: rules.open_blockers(case),
            action=actions.add_material,
            done=_("Material added"),
        ),
    ),
)

PROSECUTOR_FILE = Steps(
    ProsecutorFile,
    "prosecutor_file",
    url=f"{CASE}/files/<int:number>",
    lookups={"reference": "case__reference"},
    keys=lambda file: (file.case.reference, file.number),
    address_of=lambda file: _material(file.case),
    related=("case__organisation", "case__officer", "made_by", "read_by"),
    rows=lambda by: ProsecutorFile.objects.filter(case__in=UnlicensedCase.objects.visible_to(by)),
    locks_first=lambda file: (file.case,),
    also_made_of=lambda file: (("unlicensedcase", file.case.reference),),
    facts=lambda file: {"subject": file.case},
    steps=(
        Step(
            "read",
            _("I have read the file and agree with it"),
            permission=APPROVES,
            blockers=lambda file, by, on: rules.read_blockers(file, is_last=queries.is_last(file), by=by),
            action=actions.read_file,
            fits=lambda file, on: queries.is_last(file) and not file.read_at,
            kind="unlicensedcase",
            done=_("File read by a second person"),
        ),
        Step(
            "hand_over",
            _("Record the handover of the file"),
            press=_("Record the handover"),
            permission=WORKS,
            form=forms.HandOver,
            blockers=lambda file, by, on: rules.hand_over_blockers(file, is_last_read=queries.is_last_read(file)),
            action=actions.hand_over,
            fits=lambda file, on: queries.is_next_to_hand_over(file),
            kind="unlicensedcase",
            done=_("File handed over"),
        ),
    ),
)
