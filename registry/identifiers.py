"""The numbers and addresses that people type: checked, and brought to the one form that is stored and compared.

Each function takes what was typed and returns the normal form, or raises `Invalid` with a sentence to show beside the
field. Spaces, hyphens and small letters are always welcome.
"""

import itertools
import re
import secrets
import string
import unicodedata
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.gb import utr as stdnum_utr
from stdnum.gb import vat as stdnum_vat


class Invalid(ValueError):
    """What was typed is not such a number or address. Programs read the code, people read the text."""

    def __init__(self, code: str, text: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.text = text

    def __str__(self) -> str:
        return str(self.text)


_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−\u200b-\u200f\ufeff]+")


def _compact(text: str) -> str:
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
    number = _compact(text)
    if short := _COMPANY_SHORT.fullmatch(number):
        number = short[1] + short[2].zfill(8 - len(short[1]))
    if not _COMPANY.fullmatch(number) or not number.strip(string.ascii_letters + "0"):
        raise Invalid("company_number", _("Enter a company number of 8 characters, like 01234567 or SC123456."))
    return number


_UTR = re.compile(r"K?([0-9]{10})K?")


def utr(text: str) -> str:
    """A Unique Taxpayer Reference: ten digits, the first of which checks the rest. The K that some letters add is dropped."""
    found = _UTR.fullmatch(_compact(text))
    if not found or not stdnum_utr.is_valid(found[1]):
        raise Invalid("utr", _("Enter a Unique Taxpayer Reference of 10 digits. Check it against a letter from HMRC."))
    return found[1]


_VAT = re.compile(r"(?:GB|XI)?([0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})")


def vat(text: str) -> str:
    """A VAT registration number without its country letters: nine digits, twelve for a branch; its check digits hold."""
    found = _VAT.fullmatch(_compact(text).replace(".", ""))
    if not found or not stdnum_vat.is_valid(found[1]):
        raise Invalid("vat", _("Enter a VAT registration number of 9 digits, like 123 4567 82."))
    return found[1]


_PAYE = re.compile(r"([0-9]{3})/?([A-Z0-9]{1,10})")


def paye(text: str) -> str:
    """An employer's PAYE reference: the tax office's three digits, a stroke, the employer's own part: 123/AB456."""
    found = _PAYE.fullmatch(_compact(text).replace("\\", "/"))
    if not found:
        raise Invalid("paye", _("Enter an employer PAYE reference, like 123/AB456."))
    return f"{found[1]}/{found[2]}"


# The letters that are never given out: HMRC, National Insurance Manual NIM39110.
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")


