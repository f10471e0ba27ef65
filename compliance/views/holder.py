"""For holders: what is looked at of their own licence when it is chosen whom to visit, and their reply."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from compliance import queries
from compliance.actions import scores
from compliance.forms.scores import Reply
from registry import permissions, web
from registry.models import Act, Licence, Organisation


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.apply")
def licence_signals(request: web.SignedIn, number: str) -> HttpResponse:
    own = Licence.objects.filter(organisation__in=Organisation.objects.acted_for_by(request.user))
    licence = get_object_or_404(own.select_related("organisation"), number=number)
    today = timezone.localdate()
    signals = queries.own_signals(licence, on=today)
    if signals is None:
        raise Http404
    form = Reply(web.typed(request))
    if web.is_sent(request, form):
        with web.reasons_on(form):
            scores.reply(licence, by=request.user, at=timezone.now(), **form.cleaned_data)
            return redirect("licence_signals", number)
    blockers = list(permissions.act_blockers(request.user, licence.organisation, Act.REPLY, on=today))
    page = {"own": signals, "licence": licence, "form": form, "blockers": blockers}
    return render(request, "compliance/holder/signals.html", page, status=422 if form.errors else 200)
