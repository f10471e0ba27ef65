"""The page of one change that a holder has told, and its moves.

The list of transfers; what is decided of one is proposed on the page of its licence.

The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from licensing.applications.forms import officer as forms
from licensing.applications.views.officer import TAKES
from licensing.due_dates.queries.about import dates_of
from licensing.holding.actions import changes as actions
from licensing.holding.models import Change
from licensing.holding.queries import changes as change_queries
from licensing.holding.queries import columns, holding
from licensing.holding.queries import transfers as queries
from licensing.holding.rules import holding as rules
from registry import web
from registry.trail.actions import exports
from registry.worklists.models import ListName

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
        "text": _("You have read it. No further action is recorded."),
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


SEES_TRANSFERS = "licensing.view_decisions"


@require_safe
@web.needs(SEES_TRANSFERS)
def transfers(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/holding/officer_transfers.html",
        queries.transfers(request.GET, by=request.user),
        of_list=ListName.TRANSFERS,
        offered=queries.views(),
        title=_("Transfers"),
    )


@require_POST
@web.needs(SEES_TRANSFERS)
@web.needs("registry.export_lists")
def transfers_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.transfers(request.GET, by=request.user)
    return web.list_file(request, ListName.TRANSFERS, found, columns.transfer_columns(), note=exports.take_list)


SEES_CHANGES = "licensing.view_changes"


@require_safe
@web.needs(SEES_CHANGES)
def changes(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/holding/officer_changes.html",
        change_queries.changes(request.GET, by=request.user),
        of_list=ListName.CHANGES,
        offered=change_queries.views(),
        title=_("Changes that holders have told us of"),
        titles=change_queries.titles(get_language()),
    )


@require_POST
@web.needs(SEES_CHANGES)
@web.needs(TAKES)
def changes_csv(request: web.SignedIn) -> HttpResponseBase:
    found = change_queries.changes(request.GET, by=request.user)
    told = columns.change_columns(change_queries.titles(get_language()))
    return web.list_file(request, ListName.CHANGES, found, told, note=exports.take_list)
