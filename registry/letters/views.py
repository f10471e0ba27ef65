"""Letters to be posted: printed all at once, and marked when they are in the post."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from registry import web
from registry.errors import PdfUnavailable
from registry.letters import actions as post
from registry.letters import queries
from registry.letters.forms import Posted
from registry.letters.models import Letter
from registry.papers import printed


@web.page_with_form("registry.post_letters")
def letters_to_post(request: web.SignedIn) -> HttpResponse:
    waiting = list(queries.letters_to_post(request.user))
    form = Posted(web.typed(request), waiting={one.number: _about(one) for one in waiting})
    tried = web.attempt(request, form, post.mark_posted, typed=lambda: {"numbers": form.cleaned_data["letters"]})
    if tried.is_done:
        return redirect("letters_to_post")
    context = {"form": form, "waiting": waiting}
    return web.form_page(request, "registry/letter_pages/post.html", context)


@web.page("registry.post_letters")
def letters_to_print(request: web.SignedIn) -> HttpResponse:
    """All of them in one file, in the order of the list."""
    waiting = list(queries.letters_to_post(request.user))
    if not waiting:
        raise Http404
    try:
        content = printed.batch(waiting)
    except PdfUnavailable as unavailable:
        return render(request, "registry/letter_pages/no_pdf.html", {"why": unavailable}, status=503)
    name = f"letters-{timezone.localdate()}.pdf"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


def _about(letter: Letter) -> str:
    facts = {"subject": letter.subject, "who": letter.receiver, "number": letter.number}
    return gettext("%(who)s: %(subject)s, %(number)s") % facts
