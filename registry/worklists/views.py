"""The views of lists that somebody who works here keeps for themselves."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import forms as registry_forms
from registry import web
from registry.worklists import actions, forms
from registry.worklists.models import SavedView, every_list

WORKS_HERE = "registry.work_for_authority"


@web.page(WORKS_HERE)
def saved_views(request: web.SignedIn) -> HttpResponse:
    own = SavedView.objects.filter(user=request.user).order_by("of_list", "name")
    return render(
        request, "registry/worklists/saved_views.html", {"views": [(view, web.address_of(view)) for view in own]}
    )


@web.page_with_form(WORKS_HERE)
def keep_view(request: web.SignedIn, of_list: str) -> HttpResponse:
    """Keep the list as the query of this address has it."""
    if of_list not in dict(every_list()):
        raise Http404
    query = web.query_to_keep(request.GET)
    form = forms.NameView(web.posted(request))
    tried = web.attempt(request, form, actions.keep, of_list=of_list, query=query)
    if tried.is_done:
        return redirect(web.address_of(tried.result))
    back = f"{reverse(of_list)}?{query}"
    return web.show_form(request, form, is_held=False, title=_("Save this view"), press=_("Save the view"), back=back)


@web.page_with_form(WORKS_HERE)
def rename_view(request: web.SignedIn, reference: str) -> HttpResponse:
    view = get_object_or_404(SavedView, reference=reference, user=request.user)
    form = forms.NameView(web.posted(request), initial={"name": view.name})
    tried = web.attempt(request, form, actions.rename, view)
    if tried.is_done:
        return redirect("saved_views")
    return web.show_form(
        request, form, is_held=False, title=_("Rename the view"), press=_("Rename it"), back=reverse("saved_views")
    )


@web.page_with_form(WORKS_HERE)
def remove_view(request: web.SignedIn, reference: str) -> HttpResponse:
    view = get_object_or_404(SavedView, reference=reference, user=request.user)
    form = registry_forms.Confirm(web.posted(request))
    if form.is_valid():
        actions.remove(view, by=request.user, at=timezone.now())
        return redirect("saved_views")
    title = _("Remove the view “%(name)s”") % {"name": view.name}
    return web.show_form(request, form, is_held=False, title=title, press=_("Remove it"), back=reverse("saved_views"))
