from django.urls import URLPattern

from registry import steps, worklists
from registry.conflicts.lists import CONFLICTS
from registry.conflicts.steps import CONFLICT, END

urlpatterns: list[URLPattern] = [
    *worklists.urls((CONFLICTS,)),
    *steps.starts_urls((CONFLICT,)),
    *steps.urls((END,)),
]
