"""The steps of a licence that any officer may take at any time."""

from django.urls import reverse

from licensing.correspondence.steps import HEADING, adding
from registry.licences.models import Licence
from registry.steps import Steps

LICENCE = Steps(
    Licence,
    "licence",
    url="staff/licences/<str:number>",
    address_of=lambda licence: reverse("staff_licence", args=[licence.number]),
    keys=lambda licence: (licence.number,),
    related=("organisation",),
    rows=lambda user: Licence.objects.open_to(user),
    heading=HEADING,
    facts=lambda licence: {"licence": licence},
    steps=(adding(),),
)
