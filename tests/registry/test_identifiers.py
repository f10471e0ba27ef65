from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import codes as registry_codes
from registry import identifiers, licence_numbers
from registry.identifiers import InvalidIdentifier

# Crockford's letters and figures.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

NORMAL_FORMS = [
    (identifiers.company_number, "445790", "00445790"),
    (identifiers.company_number, "00445790", "00445790"),
    (identifiers.company_number, "sc 1234", "SC001234"),
    (identifiers.company_number, "SC-123456", "SC123456"),
    (identifiers.company_number, "ni012345", "NI012345"),
    (identifiers.company_number, "OC301234", "OC301234"),
    (identifiers.company_number, "so 300001", "SO300001"),
    (identifiers.company_number, "NC000123", "NC000123"),
    (identifiers.company_number, "R0000123", "R0000123"),
    (identifiers.company_number, "r0 123", "R0000123"),
    (identifiers.company_number, "ip12345r", "IP12345R"),
    (identifiers.company_number, "SL12345A", "SL12345A"),
    (identifiers.utr, "1955839661", "1955839661"),
    (identifiers.utr, "19558 39661K", "1955839661"),
    (identifiers.utr, "k1955839661", "1955839661"),
    (identifiers.vat, "980780684", "980780684"),
    (identifiers.vat, "GB 980 7806 84", "980780684"),
    (identifiers.vat, "gb980.7806.84", "980780684"),
    (identifiers.vat, "XI980780684", "980780684"),
    (identifiers.vat, "GB 980 7806 84 001", "980780684001"),
    (identifiers.vat, "123 4567 82", "123456782"),
    (identifiers.vat, "GBGD001", "GD001"),
    (identifiers.vat, "HA500", "HA500"),
    (identifiers.paye, "123/ab456", "123/AB456"),
    (identifiers.paye, "123 AB 456", "123/AB456"),
    (identifiers.paye, "123\\A", "123/A"),
    (identifiers.nino, "jg 10 37 59 a", "JG103759A"),
    (identifiers.nino, "AB123456C", "AB123456C"),
    (identifiers.postcode, "m11ae", "M1 1AE"),
    (identifiers.postcode, "b33-8th", "B33 8TH"),
    (identifiers.postcode, "cr2 6xh", "CR2 6XH"),
    (identifiers.postcode, " DN55  1PT ", "DN55 1PT"),
    (identifiers.postcode, "w1a0ax", "W1A 0AX"),
    (identifiers.postcode, "ec1a1bb", "EC1A 1BB"),
    (identifiers.postcode, "gir0aa", "GIR 0AA"),
    (identifiers.postcode, "je23ab", "JE2 3AB"),
    (identifiers.postcode, "GY1 1AA", "GY1 1AA"),
    (identifiers.postcode, "im1 1aa", "IM1 1AA"),
    (identifiers.postcode, "bt71nn", "BT7 1NN"),
    (identifiers.postcode, "Ｍ１ １ＡＥ", "M1 1AE"),
    (identifiers.telephone, "020 7946 0123", "+442079460123"),
    (identifiers.telephone, "(020) 7946-0123", "+442079460123"),
    (identifiers.telephone, "+44 (0)20 7946 0123", "+442079460123"),
    (identifiers.telephone, "0044 20 7946 0123", "+442079460123"),
    (identifiers.telephone, "01534 123456", "+441534123456"),
    (identifiers.telephone, "+48 22 123 45 67", "+48221234567"),
    (identifiers.telephone, "07700 900123", "+447700900123"),
    (identifiers.telephone, "01632 960 001", "+441632960001"),
    (identifiers.email, " Jan.Kowalski@Example.CO.uk ", "jan.kowalski@example.co.uk"),
    (identifiers.email, "o'brien+farm@example.com", "o'brien+farm@example.com"),
    (identifiers.email, "post@exämple.com", "post@exämple.com"),
    (identifiers.website, "www.example.com", "https://www.example.com"),
    (identifiers.website, "HTTP://Example.com/", "http://example.com"),
    (identifiers.website, "example.com:8080/About/?y=//z", "https://example.com:8080/About/?y=//z"),
    (identifiers.vehicle_registration, "ab12cde", "AB12 CDE"),
    (identifiers.vehicle_registration, "A123-bcd", "A123 BCD"),
    (identifiers.vehicle_registration, "abc123d", "ABC 123D"),
    (identifiers.vehicle_registration, "abz 1234", "ABZ 1234"),
    (identifiers.vehicle_registration, "a1", "A 1"),
    (identifiers.vehicle_registration, "1 a", "1 A"),
    (identifiers.vehicle_registration, "WA 12345", "WA12345"),
]


