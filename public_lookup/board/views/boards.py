"""The supplier board: begun, looked at, told of changes, deleted."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from public_lookup.board.actions import alerts as telling
from public_lookup.board.actions import boards as actions
from public_lookup.board.forms import lines as forms
from public_lookup.board.models.boards import SupplierBoard
from public_lookup.board.models.sharing import BoardAlert
from public_lookup.board.queries import boards as queries
from public_lookup.board.queries.chains import holder_listing
from public_lookup.board.queries.packs import file_rows, headings
from public_lookup.board.views.common import KEEP, own_board
from public_lookup.follows.models.follows import FollowChannel
from public_lookup.follows.queries.webhooks import webhooks_of
from public_lookup.lookup.queries.instants import end_of
from registry import web
from registry.form_fields import Press


@web.page_with_form(KEEP)
def boards(request: web.SignedIn) -> HttpResponse:
    """The one board of this person, or those of several organisations; and a board can be begun."""
    own = list(queries.boards_of(request.user))
    choices = queries.may_begin(request.user, on=timezone.localdate())
    if len(own) == 1 and not choices and request.method != "POST":
        return redirect("board", own[0].reference)
    form = forms.BeginBoard(web.posted(request), choices=choices)
    tried = web.attempt(request, form, actions.begin)
    if tried.is_done:
        return redirect("board", tried.result.reference)
    page = {"form": form, "boards": own, "choices": choices}
    return web.not_kept(web.form_page(request, "public_lookup/board/boards.html", page))


@web.page(KEEP)
def board(request: web.SignedIn, reference: str) -> HttpResponse:
    """What each supplier may do today, what has changed, and what is to be done."""
    own, now = own_board(request, reference), timezone.now()
    form = forms.BoardFilter(request.GET, sites=list(own.sites.order_by("name")), today=timezone.localdate(now))
    shown = queries.board_page(own, **form.wish, page=request.GET.get("page", ""), now=now)
    is_told = BoardAlert.objects.filter(board=own, user=request.user, follow__stopped_at=None).exists()
    page = {"board": own, "shown": shown, "facts": shown.facts, "form": form, "page": shown.page, "is_told": is_told}
    page["is_past"] = not shown.facts.is_today
    page["names"] = own.sites.filter(lines__listing=None, lines__settled="").exclude(lines__near=[]).exists()
    page["shows_chain"] = holder_listing(own) is not None
    return web.not_kept(render(request, "public_lookup/board/board.html", page, status=200 if form.is_valid() else 422))


@web.page(KEEP)
def board_csv(request: web.SignedIn, reference: str) -> HttpResponseBase:
    """The lines of the board, in the columns that the import takes."""
    own, now = own_board(request, reference), timezone.now()
    form = forms.BoardFilter(request.GET, sites=list(own.sites.all()), today=timezone.localdate(now))
    on = form.wish["on"]
    rows = file_rows(own, at=end_of(on, now=now) if on else now, now=now)
    return web.not_kept(web.table_file("suppliers", headings(), rows, on=on or timezone.localdate(now)))


@web.button(KEEP)
def mark_seen(request: web.SignedIn, reference: str) -> HttpResponse:
    actions.mark_seen(own_board(request, reference), by=request.user, at=timezone.now())
    return redirect("board", reference)


@web.page_with_form(KEEP)
def alerts(request: web.SignedIn, reference: str) -> HttpResponse:
    """Being told of changes, by mail and at a web address of one's own."""
    own, form = own_board(request, reference), Press(web.posted(request))
    if form.is_valid():
        with web.reasons_on(form):
            _tell(request, own)
            return redirect("board_alerts", reference)
    kept = BoardAlert.objects.filter(board=own, user=request.user, follow__stopped_at=None).select_related("follow")
    posted_to = {alert.follow.address for alert in kept}
    page = {
        "board": own,
        "form": form,
        "by_mail": any(alert.follow.channel == FollowChannel.EMAIL for alert in kept),
        "webhooks": [(one, one.reference in posted_to) for one in webhooks_of(request.user)],
        "is_told": bool(posted_to),
    }
    return web.not_kept(web.form_page(request, "public_lookup/board/alerts.html", page))


def _tell(request: web.SignedIn, own: SupplierBoard) -> None:
    at, chosen = timezone.now(), request.POST.get("webhook", "")
    if "stop" in request.POST:
        telling.turn_off(own, by=request.user, at=at)
    elif chosen:
        webhook = next((one for one in webhooks_of(request.user) if one.reference == chosen), None)
        if webhook:
            telling.post_to(own, webhook=webhook, by=request.user, at=at)
    else:
        telling.turn_on(own, by=request.user, at=at)


@web.page_with_form(KEEP)
def add_site(request: web.SignedIn, reference: str) -> HttpResponse:
    own = own_board(request, reference)
    form = forms.AddSite(web.posted(request))
    tried = web.attempt(request, form, actions.add_site, own, made_of=())
    if tried.is_done:
        return redirect("board", reference)
    return web.not_kept(web.form_page(request, "public_lookup/board/add_site.html", {"board": own, "form": form}))


@web.page_with_form(KEEP)
def site(request: web.SignedIn, reference: str, site: int) -> HttpResponse:
    """A site: say that people worked there and no provider is named, or remove it."""
    own = own_board(request, reference)
    found = get_object_or_404(own.sites, pk=site)
    form = forms.UnnamedWorkers(web.posted(request))
    tried = web.attempt(request, form, actions.report_unnamed, found, made_of=())
    if tried.is_done:
        return redirect("board", reference)
    return web.not_kept(
        web.form_page(request, "public_lookup/board/site.html", {"board": own, "site": found, "form": form})
    )


@web.button(KEEP)
def remove_site(request: web.SignedIn, reference: str, site: int) -> HttpResponse:
    found = get_object_or_404(own_board(request, reference).sites, pk=site)
    actions.remove_site(found, by=request.user, at=timezone.now())
    return redirect("board", reference)


@web.page_with_form(KEEP)
def delete_board(request: web.SignedIn, reference: str) -> HttpResponse:
    """Asks once more first: it cannot be taken back."""
    own, form = own_board(request, reference), Press(web.posted(request))
    tried = web.attempt(request, form, actions.delete, own, made_of=())
    if tried.is_done:
        return redirect("boards")
    return web.not_kept(web.form_page(request, "public_lookup/board/delete.html", {"board": own, "form": form}))
