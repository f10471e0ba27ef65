"""What evidence an application needs, and when it takes any."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.facts import Progress
from licensing.applications.models import Application
from licensing.applications.states import NOT_OVER, ApplicationStatus
from registry.documents.models import Document
from registry.errors import Reason
from registry.schemes import Requirement, said

# Where a reason leads: the page of the requirement.
PAGES = "documents/"


@dataclass(frozen=True, slots=True)
class RequirementDocuments:
    """One requirement of the pack with what was handed in for it."""

    requirement: Requirement
    documents: tuple[Document, ...]

    @property
    def code(self) -> str:
        return self.requirement.code

    @property
    def title(self) -> str:
        return said(self.requirement.title, get_language())

    @property
    def counting(self) -> int:
        """What is there or still being checked: a scanner that is down is not the applicant's fault."""
        return sum(one.is_counting for one in self.documents)

    @property
    def is_being_checked(self) -> bool:
        return any(document.is_being_checked for document in self.documents)

    @property
    def progress(self) -> Progress:
        if self.counting:
            return Progress.COMPLETED
        return Progress.NOT_STARTED if self.requirement.required else Progress.OPTIONAL

    @property
    def is_missing(self) -> bool:
        return self.requirement.required and not self.counting

    @property
    def left(self) -> int:
        """How many more may be handed in."""
        return max(self.requirement.at_most - self.counting, 0)


def missing(shown: Iterable[RequirementDocuments]) -> Iterator[Reason]:
    """Every requirement that keeps the application from being handed in, with the page that puts it right."""
    for one in shown:
        if one.is_missing:
            yield Reason("document_missing", gettext("%s: upload a file.") % one.title, f"{PAGES}{one.code}")


def hand_in_blockers(
    application: Application, shown: RequirementDocuments | None, *, adding: int = 1
) -> Iterator[Reason]:
    """A draft takes what its answers call for. Afterwards only what was rejected is replaced: the rest is asked for."""
    if shown is None:
        yield Reason("not_asked", _("This is not asked any more. Go on from the list of tasks."))
        return
    is_draft = application.status == ApplicationStatus.DRAFT
    most = shown.left if is_draft else min(shown.left, to_replace(application, shown))
    if not is_draft and not most:
        yield Reason("handed_in", _("The application has been submitted, so no files can be added or removed here."))
    elif adding > most:
        most = shown.requirement.at_most if is_draft else most
        text = ngettext("Upload at most %d file here.", "Upload at most %d files here.", most)
        yield Reason("too_many_here", text % most, "documents")


def to_replace(application: Application, shown: RequirementDocuments) -> int:
    """How many files were rejected after the application was submitted, and have not been replaced yet."""
    submitted = application.submitted_at
    if submitted is None or application.status not in NOT_OVER:
        return 0
    rejected = sum(one.uploaded_at <= submitted and one.was_rejected_after(submitted) for one in shown.documents)
    replacing = sum(one.uploaded_at > submitted and one.is_counting for one in shown.documents)
    return max(rejected - replacing, 0)


def remove_blockers(application: Application) -> Iterator[Reason]:
    if application.status != ApplicationStatus.DRAFT:
        yield Reason("handed_in", _("The application has been submitted, so no files can be added or removed here."))
