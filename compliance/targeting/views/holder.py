"""For holders: what is looked at of their own licence when it is chosen whom to visit, and the reports of inspections."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.targeting.actions import scores
from compliance.targeting.forms import Reply
from compliance.targeting.queries import scores as queries
from registry import permissions, web
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations.models import Organisation


@web.page_with_form("licensing.apply")
def licence_signals(request: web.SignedIn, number: str) -> HttpResponse:
    own = Licence.objects.filter(organisation__in=Organisation.objects.acted_for_by(request.user))
    licence = get_object_or_404(own.select_related("organisation"), number=number)
    today = timezone.localdate()
    signals = queries.own_signals(licence, on=today)
    if signals is None:
        raise Http404
    form = Reply(web.typed(request))
    tried = web.attempt(request, form, scores.reply, licence, done=_("We have your reply."))
    if tried.is_done:
        return redirect("licence_signals", number)
    blockers = list(permissions.act_blockers(request.user, licence.organisation, Act.REPLY, on=today))
    page = {"own": signals, "licence": licence, "form": form, "blockers": blockers}
    return web.form_page(request, "compliance/targeting/holder_signals.html", page)
