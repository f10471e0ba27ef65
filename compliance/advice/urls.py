from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.advice import views

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/advice/", views.give_advice, name="give_advice"),
]
