from django.urls import URLPattern, path

from licensing.addresses import APPLICATION, CASE, DECISION, LICENCE
from licensing.decisions.views import holder as decisions
from licensing.decisions.views import officer

urlpatterns: list[URLPattern] = [
    path(
        f"{APPLICATION}/decisions/<str:decision>/reply/",
        decisions.reply_about_application,
        name="reply_about_application",
    ),
    path(f"{LICENCE}/decisions/<str:decision>/reply/", decisions.reply_about_licence, name="reply_about_licence"),
    *(
        path(f"{CASE}/propose/{kind}/", officer.propose, {"kind": kind}, name=f"propose_{kind}")
        for kind in ("grant", "refuse")
    ),
    path(f"{DECISION}/", officer.decision, name="decision"),
    path(f"{DECISION}/decide/", officer.decide, name="decide"),
    path(f"{DECISION}/decide-otherwise/", officer.decide_otherwise, name="decide_otherwise"),
]
