from django.urls import URLPattern, path

from licensing.due_dates import views as due_date_views

urlpatterns: list[URLPattern] = [
    path("staff/dates/", due_date_views.dates_due, name="dates_due"),
    path("staff/dates/list.csv", due_date_views.dates_due_csv, name="dates_due_csv"),
]
