from django.urls import URLPattern, path

from registry.holidays import views as holidays

urlpatterns: list[URLPattern] = [
    path("staff/holidays/", holidays.holidays, name="holidays"),
    path("staff/holidays/add/", holidays.add_holiday, name="add_holiday"),
    path("staff/holidays/<slug:calendar>/<str:day>/remove/", holidays.remove_holiday, name="remove_holiday"),
]
