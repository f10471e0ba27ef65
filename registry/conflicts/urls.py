from django.urls import URLPattern, path

from registry import steps
from registry.conflicts import views as conflicts
from registry.conflicts.steps import CONFLICT, END

urlpatterns: list[URLPattern] = [
    *steps.starts_urls((CONFLICT,)),
    *steps.urls((END,)),
    path("staff/conflicts/", conflicts.conflicts, name="conflicts"),
]