@pytest.mark.parametrize(("normal_form", "typed", "stored"), NORMAL_FORMS)
def test_what_is_typed_comes_to_its_normal_form(normal_form: Callable[[str], str], typed: str, stored: str) -> None:
    assert normal_form(typed) == stored


@pytest.mark.parametrize(("normal_form", "typed", "stored"), NORMAL_FORMS)
def test_a_normal_form_is_its_own_normal_form(normal_form: Callable[[str], str], typed: str, stored: str) -> None:
    assert normal_form(stored) == stored


@pytest.mark.parametrize(
    ("normal_form", "code", "typed"),
    [
        (identifiers.company_number, "company_number", "00000000"),
        (identifiers.company_number, "company_number", "SC000000"),
        (identifiers.company_number, "company_number", "R0000000"),
        (identifiers.company_number, "company_number", "R1234567"),
        (identifiers.company_number, "company_number", "ZZ123456"),
        (identifiers.company_number, "company_number", "123456789"),
        (identifiers.company_number, "company_number", "SC1234567"),
        (identifiers.utr, "utr", "2955839661"),
        (identifiers.utr, "utr", "195583966"),
        (identifiers.utr, "utr", "x955839661"),
        (identifiers.vat, "vat", "980780685"),
        (identifiers.vat, "vat", "98078068"),
        (identifiers.vat, "vat", "GD500"),
        (identifiers.vat, "vat", "FR980780684"),
        (identifiers.paye, "paye", "12/AB456"),
        (identifiers.paye, "paye", "123/"),
        (identifiers.paye, "paye", "123/AB4567890123"),
        (identifiers.paye, "paye", "123"),
        (identifiers.nino, "nino", "QQ123456C"),
        (identifiers.nino, "nino", "AO123456A"),
        (identifiers.nino, "nino", "GB123456A"),
        (identifiers.nino, "nino", "AB123456E"),
        (identifiers.nino, "nino", "AB123456"),
        (identifiers.postcode, "postcode", "QA1 1AA"),
        (identifiers.postcode, "postcode", "AI1 1AA"),
        (identifiers.postcode, "postcode", "M1 1AC"),
        (identifiers.postcode, "postcode", "GIR 1AA"),
        (identifiers.postcode, "postcode", "M1L 1AA"),
        (identifiers.postcode, "postcode", "SW1C 1AA"),
        (identifiers.postcode, "postcode", "SW1A"),
        (identifiers.postcode, "postcode", "SW1A 1AA?"),
        (identifiers.telephone, "telephone", "999"),
        (identifiers.telephone, "telephone", "ring me"),
        (identifiers.telephone, "telephone", "020 7946 01234"),
        (identifiers.telephone, "telephone", "07700 9001234"),
        (identifiers.telephone, "telephone_extension", "020 7946 0123 ext 4"),
        (identifiers.email, "email", "nobody"),
        (identifiers.email, "email", "@example.com"),
        (identifiers.email, "email", "a@localhost"),
        (identifiers.email, "email", "a..b@example.com"),
        (identifiers.email, "email", ".a@example.com"),
        (identifiers.email, "email", "a b@example.com"),
        (identifiers.email, "email", "a@-example.com"),
        (identifiers.email, "email", "a@example.com\nbcc: b@example.com"),
        (identifiers.email, "email", "a" * 65 + "@example.com"),
        (identifiers.email, "email", "a@" + "example." * 24 + "com"),
        (identifiers.website, "website", "localhost"),
        (identifiers.website, "website", "https://203.0.113.9/"),
        (identifiers.website, "website", "ftp://example.com"),
        (identifiers.website, "website", "javascript:alert(1)"),
        (identifiers.website, "website", "https://example.com@elsewhere.com"),
        (identifiers.website, "website", "example.com:99999"),
        (identifiers.website, "website", "http://[::1"),
        (identifiers.website, "website", "example.com/a b"),
        (identifiers.website, "website", 'example.com/"><script>'),
        (identifiers.website, "website", "example.com/" + "a" * 200),
        (identifiers.vehicle_registration, "vehicle_registration", "ABCDEF"),
        (identifiers.vehicle_registration, "vehicle_registration", "1"),
        (identifiers.vehicle_registration, "vehicle_registration", "AB12 CDE FGHI"),
        (identifiers.vehicle_registration, "vehicle_registration", "ÄB12 CDE"),
    ],
)
def test_what_cannot_be_one_is_refused_by_its_code(normal_form: Callable[[str], str], code: str, typed: str) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        normal_form(typed)

    assert refused.value.code == code


def test_a_refusal_says_what_to_enter() -> None:
    with pytest.raises(InvalidIdentifier, match=r"^Enter a full UK postcode, like AA3 1AB\.$"):
        identifiers.postcode("nowhere")


