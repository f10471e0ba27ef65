from django.urls import URLPattern, path

from compliance.prevention import views

urlpatterns: list[URLPattern] = [
    path("staff/prevention/", views.prevention, name="prevention"),
    path("staff/prevention/again/", views.count_prevention_again, name="count_prevention_again"),
    path("staff/prevention/<slug:scheme>/change/", views.record_prevention_change, name="record_prevention_change"),
]
