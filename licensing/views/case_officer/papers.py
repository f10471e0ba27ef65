"""What came on paper: begun here, then filled in on the same pages as everybody's."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from licensing import queries
from licensing.actions import papers
from licensing.forms.answers import language
from licensing.forms.papers import EnterPaper
from registry import web
from registry.models import Organisation
from registry.schemes import said


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.enter_paper_application")
def enter_paper_application(request: web.SignedIn) -> HttpResponse:
    offered = queries.schemes_offered(timezone.localdate())
    form = EnterPaper(
        web.typed(request),
        schemes={name: said(scheme.title, language()) for name, scheme in offered.items()},
        languages={code: LANG_INFO[code]["name_local"] for code in settings.SITE_LANGUAGES},
    )
    if web.is_sent(request, form):
        given = dict(form.cleaned_data)
        reference = given.pop("organisation")
        organisation = Organisation.objects.filter(reference=reference).first() if reference else None
        if reference and organisation is None:
            form.add_error("organisation", _("There is no file with this reference."))
        else:
            with web.reasons_on(form):
                begun = papers.enter(organisation, **given, by=request.user, at=timezone.now())
                return redirect("application_tasks", begun.reference)
    context = {"form": form, "drafts": queries.paper_drafts()}
    return render(request, "licensing/case_officer/enter_paper.html", context, status=422 if form.errors else 200)
