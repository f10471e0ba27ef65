"""Exhibits for programs: entering one into the register of an inspection, with its file."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, File, Form, Schema
from ninja.files import UploadedFile
from pydantic import AwareDatetime

from compliance.exhibits import actions
from compliance.exhibits.models import EvidenceItem, EvidenceKind, ForBusiness
from compliance.inspections.models import Inspection
from registry import permissions
from registry.accounts.models import Scope
from registry.api import ByKey, StaffRouter
from registry.api.files import uploads_of

router = StaffRouter(tags=["inspections"])


class ExhibitIn(Schema):
    kind: EvidenceKind
    description: str = Field(max_length=20_000, description="What it is and shows, for a person who was not there")
    taken_at: AwareDatetime = Field(description="When it was made or taken, with its offset from UTC")
    place: str = Field("", max_length=200)
    standards: list[str] = Field([], max_length=100, description="The standards that it bears out")
    for_business: ForBusiness = Field(ForBusiness.NO, description="Whether the business may have it")
    withheld_because: str = Field("", max_length=20_000)
    digest: str = Field("", max_length=64, description="SHA-256 of what is kept elsewhere; of a file it is worked out")
    uuid: str = Field("", max_length=36, description="Yours: sent again under it, nothing is entered twice")


class EnteredExhibitOut(Schema):
    """An exhibit as the register has it. What it says is read on the page."""

    number: int
    digest: str
    has_file: bool = Field(description="Served once the background worker has read and scanned it")


@router.does("/inspections/{reference}/exhibits", "enter_exhibit", Scope.INSPECT, EnteredExhibitOut)
def enter_exhibit(request: ByKey, reference: str, body: Form[ExhibitIn], file: File[UploadedFile | None] = None) -> Any:
    """Enter an exhibit under the next number, as multipart/form-data: a PDF or a photo smaller than 10 MB, or the digest of what is kept elsewhere."""
    permissions.require(request.user, actions.LOGS)
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), reference=reference)
    upload = next(iter(uploads_of([file] if file else [], where="file")), None)
    given = {**body.dict(), "kind": body.kind.value, "for_business": body.for_business.value}
    given["digest"] = body.digest.strip().lower()
    return _out(actions.log(inspection, upload=upload, **given, by=request.user, at=timezone.now()))


def _out(item: EvidenceItem) -> dict[str, Any]:
    return {"number": item.number, "digest": item.digest, "has_file": item.document_id is not None}
