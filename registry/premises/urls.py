from django.urls import URLPattern, path

from registry import worklists
from registry.premises import views as premises_views
from registry.premises.lists import PREMISES

urlpatterns: list[URLPattern] = [
    *worklists.urls((PREMISES,)),
    path("staff/premises/<str:reference>/", premises_views.one_premises, name="one_premises"),
]
