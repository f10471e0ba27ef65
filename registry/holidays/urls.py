from django.urls import URLPattern, path

from registry import worklists
from registry.holidays import views as holidays
from registry.holidays.lists import HOLIDAYS

urlpatterns: list[URLPattern] = [
    *worklists.urls((HOLIDAYS,)),
    path("staff/holidays/add/", holidays.add_holiday, name="add_holiday"),
    path("staff/holidays/<slug:calendar>/<str:day>/remove/", holidays.remove_holiday, name="remove_holiday"),
]
