from django.urls import URLPattern, path

from licensing.addresses import DECISION
from licensing.appeals.views import bundles
from licensing.appeals.views import holder as appeals
from licensing.appeals.views import officer as officer_appeals

APPEAL = "staff/appeals/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("licences/appeals/<str:reference>/", appeals.own_appeal, name="own_appeal"),
    path("licences/appeals/<str:reference>/sent/", appeals.submit_to_tribunal, name="submit_to_tribunal"),
    path("licences/appeals/<str:reference>/files/<str:document>/", appeals.own_appeal_file, name="own_appeal_file"),
    path(f"{DECISION}/appeal/", officer_appeals.receive, name="receive_appeal"),
    path(f"{APPEAL}/", officer_appeals.appeal, name="appeal"),
    path(f"{APPEAL}/files/<str:document>/", officer_appeals.appeal_file, name="appeal_file"),
    path(f"{APPEAL}/bundle/", bundles.bundle, name="appeal_bundle"),
    path(f"{APPEAL}/bundle/<int:bundle>/", bundles.take_bundle, name="take_appeal_bundle"),
]
