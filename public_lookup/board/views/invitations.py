"""A provider is asked which suppliers it uses, and answers by a link, signed in or not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup import web as look_up
from public_lookup.board.actions import sharing as actions
from public_lookup.board.forms import sharing as forms
from public_lookup.board.queries.boards import supplier_file
from public_lookup.board.queries.chains import invitation_of
from public_lookup.board.rules.rows import GivenLine
from public_lookup.board.views.common import KEEP, answers_to, own_line
from registry import web
from registry.web import posted, reasons_on


@web.page_with_form(KEEP)
def ask_supplier(request: web.SignedIn, reference: str, line: int) -> HttpResponse:
    """It is said before that the provider learns who asks."""
    found, now = own_line(request, reference, line), timezone.now()
    file = supplier_file(found, at=now)
    last = file.invitations[0].email if file.invitations else ""
    known = last or (file.shown.shown.entry.email if file.shown.shown else "")
    form = forms.AskSupplier(posted(request), initial={"email": known, "about": request.GET.get("about", "")[:200]})
    if form.is_valid():
        with reasons_on(form):
            actions.ask(found, **form.cleaned_data, language=get_language() or "en-gb", by=request.user, at=now)
            return redirect("supplier", reference, line)
    page = {"board": found.site.board, "line": found, "form": form, "file": file}
    return web.not_kept(web.form_page(request, "public_lookup/board/ask.html", page))


@look_up.writing
def supply(request: HttpRequest, key: str) -> HttpResponse:
    """What a provider is asked. A link that has ended, or was answered, says so and shows nothing else."""
    now, invitation = timezone.now(), invitation_of(key)
    if invitation is None or not (invitation.is_open(now) or invitation.answered_at):
        return web.not_kept(render(request, "public_lookup/board/ended.html", status=404))
    if invitation.answered_at:
        return web.not_kept(render(request, "public_lookup/board/answered.html", {"invitation": invitation}))
    form = forms.AnswerSupply(posted(request))
    if form.is_valid():
        named = form.given["named"]
        lines = [GivenLine("", name, number, timezone.localdate(now)) for name, number in named]
        with reasons_on(form):
            actions.answer(invitation, **form.given, answers=answers_to(lines, now), by=None, at=now)
            return web.not_kept(redirect("supply", key))
    page = {"form": form, "invitation": invitation, "board": invitation.line.site.board, "key": key}
    return web.not_kept(render(request, "public_lookup/board/supply.html", page, status=web.status_of(form)))
