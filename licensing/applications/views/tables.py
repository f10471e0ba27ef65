"""Many things of one list at once: a table is read and shown with what is wrong in which row, and only then added."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import StringIO
from typing import Any

from django.db.models import Model
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.actions import applications
from licensing.applications.forms import tables
from licensing.applications.models import Application
from licensing.applications.views.asked import STEPS, ApplicationPage
from registry import web
from registry.accounts.models import User
from registry.schemes import FormPage
from registry.table_reader import Table

CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class TableTarget:
    """The list that a table is added to: its page of the form, how many it has room for, and what adds the rows that are right."""

    filled: ApplicationForm
    page: FormPage
    room_left: int
    today: date
    add: Callable[..., object]
    about: Model
    here: str
    template: str
    back: str
    then: Callable[[], str]


def table_page(
    request: web.SignedIn, form: tables.ListTable, target: TableTarget, words: Mapping[str, Any], *, done: str = ""
) -> HttpResponse:
    """Nothing is written before it is confirmed: the preview sends back the rows that it shows."""
    rows: list[tables.TableRow] = []
    if form.is_valid():
        rows = _read(form, target, form.cleaned_data["rows"])
    if CONFIRM in request.POST and rows and not any(row.faults for row in rows):
        added = ngettext("%d added to the list.", "%d added to the list.", len(rows)) % len(rows)
        for_all_rows = {name: form.cleaned_data[name] for name in form.for_all_rows}
        given = {"rows": [row.answers for row in rows], **for_all_rows}
        if web.attempt(request, form, target.add, target.about, typed=lambda: given, done=done or added).is_done:
            return redirect(target.then())
    page: dict[str, Any] = {
        **words,
        "form": form,
        "rows": rows if not form.errors else [],
        "faults": sum(bool(row.faults) for row in rows),
        "text": _as_text(form.cleaned_data["rows"]) if rows else "",
        "columns": tables.columns_of(target.filled, target.page),
        "template": target.template,
        "here": target.here,
        "back": target.back,
    }
    return web.form_page(request, "licensing/applications/applicant_upload_list.html", page)


@web.page_with_form("licensing.apply", "licensing.enter_paper_application")
def upload_list(request: web.SignedIn, reference: str, page: str) -> HttpResponse:
    asked = _asked(request, reference, page)
    if isinstance(asked, HttpResponse):
        return asked
    form = tables.ListTable(web.posted(request), request.FILES if request.method == "POST" else None)
    target = TableTarget(
        filled=asked.filled,
        page=asked.page,
        room_left=asked.room_left(),
        today=asked.today,
        add=partial(_add, page=asked.page.slug),
        about=asked.application,
        here=asked.address("upload_list", asked.page.slug, **_by(asked)),
        template=asked.address("list_template", asked.page.slug),
        back=asked.address_of(asked.page),
        then=lambda: asked.address_of(asked.page),
    )
    return table_page(request, form, target, asked.words())


@web.page("licensing.apply", "licensing.enter_paper_application")
def list_template(request: web.SignedIn, reference: str, page: str) -> HttpResponse | StreamingHttpResponse:
    """The headings, to be filled in with a spreadsheet program."""
    asked = _asked(request, reference, page)
    if isinstance(asked, HttpResponse):
        return asked
    return template_of(asked.filled, asked.page)


def template_of(filled: ApplicationForm, page: FormPage) -> StreamingHttpResponse:
    headings = [column.heading for column in tables.columns_of(filled, page)]
    return web.table_file(page.slug, headings, [], on=timezone.localdate())


def _asked(request: web.SignedIn, reference: str, page: str) -> ApplicationPage | HttpResponse:
    """The page, or where to go on: what is not asked leads to the tasks, and what comes by no table to its own page."""
    asked = ApplicationPage.by(request, reference, page)
    if asked is None:
        return redirect("application_tasks", reference)
    return asked if tables.takes_table(asked.page) else redirect(asked.address_of(asked.page))


def _by(asked: ApplicationPage) -> dict[str, str]:
    return {"by": STEPS} if asked.by_steps else {}


def _read(form: tables.ListTable, target: TableTarget, table: Table) -> list[tables.TableRow]:
    """The rows, judged; none where the table itself is not one that can be added."""
    where = "file" if form.files.get("file") else "text"
    faults = list(tables.heading_faults(target.filled, target.page, table[0]))
    left = target.room_left
    if len(table) == 1:
        faults.append(_("There are no rows below the headings."))
    if len(table) - 1 > left:
        faults.append(ngettext("The list has room for %d more.", "The list has room for %d more.", left) % left)
    for fault in faults:
        form.add_error(where, fault)
    return [] if faults else tables.rows_of(target.filled, target.page, table, today=target.today)


def _add(application: Application, *, page: str, rows: list[Mapping[str, Any]], by: User, at: datetime) -> None:
    applications.add_items(application, page=page, answers=rows, by=by, at=at)


def _as_text(table: Table) -> str:
    """As it was read, for the form that confirms it: no cell holds a tab, and what holds quotation marks is quoted."""
    text = StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(table)
    return text.getvalue()
