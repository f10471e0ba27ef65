"""The beginnings of addresses that several rooms share."""

APPLICATION = "apply/<str:reference>"
LICENCE = "licences/<str:number>"
CASE = "staff/applications/<str:reference>"
DECISION = "staff/decisions/<str:reference>"
STAFF_LICENCE = "staff/licences/<str:number>"
