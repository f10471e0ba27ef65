"""A person who joins answers for themselves by a link; the holder reports it when they have signed."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from licensing.application_form.forms.fields import language
from licensing.applications.models import Application
from licensing.holding import forms
from licensing.holding.actions import alterations
from licensing.holding.queries import holding, kinds
from licensing.holding.rules import holding as rules
from licensing.holding.views.changes import offered_kind
from licensing.holding.views.holder import own_licence
from registry import permissions, schemes, web
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.schemes import FormPage


@web.page_with_form("licensing.apply")
def change_by_link(request: web.SignedIn, number: str, kind: str) -> HttpResponse:
    """To begin with: what a link does. Then: how far the person is, and the button that reports the change."""
    own, today = own_licence(request, number), timezone.localdate()
    scheme = schemes.in_force(own.scheme, today)
    about = offered_kind(own, scheme, kind)
    page = holding.list_of_newcomer(scheme, kind)
    if page is None:
        raise Http404
    draft = holding.under_way(own, kind)
    part = draft.parts.standing().select_related("application").first() if draft else None
    form = forms.Reported(web.typed(request)) if part else forms.AskNewcomer(web.typed(request))
    done = _reported(request, form, draft) if draft and part else _asked(request, form, own, draft, page, kind)
    if done:
        return done
    context = {
        "licence": own,
        "kind": kinds.kind_row(own, about, scheme, today=today, language=language()),
        "draft": draft,
        "part": part,
        "form": form,
        "blockers": [
            *permissions.act_blockers(request.user, own.organisation, Act.NOTIFY, on=today),
            *rules.holding_blockers(own, today=today),
            *(rules.report_blockers(is_signed=part.signed_at is not None) if part else ()),
        ],
    }
    return web.form_page(request, "licensing/holding/holder_change_by_link.html", context)


def _asked(
    request: web.SignedIn,
    form: forms.AskNewcomer | forms.Reported,
    own: Licence,
    draft: Application | None,
    page: FormPage,
    kind: str,
) -> HttpResponse | None:
    """Who gets the link; a holder who came back from there without sending it goes there again."""
    if draft and request.method == "POST":
        return redirect("send_part", draft.reference, page.slug)
    tried = web.attempt(request, form, alterations.ask_newcomer, own, kind=kind)
    return redirect("send_part", tried.result.reference, page.slug) if tried.is_done else None


def _reported(
    request: web.SignedIn, form: forms.AskNewcomer | forms.Reported, draft: Application
) -> HttpResponse | None:
    done = gettext("You have told us of the change.")
    tried = web.attempt(request, form, alterations.report_newcomer, draft, done=done)
    if not tried.is_done:
        return None
    assert draft.alters is not None
    return redirect("told_change", draft.alters.number, tried.result.reference)
