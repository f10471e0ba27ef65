from django.urls import URLPattern, path

from registry.outbox import views

urlpatterns: list[URLPattern] = [
    path("staff/letters/", views.undelivered, name="undelivered"),
    path("staff/undelivered/<str:reference>/send-again/", views.send_again, name="send_again"),
]
