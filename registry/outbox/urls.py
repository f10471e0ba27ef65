from django.urls import URLPattern, path

from registry import worklists
from registry.outbox import views
from registry.outbox.lists import UNDELIVERED

urlpatterns: list[URLPattern] = [
    *worklists.urls((UNDELIVERED,)),
    path("staff/undelivered/<str:reference>/send-again/", views.send_again, name="send_again"),
]
