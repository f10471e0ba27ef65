from django.urls import URLPattern, path

from compliance.enforcement.views import cases as enforcement
from compliance.enforcement.views import prosecution, underpayment, undertakings

CASE = "staff/unlicensed/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/unlicensed/", enforcement.cases, name="unlicensed_cases"),
    path("staff/unlicensed/list.csv", enforcement.cases_csv, name="unlicensed_cases_csv"),
    path("staff/unlicensed/new/", enforcement.open_case, name="open_unlicensed_case"),
    path("staff/unlicensed/<str:reference>/", enforcement.case, name="unlicensed_case"),
    path(f"{CASE}/material/", prosecution.material, name="case_material"),
    path(f"{CASE}/material/sort/", prosecution.sort, name="sort_material"),
    path(f"{CASE}/material/add/", prosecution.add, name="add_material"),
    path(f"{CASE}/files/new/", prosecution.put_together, name="put_together_file"),
    path(f"{CASE}/files/<int:number>.pdf", prosecution.pdf, name="prosecutor_file_pdf"),
    path(f"{CASE}/files/<int:number>/read/", prosecution.read, name="read_prosecutor_file"),
    path(f"{CASE}/files/<int:number>/hand-over/", prosecution.hand_over, name="hand_over_prosecutor_file"),
    path("staff/unlicensed/<str:reference>/<slug:act>/", enforcement.case_act, name="unlicensed_case_act"),
    path("staff/undertakings/", undertakings.undertakings, name="undertakings"),
    path("staff/undertakings/list.csv", undertakings.undertakings_csv, name="undertakings_csv"),
    path("staff/undertakings/<str:reference>/", undertakings.undertaking, name="undertaking"),
    path("staff/undertakings/<str:reference>/<slug:act>/", undertakings.undertaking_act, name="undertaking_act"),
    path("staff/underpayments/", underpayment.notices, name="underpayments"),
    path("staff/underpayments/list.csv", underpayment.notices_csv, name="underpayments_csv"),
    path("staff/underpayments/new/", underpayment.draft, name="draft_underpayment"),
    path("staff/underpayments/<str:reference>/", underpayment.notice, name="underpayment"),
    path("staff/underpayments/<str:reference>/<slug:act>/", underpayment.notice_act, name="underpayment_act"),
    path("staff/orders/<str:reference>/", underpayment.order, name="conviction_order"),
    path("staff/orders/<str:reference>/<slug:act>/", underpayment.order_act, name="conviction_order_act"),
]
