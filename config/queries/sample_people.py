"""The sample people of the demonstration."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.demo.people import SAMPLE_PEOPLE
from registry.roles import ROLES


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody whom the demo signs in by one click."""

    key: str
    email: str
    name: str
    role: str | Promise
    about: str | Promise


# An agent is an applicant like others; what they may do is each organisation's to say.
AGENT = (_("Agent"), _("Fills in and answers for two firms, on their recorded consent"))


def sample_people() -> list[SamplePerson]:
    return [
        SamplePerson(key, f"{key}@demo.example", name, *(AGENT if key == "agent" else _of(role)))
        for key, role, name in SAMPLE_PEOPLE
    ]


def _of(role: str) -> tuple[str | Promise, str | Promise]:
    return ROLES[role].title, ROLES[role].about
