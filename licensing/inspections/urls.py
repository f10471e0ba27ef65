from django.urls import URLPattern, path

from licensing.addresses import CASE
from licensing.inspections import views as inspection_views

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/triggers/<str:trigger>/waive/", inspection_views.waive_inspection, name="waive_inspection"),
    path(f"{CASE}/triggers/<str:trigger>/take-back/", inspection_views.take_back_waiver, name="take_back_waiver"),
    path(
        f"{CASE}/commission-inspection/",
        inspection_views.commission_inspection,
        name="commission_for_application",
    ),
]
