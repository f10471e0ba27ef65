"""What a holder tells has changed, and what it applies to have changed."""

from datetime import date
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from licensing.application_form.forms.fields import language
from licensing.applications.forms.tables import takes_table
from licensing.holding import forms
from licensing.holding.actions import alterations, changes
from licensing.holding.models import Change
from licensing.holding.queries import changes as change_queries
from licensing.holding.queries import holding, kinds
from licensing.holding.rules import holding as rules
from licensing.holding.views.holder import own_licence
from registry import permissions, schemes, web
from registry.errors import Reason, Refused
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.overdue import has_passed
from registry.schemes import ChangeKind, Scheme, said

LONGEST_SEARCH = 100


@web.page("licensing.apply")
def licence_changes(request: web.SignedIn, number: str) -> HttpResponse:
    """What can be told and applied for, each with its deadline, and what has been told so far."""
    own, today = own_licence(request, number), timezone.localdate()
    wanted = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    page = {
        "licence": own,
        "blockers": list(rules.holding_blockers(own, today=today)),
        "wanted": wanted,
        "groups": kinds.offered(own, by=request.user, wanted=wanted, today=today, language=language()),
        "who_may": list(permissions.act_blockers(request.user, own.organisation, Act.NOTIFY, on=today)),
        "told": [holding.told_row(change, language=language()) for change in holding.told(own)],
    }
    return render(request, "licensing/holding/holder_changes.html", page)


@web.page_with_form("licensing.apply")
def tell_change(request: web.SignedIn, number: str, kind: str) -> HttpResponse:
    own, today = own_licence(request, number), timezone.localdate()
    scheme = schemes.in_force(own.scheme, today)
    about = offered_kind(own, scheme, kind)
    if about.sets_off == "application":
        return redirect("alter_licence", number, kind)
    form = _form(request, own, about, scheme, today)
    if _needs_step_up(request, about, form):
        return web.to_show_who(request)
    tried = web.attempt(
        request,
        form,
        changes.tell,
        own,
        typed=lambda: {
            "data": form.answered() if isinstance(form, forms.Told) else form.said,
            "item": form.cleaned_data.get("item", ""),
            "happened_on": form.cleaned_data["happened_on"],
        },
        previews=True,
        done=gettext("You have told us of the change."),
        kind=kind,
    )
    if tried.is_done:
        return redirect("told_change", number, tried.result.reference)
    page: dict[str, Any] = {
        "licence": own,
        "form": form,
        "kind": kinds.kind_row(own, about, scheme, today=today, language=language()),
        "why": said(holding.page_of(about, scheme).why, language()) if about.page else "",
        "blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.NOTIFY, on=today),
            *rules.holding_blockers(own, today=today),
        ],
        "nobody": isinstance(form, forms.Leaves) and not form.leavers,
        "ends_on": today,
        "letters": tried.letters,
        "takes_link": holding.list_of_newcomer(scheme, kind) is not None,
        "takes_table": about.act == "add" and takes_table(scheme.form.page(about.page)),
    }
    if web.is_checking(request, form, tried):
        page["rows"] = _rows(form, own, about, scheme)
        return web.form_page(request, "licensing/holding/holder_check_change.html", page)
    return web.form_page(request, "licensing/holding/holder_tell_change.html", page)


@web.page("licensing.apply")
def told_change(request: web.SignedIn, number: str, reference: str) -> HttpResponse:
    """The receipt of what was told: it stays at its address, and says what has become of it."""
    own = own_licence(request, number)
    change = get_object_or_404(Change.objects.acted_for_by(request.user).filter(licence=own), reference=reference)
    looked_at_by = change_queries.looked_at_by(change)
    page = {
        "licence": own,
        "change": change,
        "row": holding.told_row(change, language=language(), whole=True, for_holder=True),
        "looked_at_by": looked_at_by,
        "is_late": has_passed(looked_at_by, timezone.localdate()),
        "open_checks": change.checks.filter(result="").count(),
    }
    return render(request, "licensing/holding/holder_change_sent.html", page)


@web.page_with_form("licensing.apply")
def alter_licence(request: web.SignedIn, number: str, kind: str) -> HttpResponse:
    """What applying for it means; the button starts an application that asks only what it is about."""
    own, today = own_licence(request, number), timezone.localdate()
    scheme = schemes.in_force(own.scheme, today)
    about = offered_kind(own, scheme, kind)
    if about.sets_off != "application":
        raise Http404
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            begun = alterations.start(own, kind=kind, by=request.user, at=timezone.now())
            return redirect("application_tasks", begun.reference)
        except Refused as refused:
            reasons = refused.reasons
    page = {
        "licence": own,
        "kind": kinds.kind_row(own, about, scheme, today=today, language=language()),
        "pages": [said(scheme.form.page(slug).title, language()) for slug in about.pages],
        "under_way": holding.under_way(own, kind),
        "reasons": reasons,
    }
    return render(request, "licensing/holding/holder_alter.html", page, status=422 if reasons else 200)


def offered_kind(own: Licence, scheme: Scheme, code: str) -> ChangeKind:
    for kind in holding.kinds_for(own, scheme):
        if kind.code == code:
            return kind
    raise Http404


def _needs_step_up(request: web.SignedIn, about: ChangeKind, form: Form) -> bool:
    """Who answers for everyone, without an officer between, shows who they are first: a telephone number is called by others."""
    is_answer = about.at_once and about.act == "tell"
    return is_answer and web.is_sent(request, form) and not web.asks_first(request) and not web.has_shown_who(request)


def _rows(form: forms.Told | forms.Leaves, own: Licence, about: ChangeKind, scheme: Scheme) -> list[dict[str, Any]]:
    """What is about to be told, in words; the day last."""
    happened = {
        "key": form.fields["happened_on"].label,
        "value": date_format(form.cleaned_data["happened_on"], "j F Y"),
    }
    if isinstance(form, forms.Leaves):
        called = dict(form.leavers)[form.cleaned_data["item"]]
        follows = [{"key": form.fields[name].label, "value": text} for name, text in form.said.items()]
        return [{"key": form.fields["item"].label, "value": called}, *follows, happened]
    filled, answered = holding.filled_now(own, scheme), form.answered()
    questions = filled.questions(holding.page_of(about, scheme), answered)
    asked = [question for question in questions if question.key in form.fields]
    words = ((one, filled.in_words(one, answered.get(one.key))) for one in asked)
    return [*({"key": said(one.label, language()), "value": text} for one, text in words), happened]


def _form(
    request: web.SignedIn, own: Licence, about: ChangeKind, scheme: Scheme, today: date
) -> forms.Told | forms.Leaves:
    filled, typed = holding.filled_now(own, scheme), web.typed(request)
    if about.act == "remove":
        leavers = holding.leavers(own, about, filled, today=today)
        too_few = holding.leaves_too_few(about, filled, leavers)
        return forms.Leaves(typed, leavers=[(one.name, one.called) for one in leavers], leaves_too_few=too_few)
    kept: dict[str, Any] = dict(holding.kept_for(own, about, filled))
    ending = [question.key for question in holding.ending_questions(about, scheme)]
    return forms.Told(filled, holding.page_of(about, scheme), kept=kept, today=today, ending=ending, data=typed)
