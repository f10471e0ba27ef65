"""The numbers and addresses that people type: checked, and brought to the one form that is stored and compared.

Each function takes what was typed and returns the normal form, or raises `Invalid` with a sentence to show beside the
field. Spaces, hyphens and small letters are always welcome.
"""

import re
import string
import unicodedata
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.gb import utr as stdnum_utr
from stdnum.gb import vat as stdnum_vat


class InvalidIdentifier(ValueError):
    """What was typed is not such a number or address. Programs read the code, people read the text."""

    def __init__(self, code: str, text: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.text = text

    def __str__(self) -> str:
        return str(self.text)


_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−\u200b-\u200f\ufeff]+")


def without_separators(text: str) -> str:
    """Capitals without spaces, hyphens, dashes and what cannot be seen."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


# -- companies and tax ------------------------------------------------------------------------------------------------

# Prefixes of the registrar's numbers, by jurisdiction and kind (Companies House, register of company numbers).
_COMPANY_PREFIXES = (
    "AC|BR|CE|CS|EN|ES|FC|FE|GE|GN|GS|IC|LP|NA|NC|NF|NI|NL|NO|NP|NR|NV|NZ|OC|OE|PC|RC|SA|SC|SE|SF|SG|SI|SL|SO|SR|SZ|ZC"
)
_COMPANY_SHORT = re.compile(r"([A-Z]{2}|R(?=0)|)([0-9]{1,8})")
_COMPANY = re.compile(
    rf"[0-9]{{8}}|(?:{_COMPANY_PREFIXES})[0-9]{{6}}|R0[0-9]{{6}}|SL[0-9]{{5}}A|(?:IP|SP|RS|NO|NP)[0-9]{{5}}[0-9A-Z]"
)
#: How a number of the registrar is read, for the private look-up: written short, and whole.
COMPANY_PATTERNS = (_COMPANY_SHORT.pattern, _COMPANY.pattern)


def company_number(text: str) -> str:
    """Eight characters as the registrar writes them: `445790` is 00445790, `sc 1234` is SC001234."""
    number = without_separators(text)
    if short := _COMPANY_SHORT.fullmatch(number):
        number = short[1] + short[2].zfill(8 - len(short[1]))
    if not _COMPANY.fullmatch(number) or not number.strip(string.ascii_letters + "0"):
        raise InvalidIdentifier(
            "company_number", _("Enter a company number of 8 characters, like 01234567 or SC123456.")
        )
    return number


_UTR = re.compile(r"K?([0-9]{10})K?")


def utr(text: str) -> str:
    """A Unique Taxpayer Reference: ten digits, the first of which checks the rest. The K that some letters add is dropped."""
    found = _UTR.fullmatch(without_separators(text))
    if not found or not stdnum_utr.is_valid(found[1]):
        raise InvalidIdentifier(
            "utr", _("Enter a Unique Taxpayer Reference of 10 digits. Check it against a letter from HMRC.")
        )
    return found[1]


_VAT = re.compile(r"(?:GB|XI)?([0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})")


def vat(text: str) -> str:
    """A VAT registration number without its country letters: nine digits, twelve for a branch; its check digits hold."""
    found = _VAT.fullmatch(without_separators(text).replace(".", ""))
    if not found or not stdnum_vat.is_valid(found[1]):
        raise InvalidIdentifier("vat", _("Enter a VAT registration number of 9 digits, like 123 4567 82."))
    return found[1]


_PAYE = re.compile(r"([0-9]{3})/?([A-Z0-9]{1,10})")


def paye(text: str) -> str:
    """An employer's PAYE reference: the tax office's three digits, a stroke, the employer's own part: 123/AB456."""
    found = _PAYE.fullmatch(without_separators(text).replace("\\", "/"))
    if not found:
        raise InvalidIdentifier("paye", _("Enter an employer PAYE reference, like 123/AB456."))
    return f"{found[1]}/{found[2]}"


# The letters that are never given out: HMRC, National Insurance Manual NIM39110.
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")


def nino(text: str) -> str:
    """A National Insurance number: QQ123456C in its shape, with two letters that are really used."""
    number = without_separators(text)
    if not _NINO.fullmatch(number):
        raise InvalidIdentifier(
            "nino", _("Enter a National Insurance number: 2 letters, 6 numbers, then A, B, C or D.")
        )
    return number


# -- where and how to reach someone -----------------------------------------------------------------------------------

# Position by position as the Postcode Address File does it; Guernsey, Jersey and the Isle of Man follow the same shape.
_POSTCODE = re.compile(
    r"(GIR(?=0AA)"
    r"|[A-PR-UWYZ][0-9][0-9ABCDEFGHJKPSTUW]?"
    r"|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)"
    r"([0-9][ABD-HJLNP-UW-Z]{2})"
)


def postcode(text: str) -> str:
    """A postcode in capitals with its one space: `ec1a1bb` is EC1A 1BB."""
    found = _POSTCODE.fullmatch(without_separators(text))
    if not found:
        raise InvalidIdentifier("postcode", _("Enter a full UK postcode, like AA3 1AB."))
    return f"{found[1]} {found[2]}"


def district_in(text: str) -> str:
    """The district of the last postcode in a text, such as an address: EC1A of EC1A 1BB. Empty where there is none."""
    words = text.upper().replace(",", " ").split()
    for number in range(len(words), 0, -1):
        for parts in (words[number - 2 : number], words[number - 1 : number]):
            if found := _POSTCODE.fullmatch("".join(parts)):
                return found[1]
    return ""


def tidy_postcode(text: str) -> str:
    """A postcode in its normal form; one that is none as it was written."""
    try:
        return postcode(text)
    except InvalidIdentifier:
        return text


