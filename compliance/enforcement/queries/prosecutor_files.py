"""The file for the prosecutor in its versions: which is the last, what may be done with it, and who must act next."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, QuerySet

from compliance.enforcement.models.cases import CaseOutcome, UnlicensedCase
from compliance.enforcement.models.prosecution import ProsecutorFile
from compliance.enforcement.queries.prosecution import content_of, unsorted_of
from compliance.enforcement.rules import cases as enforcement_rules
from registry import signing
from registry.accounts.models import User
from registry.errors import Reason
from registry.retention.models import Erasure
from registry.trail.models.events import Event


def files_of(case: UnlicensedCase) -> QuerySet[ProsecutorFile]:
    """Every version, the last first."""
    return case.files.select_related("case", "made_by", "read_by").order_by("-number")


def last_file(case: UnlicensedCase) -> ProsecutorFile | None:
    return case.files.order_by("-number").first()


def is_current(file: ProsecutorFile | None) -> bool:
    """Whether a file that were put together now would say the same, and nothing has come that is not sorted."""
    if file is None or unsorted_of(file.case):
        return False
    return signing.digest(content_of(file.case)) == file.digest


def refer_blockers(case: UnlicensedCase, *, by: User, because: str | None = None) -> list[Reason]:
    file = last_file(case)
    return list(enforcement_rules.refer_blockers(case, file=file, is_current=is_current(file), by=by, because=because))


def handed_on(case: UnlicensedCase) -> date | None:
    """The last day on which a file of the case was handed over."""
    last: date | None = case.files.aggregate(last=Max("handed_on"))["last"]
    return last


# --- who must act next: asked by the waits of the case ---


def needs_file(case: UnlicensedCase, on: date) -> bool:
    """Whether a prosecution is proposed, and there is no file that says what the case holds now."""
    return case.outcome == CaseOutcome.PROSECUTION and not is_current(last_file(case))


def needs_reader(case: UnlicensedCase, on: date) -> bool:
    """Whether the file of a proposed prosecution waits for the second person."""
    file = last_file(case)
    return case.outcome == CaseOutcome.PROSECUTION and is_current(file) and file is not None and not file.read_by_id


def can_be_approved(case: UnlicensedCase, on: date) -> bool:
    """Whether the proposal waits for nothing but the second person."""
    return not needs_file(case, on) and not needs_reader(case, on)


def is_to_be_handed_over(case: UnlicensedCase, on: date) -> bool:
    """Whether the last version that was read has not been handed over, also when one before it was."""
    file = case.files.exclude(read_by=None).order_by("-number").first()
    return file is not None and file.handed_on is None


def is_with_prosecutor(case: UnlicensedCase, on: date) -> bool:
    return handed_on(case) is not None


def is_last(file: ProsecutorFile) -> bool:
    return not _later(file).exists()


def is_last_read(file: ProsecutorFile) -> bool:
    """Whether no later version was read by a second person."""
    return not _later(file).exclude(read_by=None).exists()


def is_next_to_hand_over(file: ProsecutorFile) -> bool:
    """Whether it is the last version that was read, or the last of all where none was, and has not been handed over."""
    versions = files_of(file.case)
    return file.handed_on is None and file == (versions.exclude(read_by=None).first() or versions.first())


def _later(file: ProsecutorFile) -> QuerySet[ProsecutorFile]:
    return ProsecutorFile.objects.filter(case=file.case, number__gt=file.number)


def faults() -> Iterator[str]:
    """Every file that is not what was put together, and how that shows: its content, its digest and the trail must agree."""
    made = {
        (event.reference, event.facts.get("number")): event.facts.get("digest")
        for event in Event.objects.filter(kind="unlicensedcase", verb="put_together")
    }
    erased = Erasure.objects.references("unlicensedcase", "exports")
    for file in ProsecutorFile.objects.select_related("case").order_by("pk").iterator(chunk_size=200):
        is_erased = not file.content and file.case.reference in erased
        if not is_erased and signing.digest(file.content) != file.digest:
            yield f"{file.case.reference}, {file.number}: the file does not have its digest"
        if made.get((file.case.reference, file.number)) != file.digest:
            yield f"{file.case.reference}, {file.number}: the trail says another digest"
