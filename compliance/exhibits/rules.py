"""What must be true of an exhibit before it is entered, put right, struck out or handed on."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.exhibits.models import Custody, CustodyAct, EvidenceItem, EvidenceKind, ForBusiness
from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from registry.accounts.models import User
from registry.errors import Reason
from registry.uploads import Upload

SHA256 = re.compile(r"[0-9a-f]{64}")
CLOSED = Reason("register_closed", _("The report has been submitted, so the register of exhibits cannot be changed."))


def register_blockers(inspection: Inspection, *, by: User) -> Iterator[Reason]:
    """The register is open while the inspection is carried out; what a report rests on stays as it was (FWA-DEC)."""
    if inspection.status != InspectionStatus.COMMISSIONED:
        yield CLOSED
    if by.pk != inspection.inspector_id:
        yield Reason("not_the_inspector", _("Only the inspector who has this inspection may enter exhibits."))


def log_blockers(
    *,
    inspection: Inspection,
    kind: str,
    description: str,
    taken_at: datetime,
    standards: Collection[str],
    upload: Upload | None,
    digest: str,
    by: User,
    at: datetime,
) -> Iterator[Reason]:
    yield from register_blockers(inspection, by=by)
    if kind not in EvidenceKind.values:
        yield Reason("no_kind", _("Choose what kind of exhibit it is."), "kind")
    if taken_at > at:
        yield Reason("taken_in_the_future", _("It must have been taken today or in the past."), "taken_on")
    yield from _words_blockers(inspection, description, standards)
    yield from _digest_blockers(kind, upload, digest)


def again_blockers(there: EvidenceItem, *, digest: str) -> Iterator[Reason]:
    """The same exhibit may be sent again and is taken in once; another one may not come under its number."""
    if digest and digest != there.digest:
        yield Reason("another_of_this_number", _("Another exhibit has been sent under the same number of the device."))


def amend_blockers(item: EvidenceItem, *, description: str, standards: Collection[str], by: User) -> Iterator[Reason]:
    yield from register_blockers(item.inspection, by=by)
    yield from _standing_blockers(item)
    yield from _words_blockers(item.inspection, description, standards)


def strike_out_blockers(item: EvidenceItem, *, because: str | None = None, by: User) -> Iterator[Reason]:
    yield from register_blockers(item.inspection, by=by)
    yield from _standing_blockers(item)
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")


def hand_on_blockers(item: EvidenceItem, last: Custody | None, *, by: User) -> Iterator[Reason]:
    """Whoever has given it back or destroyed it has nothing to hand on."""
    if by.pk != item.inspection.inspector_id and not by.has_perm("compliance.view_inspections"):
        yield Reason("not_theirs", _("Only the inspector of this inspection or a manager may write this down."))
    if last is None or last.ends:
        yield Reason("nobody_holds_it", _("It was given back or destroyed, so it has no holder."))


def step_blockers(
    last: Custody | None, *, act: str, holder: str, because: str, happened_at: datetime, at: datetime
) -> Iterator[Reason]:
    if act not in CustodyAct.values or act == CustodyAct.TAKEN:
        yield Reason("no_act", _("Choose what was done with it."), "act")
    if not holder.strip() and act != CustodyAct.DESTROYED:
        yield Reason("no_holder", _("Write who has it from now on."), "holder")
    if act in (CustodyAct.SENT, CustodyAct.DESTROYED) and not because.strip():
        yield Reason("no_reason", _("Write why it was sent away or destroyed."), "because")
    if happened_at > at:
        yield Reason("in_the_future", _("It must have happened today or in the past."), "happened_on")
    elif last is not None and happened_at < last.happened_at:
        yield Reason("before_the_last_step", _("It must not have happened before the step before it."), "happened_on")


def _standing_blockers(item: EvidenceItem) -> Iterator[Reason]:
    if not item.is_standing:
        yield Reason("struck_out", _("This exhibit has been struck out."))


def _words_blockers(inspection: Inspection, description: str, standards: Collection[str]) -> Iterator[Reason]:
    if not description.strip():
        yield Reason("no_description", _("Describe the exhibit."), "description")
    for code in standards:
        if code not in inspection.standards:
            text = format_lazy(_("Standard {code} is not part of this inspection."), code=code)
            yield Reason("not_tested_here", text, "standards")


def _digest_blockers(kind: str, upload: Upload | None, digest: str) -> Iterator[Reason]:
    """The digest that the device has made of the original shows that nothing was lost or changed on the way."""
    if digest and not SHA256.fullmatch(digest):
        yield Reason("no_digest", _("The digest must be a SHA-256: 64 characters from 0 to 9 and a to f."), "digest")
    elif upload and digest and digest != upload.original_digest:
        text = _("The file is not the one of which the device has made this digest. Send it again.")
        yield Reason("digest_differs", text, "file")
    elif kind == EvidenceKind.PHOTOGRAPH and upload is None and not digest:
        yield Reason("no_file", _("Select the photograph."), "file")


def release_blockers(for_business: str, withheld_because: str) -> Iterator[Reason]:
    if for_business not in ForBusiness.values:
        yield Reason("not_said", _("Say whether the business may have it."), "for_business")
    elif for_business == ForBusiness.YES and withheld_because.strip():
        text = _("You say that the business may have it: remove the reason why it may not, or answer no.")
        yield Reason("released_and_withheld", text, "withheld_because")
