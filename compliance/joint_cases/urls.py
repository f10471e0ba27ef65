from django.urls import URLPattern, path

from compliance.joint_cases import views

PARTNER = "staff/passed-on/joint-cases/<str:reference>"

urlpatterns: list[URLPattern] = [
    path("staff/joint-cases/<str:reference>/", views.joint_case, name="joint_case"),
    path(f"{PARTNER}/", views.partner_joint_case, name="partner_joint_case"),
    path(f"{PARTNER}/step/", views.partner_add_step, name="partner_add_step"),
    path("staff/passed-on/joint-steps/<str:reference>/finish/", views.partner_finish_step, name="partner_finish_step"),
]
