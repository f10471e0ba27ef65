from django.urls import URLPattern, path

from registry.trail import views as auditor
from registry.trail.lists import TRAIL
from registry.worklists.lists import urls as list_urls

urlpatterns: list[URLPattern] = [
    *list_urls((TRAIL,)),
    path("staff/trail/verify/", auditor.verify_trail, name="verify_trail"),
]
