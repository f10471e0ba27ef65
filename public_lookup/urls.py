from django.urls import URLPattern, path

from public_lookup.views import follow, many, open_data, private, receipts, verify, worker
from public_lookup.views.labour_user import checks, webhooks

urlpatterns: list[URLPattern] = [
    path("check/", worker.check, name="check"),
    path("check/poster/", worker.poster, name="poster"),
    path("check/private/", private.private, name="private"),
    path("check/private/register.ndjson", private.register, name="snapshot"),
    path("check/private/worker.js", private.worker, name="private_worker"),
    path("check/private/manifest.webmanifest", private.web_manifest, name="private_manifest"),
    path("check/many/", many.give, name="many"),
    path("check/many/<str:key>/", many.results, name="many_list"),
    path("check/many/<str:key>/columns/", many.columns, name="many_columns"),
    path("check/many/<str:key>/results.csv", many.results_csv, name="many_csv"),
    path("check/many/<str:key>/again/", many.again, name="many_again"),
    path("check/many/<str:key>/follow/", many.follow, name="many_follow"),
    path("check/many/<str:key>/remove/", many.remove, name="many_remove"),
    path("check/<str:number>/", worker.entry, name="entry"),
    path("c/<str:code>/", verify.code, name="code"),
    path("verify/", verify.verify, name="verify"),
    path("verify/file/", verify.verify_document, name="verify_document"),
    path("verify/<str:number>/", verify.verify_receipt, name="verify_receipt"),
    path("check/<str:number>/proof/", receipts.take, name="take_receipt"),
    path("proofs/<str:number>/<str:key>/", receipts.receipt, name="receipt"),
    path("proofs/<str:number>/<str:key>/proof.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("proofs/<str:number>/<str:key>/proof.json", receipts.receipt_json, name="receipt_json"),
    path("check/<str:number>/feed.atom", follow.atom, name="feed_atom"),
    path("check/<str:number>/feed.json", follow.json_feed, name="feed_json"),
    path("checks/", checks.checks, name="checks"),
    path("checks/checks.csv", checks.checks_csv, name="checks_csv"),
    path("checks/<str:number>/", checks.check, name="formal_check"),
    path("checks/<str:number>/keep/", checks.keep, name="keep_proof"),
    path("follow/", follow.ask, name="follow_ask"),
    path("follow/webhooks/", webhooks.webhooks, name="webhooks"),
    path("follow/webhooks/<str:reference>/", webhooks.webhook, name="webhook"),
    path("follow/webhooks/<str:reference>/test/", webhooks.test, name="test_webhook"),
    path("follow/webhooks/<str:reference>/pause/", webhooks.pause, name="pause_webhook"),
    path("follow/webhooks/<str:reference>/resume/", webhooks.resume, name="resume_webhook"),
    path("follow/webhooks/<str:reference>/stop/", webhooks.stop, name="stop_webhook"),
    path("follow/webhooks/<str:reference>/unfollow/<int:of>/", webhooks.unfollow, name="unfollow"),
    path("follow/webhooks/<str:reference>/resend/<str:delivery>/", webhooks.resend, name="resend_delivery"),
    path("follow/<str:key>/", follow.follow, name="follow"),
    path("follow/<str:key>/stop/", follow.stop, name="stop"),
    path("data/", open_data.about, name="data"),
    path("badge/<str:number>.svg", open_data.badge, name="badge"),
]

# What has one address whatever the language.
data_files: list[URLPattern] = [
    path("data/register.csv", open_data.register_csv, name="register_csv"),
    path("data/register.json", open_data.register_json, name="register_json"),
    path("data/register.csv-metadata.json", open_data.csv_metadata, name="csv_metadata"),
    path("data/datapackage.json", open_data.data_package, name="data_package"),
    path("sitemap.xml", open_data.sitemap, name="sitemap"),
    path("sitemap/pages.xml", open_data.sitemap_pages, name="sitemap_pages"),
    path("sitemap/entries-<int:part>.xml", open_data.sitemap_entries, name="sitemap_entries"),
]
