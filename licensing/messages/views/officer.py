"""What applicants have written and nobody has read, and what case officers write back."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from licensing.applications.views.officer import visible
from licensing.messages import actions, forms, queries, rules
from registry import web


@web.page_with_form("licensing.ask_applicant")
def write_to_applicant(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    form = forms.Message(web.typed(request), open_requests=case.requests.open().order_by("due_on", "pk"))
    tried = web.attempt(
        request,
        form,
        actions.reply,
        case,
        previews=True,
        seen=web.whole_number(request, "seen"),
    )
    if tried.is_done:
        return redirect("application", reference)
    facts = {
        "application": case,
        "said": queries.said_to_authority(case),
        "form": form,
        "letters": tried.letters,
        "previews": True,
        "blockers": list(rules.write_blockers(case, today=timezone.localdate())),
    }
    page = "licensing/messages/officer_write.html"
    return web.form_page(request, page, facts)


@web.button("licensing.ask_applicant")
def take_note_of_messages(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    actions.take_note(case, seen=web.whole_number(request, "seen"), by=request.user, at=timezone.now())
    return redirect("application", reference)
