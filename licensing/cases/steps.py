"""The steps of an application that any officer may take at any time."""

from licensing.applications.models import Application
from licensing.correspondence.steps import HEADING, adding
from registry.steps import Steps

CASE = Steps(
    Application,
    "case",
    page="application",
    url="staff/applications/<str:reference>",
    related=("organisation",),
    rows=lambda user: Application.objects.handed_in_to(user),
    heading=HEADING,
    facts=lambda application: {"application": application},
    steps=(adding(),),
)
