from django.urls import URLPattern, path

from compliance.enforcement.views import cases as enforcement
from compliance.enforcement.views import prosecution, underpayment, undertakings

CASE = "staff/unlicensed/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/unlicensed/new/", enforcement.open_case, name="open_unlicensed_case"),
    path("staff/unlicensed/<str:reference>/", enforcement.case, name="unlicensed_case"),
    path(f"{CASE}/material/", prosecution.material, name="case_material"),
    path(f"{CASE}/material/sort/", prosecution.sort, name="sort_material"),
    path(f"{CASE}/files/new/", prosecution.put_together, name="put_together_file"),
    path(f"{CASE}/files/<int:number>.pdf", prosecution.pdf, name="prosecutor_file_pdf"),
    path("staff/undertakings/<str:reference>/", undertakings.undertaking, name="undertaking"),
    path("staff/underpayments/new/", underpayment.draft, name="draft_underpayment"),
    path("staff/underpayments/<str:reference>/", underpayment.notice, name="underpayment"),
    path("staff/orders/<str:reference>/", underpayment.order, name="conviction_order"),
]
