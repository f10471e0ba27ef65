"""What materials say: the address that they lead to, and texts for messages in each language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from public_lookup.materials.rules import segments
from registry.campaigns.queries import is_approved
from registry.languages import own_names
from registry.web.addresses import path_in


@dataclass(frozen=True, slots=True)
class MaterialText:
    """A text message in one language, and how many messages it is counted as."""

    language: str
    name: str
    text: str
    segments: int


def address_of(word: str) -> str:
    """The short address of an approved campaign, else the look-up."""
    where = path_in(settings.LANGUAGE_CODE, reverse("code", args=[word])) if is_approved(word) else reverse("check")
    return f"{settings.SITE_ADDRESS}{where}"


def known_languages(asked: Sequence[str], *, most: int) -> list[str]:
    """Those of them that there are, each once, and no more than fit on a sheet."""
    known = [code for code, _name in settings.LANGUAGES]
    return [code for code in dict.fromkeys(asked) if code in known][:most]


def texts(languages: Sequence[str], address: str) -> list[MaterialText]:
    """Without the beginning of the address, which only costs places."""
    names, found = dict(own_names()), []
    for language in languages:
        with translation.override(language):
            said = (_("Check before you start work"), address.partition("://")[2], _("In danger now? Ring 999."))
        text = "{}: {} {}".format(*said)
        found.append(MaterialText(language, names[language], text, segments(text)))
    return found
