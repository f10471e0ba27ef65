from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.contradictions import views

ANSWERED = f"{ONE}/contradictions/<slug:code>/<str:place>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/contradictions/", views.compared, name="inspection_contradictions"),
    path(f"{ANSWERED}/ask/", views.ask, name="ask_contradiction"),
    path(f"{ANSWERED}/accept/", views.accept, name="accept_contradiction"),
    path(f"{ANSWERED}/explain/", views.explain, name="explain_contradiction"),
]
