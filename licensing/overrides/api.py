"""Overrides of replies for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, File, Form, Schema
from ninja.files import UploadedFile

from licensing.applications.api import LONGEST, BecauseIn, Text
from licensing.checks.models import Check
from licensing.overrides import actions
from licensing.overrides.models import ReplyOverride
from licensing.overrides.states import RECORDS
from licensing.overrides.steps import OVERRIDE
from registry import permissions
from registry.accounts.models import Scope
from registry.api import ByKey, StaffRouter
from registry.api.files import uploads_of
from registry.api.steps import add_step

router = StaffRouter(tags=["checks"])


class OverrideIn(Schema):
    result: str
    because: str = Text
    evidence: str = Field("", max_length=LONGEST, description="Which document shows it, and where it is kept")


@router.does("/checks/{reference}/override", "override_reply", Scope.RECORD)
def override_reply(request: ByKey, reference: str, body: OverrideIn) -> Any:
    """Propose another result than an authority gave itself. Nothing changes until another person agrees."""
    permissions.require(request.user, RECORDS)
    check = get_object_or_404(Check.objects.open_to(request.user), reference=reference)
    return actions.propose_override(check, **body.dict(), by=request.user, at=timezone.now())


@router.does("/checks/{reference}/override-with-documents", "override_reply_with_documents", Scope.RECORD)
def override_reply_with_documents(
    request: ByKey, reference: str, body: Form[OverrideIn], documents: File[list[UploadedFile]]
) -> Any:
    """The same as multipart/form-data, with up to 5 documents that show it: PDFs or photos smaller than 10 MB."""
    permissions.require(request.user, RECORDS)
    check = get_object_or_404(Check.objects.open_to(request.user), reference=reference)
    uploads = uploads_of(documents, where="documents")
    return actions.propose_override(check, **body.dict(), uploads=uploads, by=request.user, at=timezone.now())


def _handled(request: ByKey, reference: str) -> ReplyOverride:
    permissions.require(request.user, RECORDS)
    return get_object_or_404(ReplyOverride.objects.visible_to(request.user), reference=reference)


STEPS: tuple[tuple[str, type[Schema] | None, str], ...] = (
    ("agree", None, "Agree as a second person: the check has the proposed result, and the authority is told."),
    ("refuse", BecauseIn, "Refuse the override: the reply of the authority stays."),
    ("withdraw", None, "Withdraw an override that you proposed."),
)


for name, body, about in STEPS:
    add_step(
        router,
        "/overrides/{reference}",
        OVERRIDE[name],
        "override",
        find=_handled,
        scope=Scope.RECORD,
        about=about,
        body=body,
    )
