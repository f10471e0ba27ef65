from django.urls import URLPattern, path

from compliance.sharing_requests import views

urlpatterns: list[URLPattern] = [
    path("report/shared/", views.shared_counts, name="shared_counts"),
    path("report/shared.csv", views.shared_counts_csv, name="shared_counts_csv"),
    path("staff/guarded-sharing/<str:reference>/", views.guarded_sharing, name="guarded_sharing"),
]
