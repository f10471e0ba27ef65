from django.urls import URLPattern, path

from licensing.correspondence import views
from licensing.correspondence.steps import URL

urlpatterns: list[URLPattern] = [
    path(f"{URL}/", views.file_entry, name="file_entry"),
    path(f"{URL}/files/<str:document>/", views.entry_file, name="entry_file"),
    path(f"{URL}/files/<str:document>/shown/", views.shown_entry_file, name="shown_entry_file"),
    path("staff/applications/<str:reference>/correspondence/", views.correspondence, name="correspondence"),
]
