"""Notices of what is proposed, and the reply to them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from licensing.applications.queries import applications
from licensing.decisions.actions import hearings
from licensing.decisions.forms import deciding as forms
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import grounds as grounds_queries
from licensing.decisions.rules import grounds as rules
from registry import permissions, web
from registry.memberships.states import Act
from registry.organisations.models import Organisation


@web.page_with_form("licensing.apply")
def reply_about_application(request: web.SignedIn, reference: str, decision: str) -> HttpResponse:
    own = Organisation.objects.acted_for_by(request.user)
    about = {"application__reference": reference, "application__organisation__in": own}
    return _reply(request, get_object_or_404(Decision.objects.visible_to(request.user), reference=decision, **about))


@web.page_with_form("licensing.apply")
def reply_about_licence(request: web.SignedIn, number: str, decision: str) -> HttpResponse:
    own = Organisation.objects.acted_for_by(request.user)
    about = {"licence__number": number, "licence__organisation__in": own}
    return _reply(request, get_object_or_404(Decision.objects.visible_to(request.user), reference=decision, **about))


def _reply(request: web.SignedIn, decision: Decision) -> HttpResponse:
    scheme, today = applications.scheme_of(decision.subject), timezone.localdate()
    grounds = tuple(one for one in grounds_queries.shown_grounds(decision, scheme) if one.ground.notice_id)
    form = forms.Reply(web.posted(request), grounds=grounds)
    page = request.get_full_path()
    tried = web.attempt(request, form, hearings.represent, decision, typed=form.said, done=_("We have your reply."))
    if tried.is_done:
        return redirect(page)
    who_may = permissions.act_blockers(request.user, decision.organisation, Act.REPLY, on=today)
    return web.form_page(
        request,
        "licensing/decisions/holder_reply.html",
        {
            "decision": decision,
            "subject": decision.subject,
            "grounds": grounds,
            "aggravating": grounds_queries.factors_in_words(decision, "aggravating", language=get_language()),
            "mitigating": grounds_queries.factors_in_words(decision, "mitigating", language=get_language()),
            "replies": decision.representations.order_by("-received_at"),
            "form": form,
            "blockers": [*who_may, *rules.represent_blockers(decision, today=today, text="…")],
        },
    )
