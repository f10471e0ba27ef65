"""The evidence of a case: by requirement of the pack, by request, and who may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext

from compliance.inspections.models import Inspection
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from licensing.applications.rules.documents import RequirementDocuments, to_replace
from registry.accounts.models import User
from registry.documents.models import Document, DocumentQuerySet
from registry.licences.models import Condition


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """What was handed in under one heading."""

    title: str
    documents: tuple[Document, ...]
    is_missing: bool = False
    replace: str = ""  # code of the requirement of which a file was rejected: its applicant can upload another
    is_rejected: bool = False  # what was asked for rests on nothing that was accepted


def documents_of(subject: Application | Condition) -> DocumentQuerySet:
    """All that was handed in and not taken away again: with the case, answers to requests included, or about the condition."""
    return Document.objects.about(subject.reference).there().select_related("uploaded_by")


def documents_shown(application: Application, filled: ApplicationForm) -> tuple[RequirementDocuments, ...]:
    """What the pack asks of an applicant with these answers, each with what is there; on paper it came with the paper."""
    return () if filled.on_paper else _shown_of(application, filled, tuple(documents_of(application)))


def _shown_of(
    application: Application, filled: ApplicationForm, there: tuple[Document, ...]
) -> tuple[RequirementDocuments, ...]:
    facts = {**filled.facts, "renewal": application.renews_id is not None}
    return tuple(
        RequirementDocuments(one, tuple(document for document in there if document.requirement == one.code))
        for one in filled.scheme.documents_for(facts)
    )


def evidence_of(
    application: Application, filled: ApplicationForm, answering: Sequence[tuple[str, frozenset[str]]]
) -> tuple[DocumentGroup, ...]:
    """All evidence of a case, in the order of the pack; then what answers requests; then what was not asked in the end.

    `answering` are the references of requests, each with what the files are filed under that answer it.
    """
    there = tuple(documents_of(application))
    shown = _shown_of(application, filled, there)
    asked = {one.code for one in shown} | {one for _request, filed in answering for one in filed}
    return (
        *(_evidence(application, one) for one in shown if one.documents or one.is_missing),
        *_answering(there, answering),
        *_besides(tuple(one for one in there if one.requirement not in asked)),
    )


def cases_read_by(user: User) -> QuerySet[Application]:
    """The cases whose evidence this user may read: officers' all, and those that an inspector has to inspect."""
    handed_in = Application.objects.handed_in()
    if user.has_perm("licensing.view_applications"):
        return handed_in.open_to(user)
    return handed_in.filter(reference__in=Inspection.objects.filter(inspector=user).open().values("case"))


def _evidence(application: Application, shown: RequirementDocuments) -> DocumentGroup:
    replace = shown.code if to_replace(application, shown) else ""
    return DocumentGroup(
        shown.title, shown.documents, shown.is_missing, replace, is_rejected=_is_rejected(shown.documents)
    )


def _is_rejected(documents: tuple[Document, ...]) -> bool:
    return bool(documents) and all(one.is_rejected for one in documents)


def _answering(there: tuple[Document, ...], answering: Iterable[tuple[str, frozenset[str]]]) -> Iterable[DocumentGroup]:
    for request, filed in answering:
        if found := tuple(one for one in there if one.requirement in filed):
            title = gettext("Answering our question %s") % request
            yield DocumentGroup(title, found, is_rejected=_is_rejected(found))


def _besides(found: tuple[Document, ...]) -> Iterable[DocumentGroup]:
    if found:
        yield DocumentGroup(gettext("Uploaded, and not asked in the end"), found)
