"""From what is printed on a certificate to the register: paper says nothing, the register does."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from public_lookup import forms, queries, web


@web.public
def verify(request: HttpRequest) -> HttpResponse:
    form = forms.Verify(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _to_entry(form)
    page = {"form": form, "posted": web.posted(request)}
    return web.not_kept(render(request, "public_lookup/verify.html", page, status=web.status_of(form)))


@web.public
def code(request: HttpRequest, code: str) -> HttpResponse:
    form = forms.Verify({"code": code})
    if form.is_valid():
        return _to_entry(form)
    return web.not_kept(render(request, "public_lookup/verify.html", {"form": form}, status=404))


def _to_entry(form: forms.Verify) -> HttpResponse:
    return HttpResponseRedirect(reverse("entry", args=[queries.number_of(form.cleaned_data["code"])]), status=303)