@pytest.mark.parametrize("normal_form", dict.fromkeys(case[0] for case in NORMAL_FORMS))
@given(text=st.text(max_size=120) | st.from_regex(r"[A-Za-z0-9 /@.:+-]{0,16}", fullmatch=True))
def test_any_text_is_refused_or_comes_to_a_stable_form(normal_form: Callable[[str], str], text: str) -> None:
    try:
        stored = normal_form(text)
    except InvalidIdentifier:
        return

    assert normal_form(stored) == stored


@pytest.mark.parametrize("figures", ["١٢٣٤٥٦٧٨", "1234567٨"])
def test_figures_of_another_script_are_not_taken_for_a_company_number(figures: str) -> None:
    with pytest.raises(InvalidIdentifier):
        identifiers.company_number(figures)


@pytest.mark.parametrize("place", range(10))
def test_every_wrong_digit_of_a_utr_is_noticed_where_the_check_can(place: int) -> None:
    right = "1955839661"
    wrong = [right[:place] + digit + right[place + 1 :] for digit in "0123456789" if digit != right[place]]

    accepted = [number for number in wrong if _is(identifiers.utr, number)]

    # The tenth weight is 2 and eleven remainders share ten digits, so one exchange at most can slip through.
    assert len(accepted) <= 1


def _is(normal_form: Callable[[str], str], text: str) -> bool:
    try:
        normal_form(text)
    except InvalidIdentifier:
        return False
    return True


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("+442079460123", "020 7946 0123"), ("+447700900123", "07700 900123"), ("+48221234567", "+48 22 123 45 67")],
)
def test_a_telephone_number_is_shown_as_people_dial_it(stored: str, shown: str) -> None:
    assert identifiers.telephone_display(stored) == shown


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("green field labour", "GREE"),
        ("The Green Field Labour Ltd", "GREE"),
        ("Y Fferm Cyf", "FFER"),
        ("3663 First", "FIRS"),
        ("O'Brien & Sons", "OBRI"),
        ("O’Brien", "OBRI"),
        ("Öz Labour", "OZXX"),
        ("A & B", "ABXX"),
        ("the", "THEX"),
        ("العمل", "XXXX"),
        ("", "XXXX"),
    ],
)
def test_a_licence_prefix_is_the_first_significant_word(name: str, prefix: str) -> None:
    assert licence_numbers.draw_licence_prefix(name) == prefix


@given(st.text(max_size=60))
def test_a_licence_prefix_is_always_four_capitals(name: str) -> None:
    number = licence_numbers.make_licence_number(licence_numbers.draw_licence_prefix(name), 1)

    assert licence_numbers.looks_like_licence_number(number) == number


def test_a_prefix_varies_in_its_third_and_fourth_letters_without_repeating() -> None:
    varied = [licence_numbers.vary("ABCD", k) for k in range(licence_numbers.VARIATIONS)]

    assert varied[:3] == ["ABCD", "ABCE", "ABCF"]
    assert licence_numbers.vary("ABZZ", 1) == "ABAA"
    assert len(set(varied)) == 676
    assert {prefix[:2] for prefix in varied} == {"AB"}


@pytest.mark.parametrize("k", [-1, 676])
def test_a_prefix_has_no_more_variations(k: int) -> None:
    with pytest.raises(ValueError, match="676 variations"):
        licence_numbers.vary("ABCD", k)


def test_licence_numbers_run_from_1_to_9999() -> None:
    assert licence_numbers.make_licence_number("ABCD", 1) == "ABCD0001"
    assert licence_numbers.make_licence_number("ABCD", licence_numbers.LAST_NUMBER) == "ABCD9999"


@pytest.mark.parametrize("n", [0, 10_000])
def test_a_prefix_has_no_other_numbers(n: int) -> None:
    with pytest.raises(ValueError, match="1 to 9999"):
        licence_numbers.make_licence_number("ABCD", n)


@pytest.mark.parametrize("name", ["Green Field", "PORTOLIO", "ABCD", "12345678", "10110001", "ABCD00012", ""])
def test_a_name_does_not_look_like_a_licence_number(name: str) -> None:
    assert licence_numbers.looks_like_licence_number(name) is None


@given(st.binary(min_size=5, max_size=8))
def test_a_code_that_was_made_is_valid_however_it_is_typed(random: bytes) -> None:
    code = registry_codes.make_code(random)

    typed = f"{code[:4]}-{code[4:]}".lower().replace("0", "o").replace("1", "l")
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert registry_codes.code_is_valid(typed)
    assert registry_codes.code(typed) == code


def test_codes_are_exactly_these() -> None:
    assert registry_codes.make_code(bytes(5)) == "00000000"
    assert registry_codes.make_code(b"\0\0\0\0\1") == "1000000M"
    assert registry_codes.make_code(b"\xff" * 5) == "ZZZZZZZC"


