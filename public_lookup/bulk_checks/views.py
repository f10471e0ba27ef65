"""Checking many labour providers at once: a list is given, its columns are confirmed, and every row is answered."""

from collections.abc import Callable, Iterator
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from public_lookup import web
from public_lookup.bulk_checks import actions as lists
from public_lookup.bulk_checks import forms
from public_lookup.bulk_checks.models import CheckList
from public_lookup.bulk_checks.queries import lists as found
from public_lookup.bulk_checks.queries.lists import CheckedRow
from public_lookup.follows.actions import follows
from public_lookup.follows.views.texts import MOST_SENT
from public_lookup.lookup.filters import CheckRowFilter
from public_lookup.lookup.queries.rows import LookupRow
from registry import table_reader as files
from registry.register.states import Standing
from registry.web import LINES_AT_ONCE, QUESTIONS, count, is_too_often, posted, reasons_on, refuse_unread, table_file

#: Lists that one connection may hand in within an hour.
MOST_LISTS = 30
#: So many rows are looked up while one waits; more, in the background.
AT_ONCE = 500
#: What a form may weigh beside its file.
_BESIDE = 64 * 1024
#: Seconds after which the page of a list that is being looked up asks for itself again.
AGAIN_AFTER = 5
TOO_OFTEN = _("Too many lists have come from this connection. Try again in an hour.")


View = Callable[[HttpRequest, CheckList], HttpResponseBase]


