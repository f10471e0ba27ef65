from django.urls import URLPattern, path

from compliance.addresses import ONE
from compliance.field.views import app as field_app
from compliance.field.views import pages as field_pages
from compliance.field.views import sync as field_sync

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/sent/", field_pages.sent, name="field_sent"),
    path(f"{ONE}/sent/<uuid:key>/", field_pages.settle, name="settle_field_item"),
    path("staff/field/", field_app.app, name="field"),
    path("staff/field/worker.js", field_app.worker, name="field_worker"),
    path("staff/field/app.webmanifest", field_app.web_manifest, name="field_manifest"),
    path("staff/field/devices/", field_pages.devices, name="field_devices"),
    path("staff/field/devices/<uuid:key>/sign-out/", field_pages.sign_out, name="sign_out_device"),
    path("staff/field/devices/<uuid:key>/standing/", field_sync.device_standing, name="device_standing"),
    path("staff/field/alarm/", field_sync.alarm, name="field_alarm"),
    path("staff/field/check-in/", field_sync.check_in, name="field_check_in"),
    path("staff/field/check-out/", field_sync.check_out, name="field_check_out"),
    path("staff/field/session/", field_sync.session, name="field_session"),
    path("staff/field/common-passphrases/", field_sync.common_passphrases, name="field_common_passphrases"),
    path("staff/field/take-along/", field_sync.take_along, name="field_take_along"),
    path("staff/field/hear/", field_sync.hear, name="field_hear"),
    path("staff/field/piece/", field_sync.piece, name="field_piece"),
    path("staff/field/take/", field_sync.take, name="field_take"),
    path("staff/field/settle/", field_sync.settle, name="field_settle"),
    path("staff/field/finish/", field_sync.finish, name="field_finish"),
]
