"""Samples: to read a version of a pack before it is in force."""

from datetime import datetime, time

from django.utils import timezone

from registry.licence_numbers import draw_licence_prefix
from registry.papers import printed
from registry.schemes import Scheme
from registry.workdays import last_day_of_term

SAMPLE_NAME = "Sample Labour Ltd"


SAMPLE_TELEPHONE = "01632 960000"


SAMPLE_OTHER = "Other Sample Ltd"


# Numbers are counted from 1: no licence bears this one.
SAMPLE_NUMBER = f"{draw_licence_prefix(SAMPLE_NAME)}0000"


SAMPLE_ADDRESS = {"line_1": "1 Market Place", "town": "Boston", "postcode": "PE21 6EH"}


def sample_holder(scheme: Scheme) -> printed.SampleEntry:
    """Whom the sample of a certificate is about."""
    return printed.SampleEntry(
        number=SAMPLE_NUMBER,
        name=SAMPLE_NAME,
        address=SAMPLE_ADDRESS,
        valid_from=scheme.version,
        valid_until=last_day_of_term(scheme.version, scheme.licence_months),
        sectors=(scheme.sectors[0].code,),
        supplies_to=tuple(nation.code for nation in scheme.nations),
    )


def first_morning(scheme: Scheme) -> datetime:
    """Ten o'clock in London on the first day of the version."""
    return timezone.make_aware(datetime.combine(scheme.version, time(10)))
