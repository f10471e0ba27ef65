from django.urls import URLPattern, path

from compliance.who_saw import views as seen

urlpatterns: list[URLPattern] = [
    path("staff/who-saw/", seen.who_saw, name="who_saw"),
]
