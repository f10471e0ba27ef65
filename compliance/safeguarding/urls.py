from django.urls import URLPattern, path

from compliance.safeguarding.views import exports, work_list
from compliance.safeguarding.views import referrals as safeguarding

REFERRAL = "staff/referrals/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/danger/", work_list.danger, name="danger"),
    path("staff/danger/raise/", work_list.raise_danger, name="raise_danger"),
    path("staff/referrals/new/", safeguarding.prepare, name="prepare_referral"),
    path("staff/referrals/answers/", work_list.follow_up_answers, name="follow_up_answers"),
    path(f"{REFERRAL}/", safeguarding.referral, name="referral"),
    path(f"{REFERRAL}/identify/", safeguarding.identify, name="identify_referral"),
    path(f"{REFERRAL}/look/", safeguarding.look, name="look_referral"),
    path(f"{REFERRAL}/export/", exports.export, name="export_referral"),
]
