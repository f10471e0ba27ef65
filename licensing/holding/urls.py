from django.urls import URLPattern, path

from licensing.addresses import APPLICATION, LICENCE
from licensing.holding.views import change_tables, changes, holder, newcomers, surrenders, transfers
from licensing.holding.views import officer as officer_views

urlpatterns: list[URLPattern] = [
    path(f"{APPLICATION}/transfers/<str:transfer>/", transfers.answer_transfer, name="answer_transfer"),
    path(f"{LICENCE}/renew/", holder.renew_licence, name="renew_licence"),
    path(f"{LICENCE}/supply/", holder.tell_supply, name="tell_supply"),
    path(f"{LICENCE}/surrender/", surrenders.surrender_licence, name="surrender_licence"),
    path(f"{LICENCE}/surrender/keep/", surrenders.keep_licence, name="keep_licence"),
    path(f"{LICENCE}/transfer/", transfers.transfer_licence, name="transfer_licence"),
    path(f"{LICENCE}/transfer/<str:transfer>/retract/", transfers.retract_transfer, name="retract_transfer"),
    path(f"{LICENCE}/misuse/", holder.report_misuse, name="report_misuse"),
    path(f"{LICENCE}/changes/", changes.licence_changes, name="licence_changes"),
    path(f"{LICENCE}/changes/tell/<str:kind>/", changes.tell_change, name="tell_change"),
    path(f"{LICENCE}/changes/tell/<str:kind>/table/", change_tables.tell_changes, name="tell_changes"),
    path(f"{LICENCE}/changes/tell/<str:kind>/table/template/", change_tables.changes_template, name="changes_template"),
    path(f"{LICENCE}/changes/tell/<str:kind>/link/", newcomers.change_by_link, name="change_by_link"),
    path(f"{LICENCE}/changes/<str:reference>/", changes.told_change, name="told_change"),
    path(f"{LICENCE}/alter/<str:kind>/", changes.alter_licence, name="alter_licence"),
    path("staff/changes/<str:reference>/", officer_views.change, name="change"),
]
