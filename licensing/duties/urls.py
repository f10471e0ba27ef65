from django.urls import URLPattern, path

from licensing.duties import views

urlpatterns: list[URLPattern] = [
    path("duties/", views.duties, name="duties"),
    path("duties/reminders/", views.choose_reminders, name="duty_reminders"),
    path("duties/calendar/<str:code>.ics", views.duties_ics, name="duties_ics"),
    path("duties/calendar/<str:reference>/make/", views.make_calendar, name="make_duty_calendar"),
    path("duties/calendar/<str:reference>/end/", views.end_calendar, name="end_duty_calendar"),
]
