"""Many things of one list at once: a table is read and shown with what is wrong in which row, and only then added."""

import csv
from datetime import datetime
from io import StringIO
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from licensing.applications.actions import applications
from licensing.applications.forms import tables
from licensing.applications.views.asked import STEPS, ApplicationPage
from registry import web
from registry.accounts.models import User
from registry.table_reader import Table

CONFIRM = "confirm"


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply", "licensing.enter_paper_application")
def upload_list(request: web.SignedIn, reference: str, page: str) -> HttpResponse:
    """Nothing is written before it is confirmed: the preview sends back the rows that it shows."""
    asked = _asked(request, reference, page)
    if isinstance(asked, HttpResponse):
        return asked
    form = tables.ListTable(web.posted(request), request.FILES if request.method == "POST" else None)
    rows: list[tables.TableRow] = []
    if form.is_valid():
        rows = _read(form, asked, form.cleaned_data["rows"])
    if CONFIRM in request.POST and rows and not any(row.faults for row in rows):
        words = ngettext("%d added to the list.", "%d added to the list.", len(rows)) % len(rows)
        if web.attempt(request, form, _add, asked, typed=lambda: {"rows": rows}, done=words).is_done:
            return redirect(asked.address_of(asked.page))
    words_of_page: dict[str, Any] = {
        **asked.words(),
        "form": form,
        "rows": rows,
        "faults": sum(bool(row.faults) for row in rows),
        "text": _as_text(form.cleaned_data["rows"]) if rows else "",
        "columns": tables.columns_of(asked.filled, asked.page),
        "template": asked.address("list_template", asked.page.slug),
        "here": asked.address("upload_list", asked.page.slug, **_by(asked)),
        "back": asked.address_of(asked.page),
    }
    return web.form_page(request, "licensing/applications/applicant_upload_list.html", words_of_page)


@require_safe
@web.needs("licensing.apply", "licensing.enter_paper_application")
def list_template(request: web.SignedIn, reference: str, page: str) -> HttpResponse | StreamingHttpResponse:
    """The headings, to be filled in with a spreadsheet program."""
    asked = _asked(request, reference, page)
    if isinstance(asked, HttpResponse):
        return asked
    headings = [column.heading for column in tables.columns_of(asked.filled, asked.page)]
    return web.table_file(page, headings, [], on=timezone.localdate())


def _asked(request: web.SignedIn, reference: str, page: str) -> ApplicationPage | HttpResponse:
    """The page, or where to go on: what is not asked leads to the tasks, and what comes by no table to its own page."""
    asked = ApplicationPage.by(request, reference, page)
    if asked is None:
        return redirect("application_tasks", reference)
    return asked if tables.takes_table(asked.page) else redirect(asked.address_of(asked.page))


def _by(asked: ApplicationPage) -> dict[str, str]:
    return {"by": STEPS} if asked.by_steps else {}


def _read(form: tables.ListTable, asked: ApplicationPage, table: Table) -> list[tables.TableRow]:
    """The rows, judged; none where the table itself is not one that can be added."""
    where = "file" if form.files.get("file") else "text"
    faults = list(tables.heading_faults(asked.filled, asked.page, table[0]))
    left = asked.room_left()
    if len(table) == 1:
        faults.append(_("There are no rows below the headings."))
    if len(table) - 1 > left:
        faults.append(ngettext("The list has room for %d more.", "The list has room for %d more.", left) % left)
    for fault in faults:
        form.add_error(where, fault)
    return [] if faults else tables.rows_of(asked.filled, asked.page, table, today=asked.today)


def _add(asked: ApplicationPage, *, rows: list[tables.TableRow], by: User, at: datetime) -> None:
    answers = [row.answers for row in rows]
    applications.add_items(asked.application, page=asked.page.slug, answers=answers, by=by, at=at)


def _as_text(table: Table) -> str:
    """As it was read, for the form that confirms it: no cell holds a tab, and what holds quotation marks is quoted."""
    text = StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(table)
    return text.getvalue()
