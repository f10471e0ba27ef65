"""Any table, made at once: over up to three variables and time, as a page and as CSV, at an address to keep."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from public_lookup import web
from public_lookup.own_table import queries as words
from public_lookup.own_table.forms import OwnTable
from public_lookup.own_table.queries import TableInWords
from registry.disclosure import queries
from registry.disclosure.rules.noise import BOUND, KEYS, WEIGHTS
from registry.web import table_file


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, what there is, and the table if it can be made."""

    subjects: list[queries.CountedSubject]
    about: queries.CountedSubject | None
    form: OwnTable | None
    table: TableInWords | None


@web.everybody
def own_table(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    query = request.GET.copy()
    query.pop("lang", None)
    page = {
        "subjects": [(one.code, words.title_of(one)) for one in asked.subjects],
        "about": asked.about.code if asked.about else "",
        "title": words.title_of(asked.about) if asked.about else "",
        "form": asked.form,
        "table": asked.table,
        "file": f"{reverse('own_table_csv')}?{query.urlencode()}",
        "bound": BOUND,
        "keys": KEYS,
        "weights": [(step, keys) for step, keys in WEIGHTS.items()],
    }
    is_wrong = bool(asked.form and asked.form.errors)
    return render(request, "public_lookup/own_table/own_table.html", page, status=422 if is_wrong else 200)


@web.everybody
def own_table_csv(request: HttpRequest) -> HttpResponseBase:
    asked = _asked(request)
    if asked.table is None or asked.about is None:
        # The page says what is wrong with the question.
        return redirect(f"{reverse('own_table')}?{request.GET.urlencode()}")
    return table_file(asked.about.code, asked.table.headings, asked.table.rows, on=timezone.localdate())


def _asked(request: HttpRequest) -> Asked:
    at = timezone.now()
    subjects = queries.subjects(at)
    named = [one for one in subjects if one.code == request.GET.get("about", "")]
    about = next(iter([*named, *subjects]), None)
    if about is None:
        return Asked(subjects, None, None, None)
    counts = queries.frozen_counts(about, at)
    form = OwnTable(request.GET, words.variables_of(counts))
    table = None
    if form.is_valid():
        try:
            table = words.table_in_words(queries.own_table(counts, form.chosen, form.time_chosen))
        except queries.TooLarge:
            form.add_error(None, _("This table would be too large. Choose fewer variables, or do not divide by time."))
    return Asked(subjects, about, form, table)