@web.everybody
def give(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _given(request, forms.Given())
    form, now = _form_of(request), timezone.now()
    if is_too_often(request, "list", most=MOST_LISTS, at=now):
        refuse_unread(form, TOO_OFTEN)
        return _given(request, form, status=429)
    count(request, "list", at=now)  # what is refused costs as much to judge
    if not form.is_valid():
        return _given(request, form, status=422)
    given = form.cleaned_data
    made = lists.make(rows=given["rows"], read_as=given["guessed"], by=None, at=now)
    return web.not_kept(redirect("many_columns", made.key))


def _form_of(request: HttpRequest) -> forms.Given:
    """What was given; what weighs too much is refused before any of it is read."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) <= files.MOST_BYTES + _BESIDE:
            return forms.Given(request.POST, request.FILES)
    except RequestDataTooBig:
        pass
    form = forms.Given({})
    refuse_unread(form, files.TOO_BIG.text, where="file")
    return form


def _given(request: HttpRequest, form: forms.Given, status: int = 200) -> HttpResponse:
    page = {"form": form, "most": files.MOST_ROWS}
    return web.not_kept(render(request, "public_lookup/bulk_checks/give.html", page, status=status))


def of_list(view: View) -> Callable[..., HttpResponse]:
    """A page of one list: whoever has its key may read it; one that is gone says so."""

    @wraps(view)
    def shown(request: HttpRequest, key: str) -> HttpResponseBase:
        check_list = found.list_of(key)
        if check_list is None:
            return web.not_kept(render(request, "public_lookup/bulk_checks/gone.html", status=404))
        return web.not_kept(view(request, check_list))

    return web.everybody(shown)


@of_list
def columns(request: HttpRequest, check_list: CheckList) -> HttpResponse:
    """What was guessed of the columns; confirmed, the rows are looked up, a short list at once."""
    first = found.first_rows(check_list, forms.EXAMPLES)
    form = forms.Columns(posted(request), check_list=check_list, first=first)
    if form.is_valid():
        with reasons_on(form):
            QUESTIONS.take(request, times=min(check_list.count, AT_ONCE))
            begun = lists.begin(check_list, **form.chosen(), by=None, at=timezone.now())
            return _looked_up(begun)
    page = {"form": form, "list": check_list}
    return render(request, "public_lookup/bulk_checks/columns.html", page, status=web.status_of(form))


@of_list
def again(request: HttpRequest, check_list: CheckList) -> HttpResponse:
    """The same rows, in the register as it stands now."""
    if request.method == "POST" and check_list.begun_at:
        QUESTIONS.take(request, times=min(check_list.count, AT_ONCE))
        told = {"columns": check_list.columns, "has_heading": check_list.has_heading}
        return _looked_up(lists.begin(check_list, **told, by=None, at=timezone.now()))
    return redirect("many_list", check_list.key)


def _looked_up(begun: CheckList) -> HttpResponse:
    if begun.of <= AT_ONCE:
        rows = found.part_to_check(begun, AT_ONCE)
        answers = web.answered(found.asked_of(rows, begun), begun.begun_at or begun.made_at)
        lists.record(begun, rows=rows, answers=answers, by=None, at=timezone.now())
    return redirect("many_list", begun.key)


@of_list
def results(request: HttpRequest, check_list: CheckList) -> HttpResponse:
    """Every row with its answer, by pages; how far it has come, while it is being looked up."""
    if check_list.begun_at is None:
        return redirect("many_columns", check_list.key)
    if check_list.done_at is None:
        return _progress(request, check_list)
    if request.method == "POST":
        lists.pick(check_list, picked=_picked(request), by=None, at=timezone.now())
        return redirect(f"{reverse('many_list', args=[check_list.key])}?{request.GET.urlencode()}")
    rows = CheckRowFilter(request.GET, queryset=check_list.rows.looked_up(check_list))
    page = rows.page(request.GET.get("page", ""))
    facts = {
        "list": check_list,
        "filter": rows,
        "page": page,
        "rows": (rows_shown := list(found.checked_rows(page.rows, check_list))),
        "to_pick": any(row.maybe for row in rows_shown),
        "counted": found.counted(check_list),
        "firms": len(found.firms_of(check_list)),
    }
    return render(request, "public_lookup/bulk_checks/answers.html", facts, status=200 if rows.form.is_valid() else 422)


def _picked(request: HttpRequest) -> dict[int, list[str]]:
    """By the place of each row that was shown, the numbers that were ticked."""
    places = [int(place) for place in request.POST.getlist("shown") if place.isdecimal() and len(place) < 6]
    return {place: request.POST.getlist(f"pick_{place}") for place in places}


def _progress(request: HttpRequest, check_list: CheckList) -> HttpResponse:
    stays = "stay" in request.GET
    response = render(request, "public_lookup/bulk_checks/progress.html", {"list": check_list, "stays": stays})
    if not stays:
        response.headers["Refresh"] = str(AGAIN_AFTER)
    return response


@of_list
def follow(request: HttpRequest, check_list: CheckList) -> HttpResponse:
    """To be told when something changes of the labour providers of the list, once the address has been confirmed."""
    if check_list.done_at is None:
        return redirect("many_list", check_list.key)
    now, firms = timezone.now(), len(found.firms_of(check_list))
    form = forms.FollowList(posted(request))
    too_many = is_too_often(request, "follow", most=MOST_SENT, at=now)
    if firms and form.is_valid() and not too_many:
        count(request, "follow", at=now)
        address = form.cleaned_data["email"]
        language = get_language() or settings.LANGUAGE_CODE
        follows.ask(check_list=check_list, address=address, language=language, by=None, at=now)
        return web.mail_sent(request, address, onward="check", text=_("Check the register"))
    page = {"form": form, "list": check_list, "firms": firms, "too_many": too_many and request.method == "POST"}
    status = 429 if page["too_many"] else web.status_of(form)
    return render(request, "public_lookup/bulk_checks/follow.html", page, status=status)


@of_list
def remove(request: HttpRequest, check_list: CheckList) -> HttpResponse:
    form = forms.Nothing(posted(request))
    if form.is_valid():
        with reasons_on(form):
            lists.remove(check_list, by=None, at=timezone.now())
            return render(request, "public_lookup/bulk_checks/gone.html", {"removed": True})
    page = {"form": form, "list": check_list}
    return render(request, "public_lookup/bulk_checks/remove.html", page, status=web.status_of(form))


@of_list
def results_csv(request: HttpRequest, check_list: CheckList) -> HttpResponseBase:
    """All rows with their answers. What is only similar stands in a column of its own, never where an answer stands."""
    if check_list.done_at is None:
        return redirect("many_list", check_list.key)
    # A row that is written costs a tenth of one that is looked up.
    QUESTIONS.take(request, times=1 + check_list.of // 10)
    given = found.heading_of(check_list) or [
        gettext("Column %(number)s") % {"number": number} for number in range(1, len(check_list.columns) + 1)
    ]
    on = timezone.localdate(check_list.begun_at)
    return table_file("checked", [*given, *_headings()], _rows(check_list), on=on)


def _rows(check_list: CheckList) -> Iterator[list[str]]:
    rows = check_list.rows.looked_up(check_list).order_by("place")
    for start in range(0, check_list.of, LINES_AT_ONCE):
        for row in found.checked_rows(list(rows[start : start + LINES_AT_ONCE]), check_list):
            yield [*row.row.cells, *_said(row)]


def _headings() -> list[str]:
    return [
        gettext("How sure"),
        gettext("What the register says"),
        gettext("Licence number"),
        gettext("Name on the register"),
        gettext("Standing"),
        gettext("Licensed from"),
        gettext("Licensed until"),
        gettext("Why"),
        gettext("What speaks against it"),
        gettext("May be meant, but is no answer"),
    ]


def _said(row: CheckedRow) -> list[str]:
    sure = row.sure
    answer = [""] * 5
    if sure:
        standing = str(Standing(sure.entry.standing).label)
        dates = [on.isoformat() if on else "" for on in (sure.entry.valid_from, sure.last_day)]
        answer = [sure.entry.number, sure.entry.name, standing, *dates]
    outcome = str(row.outcome.label) if row.outcome else ""
    why = get_template("public_lookup/parts/why.html")
    reasons = " ".join(why.render({"row": sure}).split()) if sure else ""
    maybe = "; ".join(map(_named, row.maybe))
    return [str(row.confidence.label), outcome, *answer, reasons, " ".join(row.doubts), maybe]


def _named(near: LookupRow) -> str:
    """One that may be meant, never without its standing: a misspelt supplier whose licence is gone must be seen."""
    return f"{near.entry.name} ({near.entry.number}): {Standing(near.entry.standing).label}"
