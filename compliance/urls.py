"""Every address of this app, room by room; the order matters where one could be read as another."""

from django.urls import URLPattern, URLResolver, include, path

from compliance import declared as lists
from compliance.declared import STEPS
from compliance.reports import urls as reports
from registry import steps, worklists

urlpatterns: list[URLPattern | URLResolver] = [
    *worklists.urls(lists.LISTS),
    *steps.urls(STEPS),
    path("", include("compliance.sharing_requests.urls")),
    path("", include("compliance.reports.urls")),
    path("", include("compliance.joint_cases.urls")),
    path("", include("compliance.passed_on.urls")),
    path("", include("compliance.intelligence.urls")),
    path("", include("compliance.releases.urls")),
    path("", include("compliance.bulletins.urls")),
    path("", include("compliance.enforcement.urls")),
    path("", include("compliance.danger.urls")),
    path("", include("compliance.safeguarding.urls")),
    path("", include("compliance.inspections.urls")),
    path("", include("compliance.contradictions.urls")),
    path("", include("compliance.plans.urls")),
    path("", include("compliance.check_ins.urls")),
    path("", include("compliance.inspection_reports.urls")),
    path("", include("compliance.follow_ups.urls")),
    path("", include("compliance.interviews.urls")),
    path("", include("compliance.field.urls")),
    path("", include("compliance.exhibits.urls")),
    path("", include("compliance.targeting.urls")),
    path("", include("compliance.prevention.urls")),
    path("", include("compliance.outreach.urls")),
    path("", include("compliance.statistics.urls")),
    path("", include("compliance.training.urls")),
]

webhooks: list[URLPattern] = reports.webhooks
