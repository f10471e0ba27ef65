"""Many vehicles or places that join a list, reported as one table: read, shown row by row, and reported when confirmed."""

from functools import partial

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.application_form.forms.fields import language
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.forms.tables import takes_table
from licensing.applications.views.tables import TableTarget, table_page, template_of
from licensing.holding import forms
from licensing.holding.actions import listed_changes
from licensing.holding.queries import holding
from licensing.holding.views.changes import offered_kind
from licensing.holding.views.holder import own_licence
from registry import schemes, web
from registry.licences.models import Licence
from registry.schemes import ChangeKind, FormPage, said


@web.page_with_form("licensing.apply")
def tell_changes(request: web.SignedIn, number: str, kind: str) -> HttpResponse:
    own, about, filled, page = _asked(request, number, kind)
    form = forms.JoinsByTable(web.posted(request), request.FILES if request.method == "POST" else None)
    assert page.list_of is not None, "only a list takes a table"
    waiting = own.changes.filter(kind=kind, status="told").count()
    target = TableTarget(
        filled=filled,
        page=page,
        room_left=page.list_of.at_most - len(filled.on(page)) - waiting,
        today=timezone.localdate(),
        add=partial(listed_changes.tell_many, kind=kind),
        about=own,
        here=reverse("tell_changes", args=[number, kind]),
        template=reverse("changes_template", args=[number, kind]),
        back=reverse("tell_change", args=[number, kind]),
        then=lambda: reverse("licence_changes", args=[number]),
    )
    words = {"heading": said(about.title, language())}
    return table_page(
        request, form, target, words, done=_("You have told us of all the rows. We confirm it by letter.")
    )


@web.page("licensing.apply")
def changes_template(request: web.SignedIn, number: str, kind: str) -> StreamingHttpResponse:
    """The headings, to be filled in with a spreadsheet program."""
    _own, _about, filled, page = _asked(request, number, kind)
    return template_of(filled, page)


def _asked(request: web.SignedIn, number: str, code: str) -> tuple[Licence, ChangeKind, ApplicationForm, FormPage]:
    own = own_licence(request, number)
    scheme = schemes.in_force(own.scheme, timezone.localdate())
    about = offered_kind(own, scheme, code)
    if about.act != "add" or not takes_table(scheme.form.page(about.page)):
        raise Http404
    return own, about, holding.filled_now(own, scheme), scheme.form.page(about.page)
