from django.urls import URLPattern, path

from licensing.addresses import LICENCE, STAFF_LICENCE
from licensing.conditions import views as condition_views

STAFF_CONDITION = f"{STAFF_LICENCE}/conditions/<str:condition>"

urlpatterns: list[URLPattern] = [
    path(f"{LICENCE}/conditions/<str:condition>/evidence/", condition_views.send_evidence, name="send_evidence"),
    path(
        f"{LICENCE}/conditions/<str:condition>/files/<str:document>/",
        condition_views.own_evidence_file,
        name="own_evidence_file",
    ),
    path(
        f"{STAFF_LICENCE}/propose/consent-to-transfer/",
        condition_views.propose_unheard,
        {"kind": "allow_transfer"},
        name="propose_allow_transfer",
    ),
    path(
        f"{STAFF_LICENCE}/propose/refuse-transfer/",
        condition_views.propose_heard,
        {"kind": "refuse_transfer"},
        name="propose_refuse_transfer",
    ),
    path(f"{STAFF_LICENCE}/propose/lift/", condition_views.propose_unheard, {"kind": "lift"}, name="propose_lift"),
    path(f"{STAFF_LICENCE}/propose/impose/", condition_views.propose_heard, {"kind": "impose"}, name="propose_impose"),
    *(
        path(
            f"{STAFF_CONDITION}/propose/{kind}/",
            condition_views.propose_heard,
            {"kind": kind},
            name=f"propose_{kind}",
        )
        for kind in ("fail", "vary")
    ),
    *(
        path(
            f"{STAFF_CONDITION}/propose/{kind}/",
            condition_views.propose_unheard,
            {"kind": kind},
            name=f"propose_{kind}",
        )
        for kind in ("discharge", "extend")
    ),
]
