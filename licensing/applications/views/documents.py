"""The evidence of an application: one page for each requirement of the pack, and the files themselves."""

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from licensing.application_form.forms import fields as answers
from licensing.applications.actions import documents
from licensing.applications.forms import applicant as forms
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.queries import documents as documents_queries
from licensing.applications.rules import documents as rules
from licensing.applications.rules.documents import RequirementDocuments
from licensing.applications.views.asked import CHECK
from registry import permissions, web
from registry.documents.models import Document
from registry.errors import Reason
from registry.form_fields import Press
from registry.memberships.states import Act
from registry.schemes import said
from registry.uploads import UploadKind


@web.page_with_form("licensing.apply")
def document_page(request: web.SignedIn, reference: str, requirement: str) -> HttpResponse:
    """What is there for one requirement; more can be added, one file or several at once."""
    application = _own(request, reference)
    everything, shown = _shown(application, requirement)
    then = request.GET.get("then") == CHECK
    following = reverse("check_answers", args=(reference,)) if then else _following(reference, everything, shown)
    if "on" in request.POST and not request.FILES:
        return redirect(following)
    given = request.FILES if request.method == "POST" else None
    form = forms.HandIn(web.posted(request), given, kinds=[UploadKind(one) for one in shown.requirement.kinds])
    if form.is_bound and _is_kept(request, application, requirement, form):
        return redirect(following if "on" in request.POST else request.get_full_path())
    if form.uploads:
        everything, shown = _shown(application, requirement)
    return web.form_page(
        request,
        "licensing/applications/applicant_documents.html",
        {
            "application": application,
            "shown": shown,
            "hint": said(shown.requirement.hint, answers.language()),
            "why": said(shown.requirement.why, answers.language()),
            "form": form,
            "following": following,
            "back": reverse("check_answers" if then else "application_tasks", args=(reference,)),
            "blockers": [*_may_not(request, application), *rules.hand_in_blockers(application, shown)],
            "may_remove": not any([*_may_not(request, application), *rules.remove_blockers(application)]),
        },
    )


@web.page("licensing.apply")
def own_document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    return web.serve(_document(_own(request, reference), document, only_served=True))


@web.page_with_form("licensing.apply")
def remove_document(request: web.SignedIn, reference: str, document: str) -> HttpResponse:
    application = _own(request, reference)
    found = _document(application, document)
    form = Press(web.posted(request))
    back = reverse("document_page", args=(reference, found.requirement)) if _is_asked(application, found) else ""
    back = back or reverse("application_tasks", args=(reference,))
    done = _("You have removed the file.")
    tried = web.attempt(request, form, documents.remove, application, document=found, done=done)
    if tried.is_done:
        return redirect(back)
    facts = {
        "application": application,
        "document": found,
        "form": form,
        "back": back,
        "blockers": [*_may_not(request, application), *rules.remove_blockers(application)],
    }
    return web.form_page(request, "licensing/applications/applicant_remove_document.html", facts)


def _own(request: web.SignedIn, reference: str) -> Application:
    own = Application.objects.acted_for_by(request.user).select_related("organisation")
    return get_object_or_404(own, reference=reference)


def _may_not(request: web.SignedIn, application: Application) -> Iterator[Reason]:
    return permissions.act_blockers(request.user, application.organisation, Act.FILL_IN, on=timezone.localdate())


def _document(application: Application, reference: str, *, only_served: bool = False) -> Document:
    found = documents_queries.documents_of(application)
    return get_object_or_404(found.served() if only_served else found, reference=reference)


def _shown(application: Application, requirement: str) -> tuple[Sequence[RequirementDocuments], RequirementDocuments]:
    filled = applications.form_of(application, today=timezone.localdate())
    everything = documents_queries.documents_shown(application, filled)
    shown = next((one for one in everything if one.code == requirement), None)
    if shown is None:
        raise Http404
    return everything, shown


def _is_asked(application: Application, document: Document) -> bool:
    filled = applications.form_of(application, today=timezone.localdate())
    return any(one.code == document.requirement for one in documents_queries.documents_shown(application, filled))


def _is_kept(request: web.SignedIn, application: Application, requirement: str, form: forms.HandIn) -> bool:
    """Keeps what can be kept, whatever is wrong with the other files; says whether nothing was wrong."""
    if form.is_valid() or form.uploads:
        with web.reasons_on(form):
            documents.hand_in(
                application, requirement=requirement, uploads=form.uploads, by=request.user, at=timezone.now()
            )
            count = len(form.uploads)
            words = ngettext(
                "%d file uploaded. We check it for viruses.", "%d files uploaded. We check them for viruses.", count
            )
            messages.success(request, words % count)
    return form.is_valid()


def _following(reference: str, everything: Sequence[RequirementDocuments], shown: RequirementDocuments) -> str:
    """The next requirement; after the last one, the list of tasks."""
    later = everything[everything.index(shown) + 1 :]
    if later:
        return reverse("document_page", args=(reference, later[0].code))
    return reverse("application_tasks", args=(reference,))
