from django.urls import URLPattern, path

from licensing.addresses import CASE
from licensing.inspections import views as inspection_views

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/triggers/<str:trigger>/waive/", inspection_views.waive_inspection, name="waive_inspection"),
]
