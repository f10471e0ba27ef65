from django.urls import URLPattern, path

from compliance.safeguarding.views import exports, work_list
from compliance.safeguarding.views import referrals as safeguarding

REFERRAL = "staff/referrals/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/danger/", work_list.danger, name="danger"),
    path("staff/referrals/new/", safeguarding.prepare, name="prepare_referral"),
    path(f"{REFERRAL}/", safeguarding.referral, name="referral"),
    path(f"{REFERRAL}/correct/", safeguarding.correct, name="correct_referral"),
    path(f"{REFERRAL}/identify/", safeguarding.identify, name="identify_person"),
    path(f"{REFERRAL}/look/", safeguarding.look, name="look_at_person"),
    path(f"{REFERRAL}/second-read/", safeguarding.second_read, name="second_read_referral"),
    path(f"{REFERRAL}/give-back/", safeguarding.give_back, name="give_back_referral"),
    path(f"{REFERRAL}/send/", safeguarding.send, name="send_referral"),
    path(f"{REFERRAL}/answer/", safeguarding.answer, name="answer_referral"),
    path(f"{REFERRAL}/conclude/", safeguarding.conclude, name="conclude_referral"),
    path(f"{REFERRAL}/drop/", safeguarding.drop, name="drop_referral"),
    path(f"{REFERRAL}/withdraw-consent/", safeguarding.withdraw_consent, name="withdraw_consent_of_person"),
    path(f"{REFERRAL}/support/", safeguarding.offer_support, name="offer_support"),
    path(f"{REFERRAL}/export/", exports.export, name="export_referral"),
]
