from django.urls import URLPattern, path

from licensing.addresses import DECISION
from licensing.appeals.views import bundles
from licensing.appeals.views import holder as appeals
from licensing.appeals.views import officer as officer_appeals

APPEAL = "staff/appeals/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("licences/appeals/<str:reference>/", appeals.own_appeal, name="own_appeal"),
    path(f"{DECISION}/appeal/", officer_appeals.receive, name="receive_appeal"),
    path("staff/appeals/", bundles.appeals, name="appeals"),
    path("staff/appeals/list.csv", bundles.appeals_csv, name="appeals_csv"),
    path(f"{APPEAL}/", officer_appeals.appeal, name="appeal"),
    path(f"{APPEAL}/bundle/", bundles.bundle, name="appeal_bundle"),
    path(f"{APPEAL}/bundle/<int:bundle>/", bundles.take_bundle, name="take_appeal_bundle"),
    path(f"{APPEAL}/disregard/", officer_appeals.disregard, name="disregard_appeal"),
    path(f"{APPEAL}/acknowledge/", officer_appeals.acknowledge, name="acknowledge_appeal"),
    path(f"{APPEAL}/reply/", officer_appeals.reply, name="reply_appeal"),
    path(f"{APPEAL}/bar/", officer_appeals.bar, name="bar_appeal"),
    path(f"{APPEAL}/leave/", officer_appeals.readmit, name="readmit_appeal"),
    path(f"{APPEAL}/sent/", officer_appeals.tick_off, name="tick_off_appeal"),
    path(f"{APPEAL}/hearing/", officer_appeals.fix_hearing, name="fix_hearing_appeal"),
    path(f"{APPEAL}/determine/", officer_appeals.determine, name="determine_appeal"),
    path(f"{APPEAL}/withdrawn/", officer_appeals.take_back, name="take_back_appeal"),
    path(f"{APPEAL}/carry-out/", officer_appeals.carry_out, name="carry_out_appeal"),
]
