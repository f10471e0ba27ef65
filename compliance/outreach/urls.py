from django.urls import URLPattern, path

from compliance.outreach import views

urlpatterns: list[URLPattern] = [
    path("staff/campaigns/", views.campaigns, name="campaigns"),
    path("staff/campaigns/plan/", views.plan_campaign, name="plan_campaign"),
    path("staff/campaigns/call/", views.count_call, name="count_call"),
    path("staff/campaigns/<str:reference>/", views.campaign, name="campaign"),
]
