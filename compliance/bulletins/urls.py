from django.urls import URLPattern, path

from compliance.bulletins import views

urlpatterns: list[URLPattern] = [
    path("staff/bulletins/", views.bulletins, name="bulletins"),
    path("staff/bulletins/write/", views.write, name="write_bulletin"),
    path("staff/bulletins/<str:reference>/", views.bulletin, name="bulletin"),
    path("partner/bulletins/", views.partner_bulletins, name="partner_bulletins"),
    path("partner/bulletins/<str:reference>/", views.partner_bulletin, name="partner_bulletin"),
]
