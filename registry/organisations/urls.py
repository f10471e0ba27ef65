from django.urls import URLPattern, path

from registry import worklists
from registry.organisations import views as staff
from registry.organisations.lists import ORGANISATIONS

urlpatterns: list[URLPattern] = [
    *worklists.urls((ORGANISATIONS,)),
    path("staff/organisations/<str:reference>/", staff.organisation, name="organisation"),
    path("staff/organisations/<str:reference>/documents/<str:document>/", staff.document, name="organisation_document"),
]
