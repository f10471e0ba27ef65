from django.urls import URLPattern, path

from licensing.addresses import APPLICATION
from licensing.people_named.views import applicant as parts
from licensing.people_named.views import person as named_person

urlpatterns: list[URLPattern] = [
    path(f"{APPLICATION}/parts/", parts.parts, name="parts"),
    path(f"{APPLICATION}/parts/register/", parts.name_from_register, name="name_from_register"),
    path(f"{APPLICATION}/parts/send/<slug:page>/", parts.send_part, name="send_part"),
    path(f"{APPLICATION}/parts/send/<slug:page>/<slug:item>/", parts.send_part, name="send_part_of"),
    path(f"{APPLICATION}/parts/<str:part>/", parts.part_sent, name="part_sent"),
    path(f"{APPLICATION}/parts/<str:part>/again/", parts.send_part_again, name="send_part_again"),
    path(f"{APPLICATION}/parts/<str:part>/withdraw/", parts.withdraw_part, name="withdraw_part"),
    path("part/<str:code>/", named_person.part, name="part"),
    path("part/<str:code>/number/", named_person.part_pin, name="part_pin"),
    path("part/<str:code>/sign/", named_person.sign_part, name="sign_part"),
    path("part/<str:code>/refuse/", named_person.refuse_part, name="refuse_part"),
    path("part/<str:code>/leave/", named_person.leave_part, name="leave_part"),
    path("part/<str:code>/about/<slug:page>/", named_person.part_page, name="part_page"),
]
