"""Material of a case sorted for the prosecutor; the file put together by one, read by another, handed over."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.enforcement.models.cases import CaseOffence, UnlicensedCase
from compliance.enforcement.models.prosecution import CaseMaterial, MaterialKind, ProsecutorFile, Use
from compliance.enforcement.queries import prosecution as queries
from compliance.enforcement.queries import prosecutor_files
from compliance.enforcement.rules import cases as enforcement
from compliance.enforcement.rules import prosecution as rules
from registry import permissions, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail

WORKS, APPROVES = "compliance.work_enforcement", "compliance.approve_enforcement"


@transaction.atomic
def say_when(
    case: UnlicensedCase,
    *,
    offence: str,
    committed_from: date | None,
    committed_until: date | None = None,
    place: str,
    by: User,
    at: datetime,
) -> CaseOffence:
    """Say when and where a recorded offence was committed; said anew, it takes the place of what was said before.

    Raises `Refused` (closed, unknown_offence, wrong_day, ends_first, no_place).
    """
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(enforcement.theirs_blockers(case, by=by))
    recorded = case.offences.filter(code=offence).first()
    days: dict[str, Any] = {"committed_from": committed_from, "committed_until": committed_until}
    refuse_for(rules.when_blockers(case, recorded, **days, place=place, on=timezone.localdate(at)))
    assert recorded is not None, "the rule says that there is one"
    recorded.committed_from, recorded.committed_until, recorded.place = committed_from, committed_until, place.strip()
    recorded.save(update_fields=[*days, "place"])
    trail.record(case, "say_when", by=by, at=at, code=offence, **days, place=recorded.place)
    return recorded


@transaction.atomic
def sort_material(
    case: UnlicensedCase,
    *,
    kind: str,
    code: str,
    use: str,
    why_sensitive: str = "",
    description: str = "",
    by: User,
    at: datetime,
) -> CaseMaterial:
    """Say as what a piece goes to the prosecutor; of what is sensitive no description is kept.

    Raises `Refused` (closed, unknown_piece, always_sensitive, no_why, not_described).
    """
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(enforcement.theirs_blockers(case, by=by))
    refuse_for(
        rules.sort_blockers(
            case,
            kind=kind,
            use=use,
            why_sensitive=why_sensitive,
            description=description,
            is_known=queries.piece_of(case, kind, code) is not None,
        )
    )
    said = _said(use, why_sensitive, description)
    piece, _made = CaseMaterial.objects.update_or_create(
        case=case, kind=kind, code=code, defaults={"use": use, "by": by, "at": at, **said}
    )
    trail.record(case, "sort_material", by=by, at=at, piece=f"{kind} {code}", use=use)
    return piece


@transaction.atomic
def add_material(
    case: UnlicensedCase,
    *,
    use: str,
    why_sensitive: str = "",
    description: str = "",
    kept_at: str = "",
    by: User,
    at: datetime,
) -> CaseMaterial:
    """Add something that the service does not know of: a notebook, a recording, what another authority holds."""
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(enforcement.theirs_blockers(case, by=by))
    refuse_for(
        rules.sort_blockers(
            case,
            kind=MaterialKind.OTHER,
            use=use,
            why_sensitive=why_sensitive,
            description=description,
            is_known=True,
        )
    )
    number = case.material.filter(kind=MaterialKind.OTHER).count() + 1
    piece = CaseMaterial.objects.create(
        case=case,
        kind=MaterialKind.OTHER,
        code=str(number),
        use=use,
        by=by,
        at=at,
        **{"kept_at": kept_at, **_said(use, why_sensitive, description)},
    )
    trail.record(case, "add_material", by=by, at=at, piece=f"other {number}", use=use)
    return piece


@transaction.atomic
def put_together(case: UnlicensedCase, *, by: User, at: datetime) -> ProsecutorFile:
    """Make the next version of the file, of all that is sorted now. Raises `Refused` (unsorted, not_made_out, not_proposed …)."""
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(enforcement.theirs_blockers(case, by=by))
    refuse_for(queries.put_together_blockers(case))
    content = queries.content_of(case)
    file = ProsecutorFile.objects.create(
        case=case,
        number=case.files.count() + 1,
        content=content,
        digest=signing.digest(content),
        made_by=by,
        made_at=at,
    )
    trail.record(case, "put_together", by=by, at=at, number=file.number, digest=file.digest)
    return file


@transaction.atomic
def read_file(file: ProsecutorFile, *, by: User, at: datetime) -> ProsecutorFile:
    """Stand by the file as a second person. Raises `Refused` (own_file, not_the_last …)."""
    permissions.require(by, APPROVES)
    case = trail.locked(file.case)
    file = trail.locked(file)
    refuse_for(enforcement.theirs_blockers(case, by=by))
    refuse_for(rules.read_blockers(file, is_last=prosecutor_files.is_last(file), by=by))
    file.read_by, file.read_at = by, at
    file.save(update_fields=["read_by", "read_at"])
    trail.record(case, "read_file", by=by, at=at, number=file.number, digest=file.digest)
    return file


@transaction.atomic
def hand_over(file: ProsecutorFile, *, to: str, on: date, by: User, at: datetime) -> ProsecutorFile:
    """Keep which authority the file was given to, and on which day: the last version that a second person has read.

    Raises `Refused` (handed_already, not_referred, not_read, not_the_last, wrong_day).
    """
    permissions.require(by, WORKS)
    case = trail.locked(file.case)
    file = trail.locked(file)
    refuse_for(enforcement.theirs_blockers(case, by=by))
    is_last = prosecutor_files.is_last_read(file)
    refuse_for(rules.hand_over_blockers(file, is_last_read=is_last, on=on, today=timezone.localdate(at)))
    file.handed_to, file.handed_on = to, on
    file.save(update_fields=["handed_to", "handed_on"])
    trail.record(case, "hand_over", by=by, at=at, number=file.number, to=to, on=on)
    return file


def _said(use: str, why_sensitive: str, description: str) -> dict[str, str]:
    """What is sensitive has a reason of the list and no description; all else the other way round."""
    if use == Use.SENSITIVE:
        return {"why_sensitive": why_sensitive, "description": "", "kept_at": ""}
    return {"why_sensitive": "", "description": description.strip()}
