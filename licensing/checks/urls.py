from django.urls import URLPattern, path

from licensing.checks.views import exchange, partner
from licensing.checks.views import officer as officer_checks

CHECK = "staff/checks/<str:asked>"

urlpatterns: list[URLPattern] = [
    path("partner/exchange/", exchange.partner_exchange, name="partner_exchange"),
    path("partner/exchange/requests/", exchange.partner_hand_out, name="partner_hand_out"),
    path("partner/checks/<str:reference>/", partner.check, name="partner_check"),
    path("partner/checks/<str:reference>/documents/<str:document>/", partner.document, name="partner_document"),
    path("staff/exchange/", exchange.exchanges, name="exchanges"),
    path("staff/exchange/<str:agency>/", exchange.exchange, name="exchange"),
    path("staff/exchange/<str:agency>/requests/", exchange.hand_out, name="hand_out_checks"),
    path(f"{CHECK}/", officer_checks.check, name="staff_check"),
    path(f"{CHECK}/documents/<str:document>/", officer_checks.reply_document, name="reply_document"),
]
