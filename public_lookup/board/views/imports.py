"""A spreadsheet of suppliers, and the names in it that the register does not have exactly."""

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from public_lookup.board.actions import lines as actions
from public_lookup.board.forms import lines as forms
from public_lookup.board.queries.names import open_names
from public_lookup.board.rules.rows import BoardColumn
from public_lookup.board.views.common import KEEP, answers_to, own_board
from registry import table_reader as files
from registry import web

#: What a form may weigh beside its file.
_BESIDE = 64 * 1024


@web.page_with_form(KEEP)
def import_suppliers(request: web.SignedIn, reference: str) -> HttpResponse:
    """All rows or none. A second time, the same rows are brought up to date and not doubled."""
    own, now = own_board(request, reference), timezone.now()
    form = _form_of(request)
    if form.is_valid():
        lines = form.cleaned_data["lines"]
        with web.reasons_on(form):
            new = actions.write(own, lines=lines, answers=answers_to(lines, now), by=request.user, at=now)
            _say(request, form, len(lines), new)
            return redirect("near_names" if open_names(own, at=now) else "board", reference)
    page = {"board": own, "form": form, "columns": [column.label for column in BoardColumn]}
    return web.not_kept(web.form_page(request, "public_lookup/board/import.html", page))


def _form_of(request: web.SignedIn) -> forms.ImportSuppliers:
    """What was given; what weighs too much is refused before any of it is read."""
    today = timezone.localdate()
    if request.method != "POST":
        return forms.ImportSuppliers(today=today)
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) <= files.MOST_BYTES + _BESIDE:
            return forms.ImportSuppliers(request.POST, request.FILES, today=today)
    except RequestDataTooBig:
        pass
    form = forms.ImportSuppliers({}, today=today)
    web.refuse_unread(form, files.TOO_BIG.text, where="file")
    return form


def _say(request: web.SignedIn, form: forms.ImportSuppliers, rows: int, new: int) -> None:
    text = ngettext(
        "%(count)s row was read, %(new)s of them new.", "%(count)s rows were read, %(new)s of them new.", rows
    )
    messages.success(request, text % {"count": f"{rows:,}", "new": f"{new:,}"})
    if encoding := form.cleaned_data.get("guessed"):
        text = gettext(
            "The file does not say its encoding. We read it as %(encoding)s. If letters look wrong, save it as UTF-8 and import it again."
        )
        messages.info(request, text % {"encoding": encoding})


@web.page_with_form(KEEP)
def near_names(request: web.SignedIn, reference: str) -> HttpResponse:
    """Names that are only similar to one on the register: who is meant is said once, and holds."""
    own, now = own_board(request, reference), timezone.now()
    names = open_names(own, at=now)
    form = forms.NearNames(web.posted(request), names=names)
    if form.is_valid():
        actions.settle(own, meant=form.meant, by=request.user, at=now)
        left = open_names(own, at=now)
        return redirect("near_names" if left and form.meant else "board", reference)
    page = {"board": own, "form": form, "names": names}
    return web.not_kept(web.form_page(request, "public_lookup/board/names.html", page))
