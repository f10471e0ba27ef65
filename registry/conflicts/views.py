"""Conflicts of interest: declared by whoever has one or by a manager, and over when a manager says so."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry import web
from registry.accounts.models import User
from registry.conflicts import actions, forms, queries, rules
from registry.conflicts.models import Conflict


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.work_for_authority")
def declare_conflict(request: web.SignedIn) -> HttpResponse:
    """One's own; whoever manages the work may declare anybody's."""
    manages = request.user.has_perm("registry.manage_conflicts")
    form = forms.Declare(
        web.typed(request),
        initial={"organisation": request.GET.get("organisation", ""), "since": timezone.localdate()},
        officers=queries.officers() if manages else None,
    )

    def declared(*, officer: User = request.user, **typed: Any) -> object:
        return actions.declare(officer, **typed)

    if web.attempt(request, form, declared).is_done:
        return redirect("conflicts")
    return web.show_form(
        request,
        form,
        title=_("Declare a conflict of interest"),
        press=_("Declare it"),
        back=reverse("conflicts"),
        back_text=_("Conflicts of interest"),
        about=(
            _(
                "Declare it if you, your family or your friends work for the organisation, own or advise it, or compete with it. Declare it too if anyone might doubt that you judge it fairly."
            ),
            _(
                "From then on only others see its cases. If you hold one, a manager gives it to another person. Your proposals about it are dropped and proposed again."
            ),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.manage_conflicts")
def end_conflict(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(Conflict.objects.select_related("officer", "organisation"), reference=reference)
    form = forms.ConflictOver(web.typed(request))
    tried = web.attempt(request, form, actions.end, one)
    if tried.is_done:
        return redirect("conflicts")
    return web.show_form(
        request,
        form,
        title=_("Say that a conflict of interest is over"),
        press=_("It is over"),
        back=reverse("conflicts"),
        back_text=_("Conflicts of interest"),
        about=(
            _("%(officer)s may then take part again in what is about %(organisation)s.")
            % {"officer": one.officer, "organisation": one.organisation},
            one.because,
        ),
        blockers=rules.end_conflict_blockers(one, by=request.user),
    )