def nino(text: str) -> str:
    """A National Insurance number: QQ123456C in its shape, with two letters that are really used."""
    number = _compact(text)
    if not _NINO.fullmatch(number):
        raise Invalid("nino", _("Enter a National Insurance number: 2 letters, 6 numbers, then A, B, C or D."))
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
    found = _POSTCODE.fullmatch(_compact(text))
    if not found:
        raise Invalid("postcode", _("Enter a full UK postcode, like AA3 1AB."))
    return f"{found[1]} {found[2]}"


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
        raise Invalid("telephone", _("Enter a telephone number, like 01632 960 001 or +44 808 157 0192."))
    if parsed.extension:
        raise Invalid("telephone_extension", _("Enter the telephone number without its extension."))
    number = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    if not (phonenumbers.is_valid_number(parsed) or _DRAMA_NUMBER.fullmatch(number)):
        raise Invalid("telephone", _("Enter a telephone number, like 01632 960 001 or +44 808 157 0192."))
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
        raise Invalid(
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
        raise Invalid("email", _("Enter an email address in the right format, like name@example.com."))
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
        raise Invalid("website", _("Enter a web address, like www.example.com."))
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
    mark = _compact(text)
    if found := _UK_PLATE.fullmatch(mark):
        return " ".join(group for group in found.groups() if group)
    if not _ANY_PLATE.fullmatch(mark):
        raise Invalid("vehicle_registration", _("Enter a vehicle registration number, like AB12 CDE."))
    return mark


# -- our own numbers --------------------------------------------------------------------------------------------------

#: The last number of a prefix; after it the prefix varies.
LAST_NUMBER = 9999
#: How many prefixes share their first two letters.
VARIATIONS = 26 * 26

_ARTICLES = frozenset({"the", "a", "an", "and", "of", "y", "yr", "i", "o"})
_INSIDE_WORDS = dict.fromkeys(map(ord, "'’"))
_LICENCE_NUMBER = re.compile(r"[A-Z]{4}[0-9]{4}")
_AS_LETTERS = str.maketrans("01", "OI")
_AS_FIGURES = str.maketrans("OIL", "011")


def draw_licence_prefix(name: str) -> str:
    """The four letters that the licence numbers of this name begin with: those of its first significant word, padded.

    Give it `names.fold(name)` where the script may not be Latin. A name without any letter from A to Z gets XXXX.
    """
    letters = unicodedata.normalize("NFKD", name).lower().translate(_INSIDE_WORDS)
    words = re.findall(r"[a-z]+", "".join(c for c in letters if not unicodedata.combining(c)))
    significant = [word for word in words if len(word) > 1 and word not in _ARTICLES]
    first = next(iter(significant), "".join(words))
    return first[:4].upper().ljust(4, "X")


def vary(prefix: str, k: int) -> str:
    """The prefix to draw from after `k` neighbours are used up: the third and fourth letters move on, ZZ is followed by AA."""
    if not 0 <= k < VARIATIONS:
        raise ValueError(f"there are {VARIATIONS} variations of a prefix, from 0")
    third, fourth = (string.ascii_uppercase.index(letter) for letter in prefix[2:])
    third, fourth = divmod((third * 26 + fourth + k) % VARIATIONS, 26)
    return prefix[:2] + string.ascii_uppercase[third] + string.ascii_uppercase[fourth]


def make_licence_number(prefix: str, n: int) -> str:
    """The n-th licence number of a prefix, from 1: ABCD0001."""
    if not 1 <= n <= LAST_NUMBER:
        raise ValueError(f"a prefix has the numbers 1 to {LAST_NUMBER}")
    return f"{prefix}{n:04}"


def looks_like_licence_number(text: str) -> str | None:
    """The licence number that was meant, if this can be one; None for anything else, such as a name.

    O and zero, and I, L and one, are told apart by where they stand.
    """
    compact = _compact(text)
    head, tail = compact[:4], compact[4:]
    if head.isdigit() or not re.search(r"[0-9]", tail):
        return None
    number = head.translate(_AS_LETTERS) + tail.translate(_AS_FIGURES)
    return number if _LICENCE_NUMBER.fullmatch(number) else None


def licence_number(text: str) -> str:
    """A licence number as it is stored: `abcd 0001` is ABCD0001."""
    number = looks_like_licence_number(text)
    if number is None:
        raise Invalid("licence_number", _("Enter a licence number: 4 letters and 4 numbers, like ABCD0001."))
    return number


# Figures and letters without I, L, O and U (Crockford's base 32): nothing that is misread or spells a word by accident.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_CODE = re.compile(f"[{_ALPHABET}]{{8}}")


def _doubled(value: int) -> int:
    """Twice the value in the field of 32 elements, x to the fifth = x squared + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _check_sum(characters: str) -> int:
    """Nothing for a whole code. One wrong character, or any two exchanged, always leave a remainder."""
    total = 0
    for character in characters:
        total = _doubled(total) ^ _ALPHABET.index(character)
    return total


def make_code(random: bytes) -> str:
    """A short code of eight characters from five or more random bytes; the last character checks the rest.

    35 bits stay random, so a code says nothing about how many there are. Draw again when it is already taken.
    """
    if len(random) < 5:
        raise ValueError("a code needs five random bytes")
    bits = int.from_bytes(random[:5], "big")
    payload = "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(7))
    return payload + _ALPHABET[_doubled(_check_sum(payload))]


def characters_of_code(text: str) -> str:
    """The characters of a code as they were typed, in its own alphabet: capitals, O read as zero, I and L as one."""
    return _compact(text).translate(_MISREAD)


def neighbours_of_code(text: str) -> list[str]:
    """The codes that would have been typed so with one wrong character, or with two neighbours exchanged."""
    typed = characters_of_code(text)
    wrong = (typed[:at] + other + typed[at + 1 :] for at in range(len(typed)) for other in _ALPHABET)
    exchanged = (typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(len(typed) - 1))
    return sorted({code for code in itertools.chain(wrong, exchanged) if code_is_valid(code)})


def _normal_code(text: str) -> str | None:
    characters = characters_of_code(text)
    return characters if _CODE.fullmatch(characters) and not _check_sum(characters) else None


def code_is_valid(text: str) -> bool:
    """Whether this can be a short code: its check character holds, O read as zero, I and L as one."""
    return _normal_code(text) is not None


def code(text: str) -> str:
    """A short code as it is stored."""
    characters = _normal_code(text)
    if characters is None:
        raise Invalid("code", _("Check the code: it has 8 letters and numbers."))
    return characters


def new_reference(letter: str) -> str:
    """A reference that faces people and addresses, drawn at random: A-7KQ2-M9XD. The letter says what kind of thing it is.

    Its last character checks the rest; the rest says nothing about how many there are.
    """
    characters = make_code(secrets.token_bytes(5))
    return f"{letter}-{characters[:4]}-{characters[4:]}"


def reference(text: str, *, letter: str) -> str:
    """A reference of this kind as it is stored: `a7kq2m9xd` is A-7KQ2-M9XD. The letter may be left out."""
    compact = _compact(text)
    characters = _normal_code(compact[1:] if len(compact) == 9 and compact.startswith(letter) else compact)
    if characters is None:
        raise Invalid("reference", _("Check the reference: it looks like A-7KQ2-M9XD."))
    return f"{letter}-{characters[:4]}-{characters[4:]}"


def reference_typed(text: str) -> str:
    """Any reference as it is stored, however it was typed: `a 7kq2 m9xd` is A-7KQ2-M9XD. What is none is only made capitals."""
    compact = _compact(text)
    characters = _normal_code(compact[1:]) if len(compact) == 9 and compact[0].isalpha() else None
    return f"{compact[0]}-{characters[:4]}-{characters[4:]}" if characters else text.strip().upper()


LINES = ("line_1", "line_2", "town", "county", "postcode")
# What is typed as the county of an address outside the United Kingdom is its country, which is written last.
LINES_ABROAD = ("line_1", "line_2", "town", "postcode", "county")


def lines_of(address: Mapping[str, str]) -> list[str]:
    """An address, line by line, as it is written on an envelope."""
    order = LINES_ABROAD if address.get("country") == "elsewhere" else LINES
    return [line for key in order if (line := address.get(key, ""))]
