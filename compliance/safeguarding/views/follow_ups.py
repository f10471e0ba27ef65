"""What was recorded of people after their referrals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from compliance.safeguarding.queries import follow_ups as queries
from compliance.safeguarding.queries.danger_card import referring_scheme
from compliance.safeguarding.states import READS
from registry import web


@web.page(READS)
def follow_up_answers(request: web.SignedIn) -> HttpResponse:
    """How often each answer was recorded after a referral, such as what helped most."""
    scheme = referring_scheme("", on=timezone.localdate())
    counted = queries.counts_of_answers(scheme, by=request.user) if scheme else []
    return render(request, "compliance/safeguarding/answers.html", {"counted": counted})
