"""The page of one change that a holder has told, and its moves.

The list of transfers; what is decided of one is proposed on the page of its licence.

The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from licensing.applications.forms import officer as forms
from licensing.due_dates.queries.about import dates_of
from licensing.holding.actions import changes as actions
from licensing.holding.models import Change
from licensing.holding.queries import changes as change_queries
from licensing.holding.queries import holding
from licensing.holding.rules import holding as rules
from registry import web

FORM = "licensing/parts/officer_form.html"


SEES = "licensing.view_changes"


HANDLES = "licensing.handle_changes"


def visible(request: web.SignedIn, reference: str) -> Change:
    about = ("licence__organisation", "told_by", "closed_by")
    return get_object_or_404(Change.objects.visible_to(request.user).select_related(*about), reference=reference)


@require_safe
@web.needs(SEES)
def change(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    file = change_queries.change_file(one, by=request.user, on=timezone.localdate())
    facts = {"file": file, "change": one, "licence": one.licence, "dates": dates_of(one, on=timezone.localdate())}
    return render(request, "licensing/holding/officer_change.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def accept(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Press(web.typed(request))
    tried = web.attempt(request, form, actions.accept, one, previews=True)
    if tried.is_done:
        return redirect("change", reference)
    kind = holding.kind_of(one)
    facts = {
        "change": one,
        "licence": one.licence,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "title": _("Accept the change"),
        "text": _("It goes into the holder’s file, and the register shows what it shows of it from today."),
        "warning": change_queries.SETS_OFF["end"] if kind.sets_off == "end" else "",
        "press": _("Accept the change"),
        "blockers": list(rules.accept_blockers(one, kind, unanswered=one.checks.filter(result="").count())),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def note(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Press(web.typed(request))
    tried = web.attempt(request, form, actions.note, one)
    if tried.is_done:
        return redirect("change", reference)
    facts = {
        "change": one,
        "licence": one.licence,
        "form": form,
        "title": _("Note it"),
        "text": _("You have read it. Nothing more is written because of it."),
        "press": _("Note it"),
        "blockers": list(rules.note_blockers(one, holding.kind_of(one))),
    }
    return web.form_page(request, FORM, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs(HANDLES)
def refuse(request: web.SignedIn, reference: str) -> HttpResponse:
    one = visible(request, reference)
    form = forms.Because(web.typed(request))
    tried = web.attempt(request, form, actions.refuse, one, previews=True)
    if tried.is_done:
        return redirect("change", reference)
    facts = {
        "change": one,
        "licence": one.licence,
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "title": _("Refuse the change"),
        "text": _("File and register stay as they are. The holder reads your reason word for word."),
        "press": _("Refuse the change"),
        "blockers": list(rules.refuse_blockers(one, holding.kind_of(one))),
    }
    return web.form_page(request, FORM, facts)
