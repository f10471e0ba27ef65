"""The beginnings of addresses that several rooms share."""

ONE = "staff/inspections/<str:reference>"
