"""One supplier: added, looked at, changed, stopped, replaced, proved, removed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from public_lookup.board.actions import lines as actions
from public_lookup.board.actions import looks
from public_lookup.board.forms import lines as forms
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.queries.boards import supplier_file
from public_lookup.board.rules.rows import GivenLine
from public_lookup.board.views.common import KEEP, answers_to, opened, own_board, own_line
from public_lookup.lookup.rules.days import last_day
from registry import web
from registry.form_fields import Press


@web.page_with_form(KEEP)
def add_supplier(request: web.SignedIn, reference: str) -> HttpResponse:
    """A provider at a site; or a business that supplies through one."""
    own = own_board(request, reference)
    asked = {name: request.GET.get(name, "")[:200] for name in ("site", "of")}
    return _add(request, own, {**asked, "starts": timezone.localdate()}, title=gettext("Add a provider"))


@web.page_with_form(KEEP)
def replace_supplier(request: web.SignedIn, reference: str, line: int) -> HttpResponse:
    """Another provider for the site, from the day after the last day of this one."""
    found = own_line(request, reference, line)
    said = supplier_file(found, at=timezone.now()).shown
    ends = last_day(said.shown.entry) if said.shown else None
    starts = max(timezone.localdate(), (ends or timezone.localdate()) + timedelta(days=1))
    title = gettext("Find another provider in place of %(name)s") % {"name": said.name}
    return _add(request, found.site.board, {"site": found.site.name, "starts": starts}, title=title, instead_of=found)


def _add(
    request: web.SignedIn,
    own: SupplierBoard,
    initial: dict[str, Any],
    *,
    title: str,
    instead_of: SupplierLine | None = None,
) -> HttpResponse:
    form, now = forms.AddSupplier(web.posted(request), initial=initial), timezone.now()
    if form.is_valid():
        with web.reasons_on(form):
            actions.write(own, lines=[form.line], answers=answers_to([form.line], now), by=request.user, at=now)
            return redirect("board", own.reference)
    page = {"board": own, "form": form, "title": title, "instead_of": instead_of, "sites": own.sites.order_by("name")}
    return web.not_kept(web.form_page(request, "public_lookup/board/add.html", page))


@web.page_with_form(KEEP)
def supplier(request: web.SignedIn, reference: str, line: int) -> HttpResponse:
    """Everything about one supplier at one site."""
    found = own_line(request, reference, line)
    now = timezone.now()
    page = {"board": found.site.board, "line": found, "file": supplier_file(found, at=now), "form": Press(), "at": now}
    return web.not_kept(web.form_page(request, "public_lookup/board/supplier.html", page))


@web.page_with_form(KEEP)
def change_supplier(request: web.SignedIn, reference: str, line: int) -> HttpResponse:
    found, now = own_line(request, reference, line), timezone.now()
    initial = {name: getattr(found, name) for name in ("name", "number", "workers", "starts", "until")}
    form = forms.ChangeSupplier(web.posted(request), initial=initial)

    def change() -> None:
        given = form.cleaned_data
        asked = GivenLine(found.site.name, given["name"], given["number"], given["starts"])
        [answer] = answers_to([asked], now)
        actions.change(found, **given, answer=answer, opened=opened(request), by=request.user, at=now)

    return _changed(request, form, found, change, template="change")


@web.page_with_form(KEEP)
def stop_supplier(request: web.SignedIn, reference: str, line: int) -> HttpResponse:
    found, now = own_line(request, reference, line), timezone.now()
    form = forms.StopSupplier(web.posted(request), initial={"until": timezone.localdate(now)})

    def stop() -> None:
        until: date = form.cleaned_data["until"]
        actions.stop(found, until=until, opened=opened(request), by=request.user, at=now)

    return _changed(request, form, found, stop, template="stop")


@web.page_with_form(KEEP)
def remove_supplier(request: web.SignedIn, reference: str, line: int) -> HttpResponse:
    found, now, form = own_line(request, reference, line), timezone.now(), Press(web.posted(request))

    def remove() -> None:
        actions.remove(found, opened=opened(request), by=request.user, at=now)

    return _changed(request, form, found, remove, template="remove")


@web.page_with_form(KEEP)
def prove_supplier(request: web.SignedIn, reference: str, line: int) -> HttpResponse:
    """A proof with one press; the holder is not told."""
    found = own_line(request, reference, line)
    form = Press(web.posted(request))
    if form.is_valid() and found.listing_id:
        looks.prove(found.site.board, listings=[found.listing_id], by=request.user, at=timezone.now())
        return redirect("supplier", reference, line)
    page = {"board": found.site.board, "line": found, "form": form, "file": supplier_file(found, at=timezone.now())}
    return web.not_kept(web.form_page(request, "public_lookup/board/prove.html", page))


def _changed(
    request: web.SignedIn, form: Any, line: SupplierLine, act: Callable[[], None], *, template: str
) -> HttpResponse:
    """The page of the board after the act; or the form once more with every reason, and what was typed."""
    if form.is_valid():
        with web.reasons_on(form):
            act()
            return redirect("board", line.site.board.reference)
    version = opened(request) if request.method == "POST" else line.version
    page = {"board": line.site.board, "line": line, "form": form, "opened": version}
    page["name"] = supplier_file(line, at=timezone.now()).shown.name
    return web.not_kept(web.form_page(request, f"public_lookup/board/{template}.html", page))