@given(st.binary(min_size=5, max_size=5))
def test_one_wrong_character_makes_a_code_invalid(random: bytes) -> None:
    code = registry_codes.make_code(random)

    for place in range(8):
        for character in set(ALPHABET) - {code[place]}:
            assert not registry_codes.code_is_valid(code[:place] + character + code[place + 1 :])


@given(st.binary(min_size=5, max_size=5))
def test_two_characters_exchanged_make_a_code_invalid(random: bytes) -> None:
    code = registry_codes.make_code(random)

    for first in range(8):
        for second in range(first + 1, 8):
            exchanged = list(code)
            exchanged[first], exchanged[second] = code[second], code[first]
            assert code[first] == code[second] or not registry_codes.code_is_valid("".join(exchanged))


def test_different_random_bytes_make_different_codes() -> None:
    codes = {registry_codes.make_code(n.to_bytes(5, "big")) for n in range(4096)}

    assert len(codes) == 4096


def test_a_code_needs_enough_chance() -> None:
    with pytest.raises(ValueError, match="five random bytes"):
        registry_codes.make_code(b"four")


@pytest.mark.parametrize("typed", ["", "0000000", "000000000", "U0000000", "00000001"])
def test_what_is_not_a_code_is_refused(typed: str) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        registry_codes.code(typed)

    assert refused.value.code == "code"


@pytest.mark.parametrize("letter", ["A", "C", "U"])
def test_a_new_reference_reads_back_with_or_without_its_letter(letter: str) -> None:
    reference = registry_codes.new_reference(letter)

    bare = reference[2:].replace("-", "").lower()
    assert reference[0] == letter
    assert [len(part) for part in reference.split("-")] == [1, 4, 4]
    assert registry_codes.reference(reference, letter=letter) == reference
    assert registry_codes.reference(bare, letter=letter) == reference
    assert registry_codes.reference(f"{letter.lower()} {bare}", letter=letter) == reference


def test_what_is_typed_for_a_reference_is_read_whatever_its_letter_and_what_is_none_is_left() -> None:
    for letter in "AKDPY":
        reference = registry_codes.new_reference(letter)
        assert registry_codes.reference_typed(reference.replace("-", " ").lower()) == reference

    assert registry_codes.reference_typed(" abcd0001 ") == "ABCD0001"
    assert registry_codes.reference_typed("Dyffryn Labour") == "DYFFRYN LABOUR"
    assert registry_codes.reference_typed("") == ""


def test_new_references_differ() -> None:
    assert len({registry_codes.new_reference("A") for _ in range(1000)}) == 1000


@pytest.mark.parametrize("typed", ["A-7KQ2-M9X", "A-0000-0001", "C-0000-0000", ""])
def test_a_mistyped_reference_is_refused(typed: str) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        registry_codes.reference(typed, letter="A")

    assert refused.value.code == "reference"


def test_the_neighbours_of_a_code_hold_the_one_that_was_meant() -> None:
    code = registry_codes.make_code(b"\x07\x51\x22\x63\x90")
    mistyped = [code[:n] + ("0" if code[n] != "0" else "1") + code[n + 1 :] for n in range(8)]
    exchanged = [code[:n] + code[n + 1] + code[n] + code[n + 2 :] for n in range(7)]

    for typed in (*mistyped, *exchanged):
        assert typed == code or code in registry_codes.neighbours_of_code(typed.lower())
        assert all(map(registry_codes.code_is_valid, registry_codes.neighbours_of_code(typed)))


def test_an_address_abroad_ends_with_its_country_and_one_here_with_its_postcode() -> None:
    abroad = {
        "line_1": "ul. Długa 12",
        "town": "Kraków",
        "county": "Poland",
        "postcode": "31-147",
        "country": "elsewhere",
    }
    here = {
        "line_1": "1 Market Place",
        "town": "Boston",
        "county": "Lincolnshire",
        "postcode": "PE21 6EH",
        "country": "england",
    }

    assert identifiers.lines_of(abroad) == ["ul. Długa 12", "Kraków", "31-147", "Poland"]
    assert identifiers.lines_of(here) == ["1 Market Place", "Boston", "Lincolnshire", "PE21 6EH"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("abcd 0001", "ABCD0001"),
        ("ABCD-O0I2", "ABCD0012"),
        ("0LIB0001", "OLIB0001"),
        ("ABC0001", None),
        ("20240001", None),
        ("PORTOLIO", None),
    ],
)
def test_a_licence_number_is_told_apart_from_a_name(typed: str, stored: str | None) -> None:
    assert licence_numbers.looks_like_licence_number(typed) == stored
