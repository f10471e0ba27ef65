"""The account of a labour user: what was checked and proved, and the formal check of which the labour provider is told.

The list is no `WorkList`: its file needs no permission and goes on no trail, and the public face cannot reach what writes there.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from public_lookup.formal_checks import actions, forms, rules
from public_lookup.formal_checks import queries as found
from public_lookup.lookup.queries import entries
from public_lookup.receipts.models import Receipt
from registry import web
from registry.schemes import said

NEEDED = "public_lookup.make_formal_check"
#: Proofs and formal checks from one connection in an hour: a morning's suppliers, not every holder on the register.
MOST_CHECKS = 60
COLUMNS = (
    _("Proof"),
    _("Checked on"),
    _("Asked about"),
    _("Licence number"),
    _("Name"),
    _("The register said"),
    _("Formal check"),
)
TOO_OFTEN = _("Too much has come from this connection. Try again in an hour, or ring us.")


@web.page(NEEDED)
def checks(request: web.SignedIn) -> HttpResponse:
    own = found.checks_of(request.user, request.GET)
    return web.list_page(request, "public_lookup/formal_checks/checks.html", own, title=gettext("Your checks"))


@web.page(NEEDED)
def checks_csv(request: web.SignedIn) -> HttpResponseBase:
    """All that the filters leave, for a spreadsheet."""
    own = found.checks_of(request.user, request.GET).found().order_by("-taken_at", "-pk")
    rows = map(_row, own.iterator(chunk_size=web.LINES_AT_ONCE))
    return web.table_file("checks", COLUMNS, rows, on=timezone.localdate())


@web.page_with_form(NEEDED)
def check(request: web.SignedIn, number: str) -> HttpResponse:
    """What the register says; keep a proof, or check formally: said before, the labour provider learns who."""
    now = timezone.now()
    shown = _shown(number, now)
    own = found.own_businesses(request.user, timezone.localdate(now))
    said_before = {"name": request.user.name, **_last_said(request)}
    form = forms.FormalCheck(web.posted(request), initial=said_before, businesses=own)
    too_often = form.is_bound and web.is_too_often(request, "formal check", most=MOST_CHECKS, at=now)
    if too_often:
        web.refuse_unread(form, TOO_OFTEN)
    tried = web.attempt(request, form, actions.make, shown.number)
    if tried.is_done:
        web.count(request, "formal check", at=now)
        return redirect("receipt", tried.result.receipt.number, tried.result.receipt.key)
    status = 429 if too_often else 422 if form.errors else 200
    return _page(request, shown, form, forms.KeepProof(businesses=own, auto_id="id_keep_%s"), now, status=status)


def _page(
    request: web.SignedIn,
    shown: entries.PublicEntry,
    form: forms.FormalCheck,
    keeping: forms.KeepProof,
    now: datetime,
    *,
    status: int,
) -> HttpResponse:
    last_on = found.last_formal_check(request.user, shown.entry.listing)
    page = {
        "shown": shown,
        "entry": shown.entry,
        "form": form,
        "keeping": keeping,
        "formal": _formal(shown),
        "blockers": list(rules.formal_check_blockers(shown.scheme, last_on=last_on, on=shown.on)),
        "at": now,
    }
    return render(request, "public_lookup/formal_checks/check.html", page, status=status)


def _formal(shown: entries.PublicEntry) -> dict[str, Any] | None:
    """What the scheme says of its formal checks, in the language of the page; None where it has none."""
    rules_of_it, language = shown.scheme.formal_check, get_language()
    if rules_of_it is None:
        return None
    return {
        "name": said(rules_of_it.name, language),
        "about": [said(text, language) for text in rules_of_it.about],
        "told_months": rules_of_it.told_months,
    }


@web.button(NEEDED)
def keep(request: web.SignedIn, number: str) -> HttpResponse:
    """A proof in the account, of which nobody is told."""
    now = timezone.now()
    if web.is_too_often(request, "receipt", most=MOST_CHECKS, at=now):
        return render(request, "public_lookup/too_often.html", {"number": number}, status=429)
    shown, own = _shown(number, now), found.own_businesses(request.user, timezone.localdate(now))
    form = forms.KeepProof(request.POST, businesses=own, auto_id="id_keep_%s")
    tried = web.attempt(request, form, actions.keep, shown.number)
    if not tried.is_done:
        initial = {"name": request.user.name, **_last_said(request)}
        blank = forms.FormalCheck(None, initial=initial, businesses=own)
        return _page(request, shown, blank, form, now, status=422)
    web.count(request, "receipt", at=now)
    return redirect("receipt", tried.result.number, tried.result.key)


def _shown(number: str, now: datetime) -> entries.PublicEntry:
    try:
        return entries.entry(number, at=now)
    except entries.NotShown as missing:
        raise Http404 from missing


def _last_said(request: web.SignedIn) -> dict[str, str]:
    """Who they said they were the last time, so that it need not be typed again."""
    last = found.last_said(request.user)
    return {"business": last.business, "name": last.name, "telephone": last.telephone} if last else {}


def _row(one: Receipt) -> list[object]:
    formal = getattr(one, "formal_check", None)
    return [one.number, one.taken_at, one.as_at, one.licence_number, one.name, one.standing_label, bool(formal)]
