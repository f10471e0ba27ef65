"""What is sent in an emergency before a second person has read it, and the reading after it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compliance import vault
from compliance.safeguarding.actions import referrals as actions
from compliance.safeguarding.forms import referrals as forms
from compliance.safeguarding.queries import referrals as queries
from compliance.safeguarding.rules import referrals as rules
from compliance.safeguarding.states import READS
from compliance.safeguarding.views.exports import METHODS, one_of
from compliance.safeguarding.views.referrals import filled_page, press_page
from registry import web


@require_http_methods(METHODS)
@web.needs(READS)
def send_at_once(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    blockers = rules.send_at_once_blockers(one, has_person=vault.has_person(one))
    title = _("It was sent at once, in an emergency")
    careful = "" if queries.may_read_after(one, sent_by=request.user) else "unread"
    return filled_page(request, one, forms.SendAtOnce, title, actions.send_at_once, blockers, careful=careful)


@require_http_methods(METHODS)
@web.needs(READS)
def read_after(request: web.SignedIn, reference: str) -> HttpResponse:
    one = one_of(request, reference)
    blockers = rules.read_after_blockers(one, by=request.user)
    return press_page(request, one, _("I have read what was sent"), actions.read_after, blockers)
