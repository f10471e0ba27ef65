"""Money as officers see it: bank statements, and money that is no one's yet."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.payments import forms
from licensing.payments.actions import statements as actions
from licensing.payments.models import Statement, StatementLine
from licensing.payments.queries import statements as queries
from licensing.payments.rules import payments as payment_rules
from registry import web
from registry.form_fields import Because

#: So many lines that wait stand on the page; all of them in the file.
MOST_SHOWN = 100


@web.page_with_form("licensing.record_payment")
def statements(request: web.SignedIn) -> HttpResponse:
    """Upload a statement; below it, the money that waits and the statements before."""
    form = forms.Upload(request.POST, request.FILES) if request.method == "POST" else forms.Upload()
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "digest", "rows")}
        statement = actions.read_in(**given, by=request.user, at=timezone.now())
        return redirect("statement", statement.reference)
    waiting = queries.waiting_lines()
    page = {
        "form": form,
        "lines": waiting[:MOST_SHOWN],
        "waiting": waiting.count(),
        "statements": queries.statements()[:MOST_SHOWN],
    }
    return web.form_page(request, "licensing/payments/officer_statements.html", page)


@web.page_with_form("licensing.record_payment")
def statement(request: web.SignedIn, reference: str) -> HttpResponse:
    """Before it is taken up, what would become of each row; afterwards, what became of each line."""
    found = get_object_or_404(Statement.objects.select_related("read_by"), reference=reference)
    if found.taken_up_at is not None and request.method != "POST":
        lines = queries.lines_of(found, by=request.user)
        return render(
            request, "licensing/payments/officer_statement_recorded.html", {"statement": found, "lines": lines}
        )
    columns = queries.preview(found, by=request.user).columns
    form = forms.Columns(web.typed(request), heading=found.rows[0], initial=columns)
    letters = None
    if web.is_sent(request, form):
        columns = form.columns()
    if "take_up" in request.POST or web.asks_first(request):
        tried = web.attempt(
            request, form, actions.take_up, found, typed=lambda: {"columns": form.columns()}, previews=True
        )
        if tried.is_done:
            return redirect("statement", reference)
        letters = tried.letters
    page = {
        "statement": found,
        "form": form,
        "letters": letters,
        "preview": queries.preview(found, columns, by=request.user),
    }
    return web.form_page(request, "licensing/payments/officer_statement.html", page)


@web.page_with_form("licensing.record_payment")
def statement_line(request: web.SignedIn, reference: str) -> HttpResponse:
    """Say whose money it is."""
    line = _line(reference)
    suggested = queries.suggested(line, by=request.user)
    first = suggested[0].reference if len(suggested) == 1 else ""
    form = forms.Match(web.typed(request), initial={"application": first})
    tried = web.attempt(
        request,
        form,
        actions.match,
        line,
        previews=True,
    )
    if tried.is_done:
        return redirect("statements")
    page = {"line": line, "form": form, "suggested": suggested, "blockers": list(payment_rules.line_blockers(line))}
    page |= {"letters": tried.letters, "previews": True}
    return web.form_page(request, "licensing/payments/officer_statement_line.html", page)


@web.page_with_form("licensing.record_payment")
def set_aside_line(request: web.SignedIn, reference: str) -> HttpResponse:
    """Say why it is nobody's fee."""
    line = _line(reference)
    form = Because(web.typed(request))
    tried = web.attempt(request, form, actions.set_aside, line)
    if tried.is_done:
        return redirect("statements")
    page = {"line": line, "form": form, "sets_aside": True, "blockers": list(payment_rules.line_blockers(line))}
    return web.form_page(request, "licensing/payments/officer_statement_line.html", page)


@web.page("licensing.record_payment")
def waiting_money_csv(request: web.SignedIn) -> HttpResponseBase:
    """All money that is nobody's yet; what others have written into a transfer is no formula here (docs/rules.md C72)."""
    headings = [_("Line"), _("Day"), _("Amount"), _("Reference"), _("Description"), _("Statement")]
    rows = (
        [line.reference, line.received_on, line.amount, line.bank_reference, line.description, line.statement.reference]
        for line in queries.waiting_lines()
    )
    return web.table_file("waiting-money", headings, rows, on=timezone.localdate())


def _line(reference: str) -> StatementLine:
    return get_object_or_404(StatementLine.objects.select_related("statement", "payment"), reference=reference)