# Set aside by Ofcom for drama, never connected: sample data and training use them, libphonenumber does not know them.
_DRAMA_NUMBER = re.compile(r"\+44(?:7700900|1632960)[0-9]{3}")


def _parsed_telephone(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(unicodedata.normalize("NFKC", text), "GB")
    except phonenumbers.NumberParseException:
        return None


def telephone(text: str) -> str:
    """A telephone number with its country code: `020 7946 0123` is +442079460123. British unless it says otherwise."""
    parsed = _parsed_telephone(text)
    if parsed is None:
        raise InvalidIdentifier("telephone", _("Enter a telephone number, like 01632 960 001 or +44 808 157 0192."))
    if parsed.extension:
        raise InvalidIdentifier("telephone_extension", _("Enter the telephone number without its extension."))
    number = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    if not (phonenumbers.is_valid_number(parsed) or _DRAMA_NUMBER.fullmatch(number)):
        raise InvalidIdentifier("telephone", _("Enter a telephone number, like 01632 960 001 or +44 808 157 0192."))
    return number


# Of the numbers for drama, those of mobile telephones.
_DRAMA_MOBILE = "+447700900"
_MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


def mobile(text: str, *, regions: Collection[str]) -> str:
    """A telephone number to which text messages go, in one of these regions (`GB`): `07700 900 123` is +447700900123."""
    number = telephone(text)
    parsed = phonenumbers.parse(number)
    is_drama = number.startswith(_DRAMA_MOBILE) and "GB" in regions
    in_regions = phonenumbers.region_code_for_number(parsed) in regions
    if not is_drama and not (in_regions and phonenumbers.number_type(parsed) in _MOBILE):
        raise InvalidIdentifier(
            "mobile", _("We cannot send text messages to this number. Enter a mobile number, like 07700 900 123.")
        )
    return number


def telephone_display(number: str) -> str:
    """A stored telephone number as people read and dial it: without the country code if it is British."""
    parsed = phonenumbers.parse(number)
    layout = phonenumbers.PhoneNumberFormat
    return str(
        phonenumbers.format_number(parsed, layout.NATIONAL if parsed.country_code == 44 else layout.INTERNATIONAL)
    )


_HOST_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?:{_HOST_LABEL}\.)+[^\W\d_](?:[\w-]{{0,61}}[^\W_])")
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def email(text: str) -> str:
    """An e-mail address in small letters, so that one mailbox is one address."""
    mailbox, _at, host = text.strip().lower().rpartition("@")
    if len(mailbox) > 64 or len(host) > 189 or not _MAILBOX.fullmatch(mailbox) or not _HOST.fullmatch(host):
        raise InvalidIdentifier("email", _("Enter an email address in the right format, like name@example.com."))
    return f"{mailbox}@{host}"


def _website_parts(text: str) -> tuple[str, str, str, str]:
    address = text.strip()
    if "//" not in address.partition("?")[0]:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "", "", "", ""
    # A name before an @ makes an address look like another firm's.
    host = "" if "@" in parts.netloc else (parts.hostname or "")
    path = "" if parts.path == "/" else parts.path
    return parts.scheme.lower(), host, port, path + (f"?{parts.query}" if parts.query else "")


_LONGEST_WEBSITE = 200
_UNSEEMLY = re.compile(r"[\s\x00-\x1f\x7f\\\"'<>]")


def website(text: str) -> str:
    """A web address that begins with http or https and names a host; https if nothing was said."""
    # One character too many stays one too many; the rest of an endless text is not looked at.
    scheme, host, port, rest = _website_parts(text[: _LONGEST_WEBSITE + 1])
    address = f"{scheme}://{host}{port}{rest}"
    seemly = len(address) <= _LONGEST_WEBSITE and not _UNSEEMLY.search(address)
    if not (seemly and scheme in ("http", "https") and _HOST.fullmatch(host)):
        raise InvalidIdentifier("website", _("Enter a web address, like www.example.com."))
    return address


# The shapes that DVLA and the Driver & Vehicle Agency of Northern Ireland have issued; the groups get the space between.
_UK_PLATE = re.compile(
    r"([A-Z]{2}[0-9]{2})([A-Z]{3})"  # since 2001
    r"|([A-Z][0-9]{1,3})([A-Z]{3})"  # 1983 to 2001
    r"|([A-Z]{3})([0-9]{1,4}[A-Z]?)"  # 1963 to 1983, and Northern Ireland
    r"|([A-Z]{1,2})([0-9]{1,4})"  # without a date
    r"|([0-9]{1,4})([A-Z]{1,3})"
)
_ANY_PLATE = re.compile(r"(?=[A-Z]*[0-9])[A-Z0-9]{2,10}")


def vehicle_registration(text: str) -> str:
    """A registration mark in capitals, spaced as on a British plate.

    Workers' minibuses also come from abroad, so a mark of another country is kept as it is, without spaces.
    """
    mark = without_separators(text)
    if found := _UK_PLATE.fullmatch(mark):
        return " ".join(group for group in found.groups() if group)
    if not _ANY_PLATE.fullmatch(mark):
        raise InvalidIdentifier("vehicle_registration", _("Enter a vehicle registration number, like AB12 CDE."))
    return mark


LINES = ("line_1", "line_2", "town", "county", "postcode")
# What is typed as the county of an address outside the United Kingdom is its country, which is written last.
LINES_ABROAD = ("line_1", "line_2", "town", "postcode", "county")


def lines_of(address: Mapping[str, str]) -> list[str]:
    """An address, line by line, as it is written on an envelope."""
    order = LINES_ABROAD if address.get("country") == "elsewhere" else LINES
    return [line for key in order if (line := address.get(key, ""))]
