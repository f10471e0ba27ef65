"""What is given to an auditor: a sealed PDF, or a ZIP with every line and every receipt."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup.board import letters
from public_lookup.board.forms import sharing as forms
from public_lookup.board.queries.packs import audit_pack
from public_lookup.board.views.common import KEEP, own_board
from registry import web
from registry.errors import PdfUnavailable

#: The period that is offered first.
MONTH = timedelta(days=30)


@web.page_with_form(KEEP)
def pack(request: web.SignedIn, reference: str) -> HttpResponse:
    """For a period that is chosen. It changes nothing, and is kept nowhere."""
    own, now = own_board(request, reference), timezone.now()
    today = timezone.localdate(now)
    form = forms.PackPeriod(web.posted(request), initial={"starts": today - MONTH, "until": today}, today=today)
    if form.is_valid():
        made = audit_pack(own, **form.cleaned_data, at=now)
        language, name = get_language() or "en-gb", f"suppliers-{form.cleaned_data['until'].isoformat()}"
        if "zip" not in request.POST:
            return web.not_kept(
                web.as_pdf(request, lambda: letters.pack_pdf(made, language=language, at=now), name=name)
            )
        try:
            content = letters.pack_zip(made, language=language, at=now)
        except PdfUnavailable as unavailable:
            return render(request, "registry/no_pdf.html", {"why": unavailable}, status=503)
        headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
        return web.not_kept(HttpResponse(content, content_type="application/zip", headers=headers))
    page = {"board": own, "form": form}
    return web.not_kept(web.form_page(request, "public_lookup/board/pack.html", page))
