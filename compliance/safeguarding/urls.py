from django.urls import URLPattern, path

from compliance.safeguarding.views import emergency, exports, work_list
from compliance.safeguarding.views import follow_ups as aftercare
from compliance.safeguarding.views import referrals as safeguarding

REFERRAL = "staff/referrals/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/danger/", work_list.danger, name="danger"),
    path("staff/danger/raise/", work_list.raise_danger, name="raise_danger"),
    path("staff/referrals/new/", safeguarding.prepare, name="prepare_referral"),
    path("staff/referrals/answers/", aftercare.follow_up_answers, name="follow_up_answers"),
    path(f"{REFERRAL}/", safeguarding.referral, name="referral"),
    path(f"{REFERRAL}/correct/", safeguarding.correct, name="correct_referral"),
    path(f"{REFERRAL}/identify/", safeguarding.identify, name="identify_person"),
    path(f"{REFERRAL}/look/", safeguarding.look, name="look_at_person"),
    path(f"{REFERRAL}/second-read/", safeguarding.second_read, name="second_read_referral"),
    path(f"{REFERRAL}/give-back/", safeguarding.give_back, name="give_back_referral"),
    path(f"{REFERRAL}/send/", safeguarding.send, name="send_referral"),
    path(f"{REFERRAL}/send-at-once/", emergency.send_at_once, name="send_referral_at_once"),
    path(f"{REFERRAL}/read-after/", emergency.read_after, name="read_referral_after"),
    path(f"{REFERRAL}/follow-ups/begin/", aftercare.begin_referral_follow_up, name="begin_referral_follow_up"),
    path(f"{REFERRAL}/answer/", safeguarding.answer, name="answer_referral"),
    path(f"{REFERRAL}/conclude/", safeguarding.conclude, name="conclude_referral"),
    path(f"{REFERRAL}/drop/", safeguarding.drop, name="drop_referral"),
    path(f"{REFERRAL}/withdraw-consent/", safeguarding.withdraw_consent, name="withdraw_consent_of_person"),
    path(f"{REFERRAL}/support/", safeguarding.offer_support, name="offer_support"),
    path(f"{REFERRAL}/export/", exports.export, name="export_referral"),
]
