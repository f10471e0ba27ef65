"""A holder shows its suppliers by a link that ends; a labour user takes them onto its own board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from public_lookup import web as look_up
from public_lookup.board.actions import boards as begun
from public_lookup.board.actions import sharing as actions
from public_lookup.board.forms import sharing as forms
from public_lookup.board.models.boards import SupplierLine
from public_lookup.board.queries import boards as queries
from public_lookup.board.queries import chains as found
from public_lookup.board.views.common import KEEP, answers_to, own_board
from registry import web


@web.page_with_form(KEEP)
def chains(request: web.SignedIn, reference: str) -> HttpResponse:
    """The links that show one's suppliers to others; one more can be made, and each be ended."""
    own, now = own_board(request, reference), timezone.now()
    on = timezone.localdate(now)
    lines = SupplierLine.objects.of_board(own).supplying_on(on).filter(supplier_of=None).select_related("site")
    form = forms.ShareChain(web.posted(request), board_lines=list(lines.order_by("name", "pk")))
    tried = web.attempt(request, form, actions.share, own, made_of=())
    if tried.is_done:
        return redirect("supplier_chains", reference)
    shares = [(share, share.is_open(on)) for share in found.shares_of(own)]
    page = {"board": own, "form": form, "shares": shares, "holder": found.holder_listing(own)}
    return web.not_kept(web.form_page(request, "public_lookup/board/chains.html", page))


@web.button(KEEP)
def end_chain(request: web.SignedIn, reference: str, share: int) -> HttpResponse:
    own = own_board(request, reference)
    actions.end_share(get_object_or_404(own.shares, pk=share), by=request.user, at=timezone.now())
    return redirect("supplier_chains", reference)


@look_up.writing
def chain(request: HttpRequest, key: str) -> HttpResponse:
    """What a holder shows to those who have the address: kept nowhere, found by no search engine, until its last day."""
    now = timezone.now()
    share = found.share_of(key, on=timezone.localdate(now))
    if share is None:
        return web.not_kept(render(request, "public_lookup/board/ended.html", status=404))
    page = {"chain": found.chain_shown(share, at=now), "key": key, "at": now}
    return web.not_kept(render(request, "public_lookup/board/chain.html", page))


@web.page_with_form(KEEP)
def take_chain(request: web.SignedIn, key: str) -> HttpResponse:
    """Take a holder and the suppliers that it shows onto one's own board, with one press."""
    now = timezone.now()
    on = timezone.localdate(now)
    share = found.share_of(key, on=on)
    if share is None:
        return web.not_kept(render(request, "public_lookup/board/ended.html", status=404))
    own = queries.boards_of(request.user).exclude(pk=share.board_id).first()
    shown = found.chain_shown(share, at=now)
    sites = list(own.sites.order_by("name")) if own else []
    form = forms.TakeChain(web.posted(request), initial={"site": sites[0].name if sites else ""})
    if form.is_valid():
        own = own or begun.begin(of=next(iter(queries.may_begin(request.user, on=on)), ""), by=request.user, at=now)
        lines = found.lines_to_take(own, shown, site=form.cleaned_data["site"], on=on)
        with web.reasons_on(form):
            actions.take(own, share=share, lines=lines, answers=answers_to(lines, now), by=request.user, at=now)
            return redirect("board", own.reference)
    page = {"form": form, "chain": shown, "key": key, "sites": sites}
    return web.not_kept(web.form_page(request, "public_lookup/board/take.html", page))
