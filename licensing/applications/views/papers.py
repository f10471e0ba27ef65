"""What came on paper: begun here, then filled in on the same pages as everybody's."""

from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.application_form.forms.fields import language
from licensing.applications.actions import papers
from licensing.applications.forms.officer import EnterPaper
from licensing.applications.models import Application
from licensing.applications.queries import applications as queries
from registry import web
from registry.errors import Reason, Refused
from registry.organisations.models import Organisation
from registry.schemes import said


@web.page_with_form("licensing.enter_paper_application")
def enter_paper_application(request: web.SignedIn) -> HttpResponse:
    offered = queries.schemes_offered(timezone.localdate())
    form = EnterPaper(
        web.typed(request),
        schemes={name: said(scheme.title, language()) for name, scheme in offered.items()},
        languages={code: LANG_INFO[code]["name_local"] for code in settings.SITE_LANGUAGES},
    )

    def entered(*, organisation: str, **typed: Any) -> Application:
        found = Organisation.objects.filter(reference=organisation).first() if organisation else None
        if organisation and found is None:
            raise Refused([Reason("no_such_file", _("There is no file with this reference."), "organisation")])
        return papers.enter(found, **typed)

    tried = web.attempt(request, form, entered)
    if tried.is_done:
        return redirect("application_tasks", tried.result.reference)
    context = {"form": form, "drafts": queries.paper_drafts()}
    return web.form_page(request, "licensing/applications/officer_enter_paper.html", context)
