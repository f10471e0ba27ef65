from django.urls import URLPattern, path

from licensing.addresses import APPLICATION
from licensing.payments.views import applicant as payments
from licensing.payments.views import officer as payments_officer
from licensing.payments.views import provider

urlpatterns: list[URLPattern] = [
    path("card-payments/told/", provider.card_payment_told, name="card_payment_told"),
    path(f"{APPLICATION}/payments/", payments.application_payments, name="application_payments"),
    path(f"{APPLICATION}/payments/card/", payments.pay_by_card, name="pay_by_card"),
    path(f"{APPLICATION}/payments/card/<str:card>/", payments.card_payment, name="card_payment"),
    path("staff/payments/", payments_officer.statements, name="statements"),
    path("staff/payments/waiting.csv", payments_officer.waiting_money_csv, name="waiting_money_csv"),
    path("staff/payments/statements/<str:reference>/", payments_officer.statement, name="statement"),
    path("staff/payments/lines/<str:reference>/", payments_officer.statement_line, name="statement_line"),
    path("staff/payments/lines/<str:reference>/set-aside/", payments_officer.set_aside_line, name="set_aside_line"),
]
