from django.urls import URLPattern, path

from licensing.addresses import LICENCE, STAFF_LICENCE
from licensing.licences.views import holder as licences
from licensing.licences.views import officer as licences_officer

urlpatterns: list[URLPattern] = [
    path("licences/", licences.licences, name="licences"),
    path(f"{LICENCE}/", licences.licence, name="licence"),
    path(f"{LICENCE}/certificate/", licences.licence_certificate, name="licence_certificate"),
    path(f"{LICENCE}/show/", licences.show_licence, name="show_licence"),
    path(f"{STAFF_LICENCE}/", licences_officer.licence, name="staff_licence"),
    path(
        f"{STAFF_LICENCE}/conditions/<str:condition>/files/<str:document>/",
        licences_officer.evidence_file,
        name="evidence_file",
    ),
    path(f"{STAFF_LICENCE}/change-numbers/", licences_officer.change_numbers, name="change_numbers"),
    *(
        path(f"{STAFF_LICENCE}/propose/{kind}/", licences_officer.propose, {"kind": kind}, name=f"propose_{kind}")
        for kind in ("suspend", "revoke")
    ),
]
