import base64
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import live_codes, signing

SCALARS: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.text(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.datetimes(timezones=st.just(UTC)),
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)

# RFC 8032, section 7.1, test 2, in base64url without padding.
PRIVATE = "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs"
PUBLIC = "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"
SIGNATURE = "kqAJqfDUyrhyDoILX2QlQKKye1QWUD-Ps3YiI-vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA"


class Move(StrEnum):
    REVOKE = "revoke"


class Order(IntEnum):
    FIRST = 1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        ({"name": "Łódź & Sons"}, '{"name":"Łódź & Sons"}'),
        ({"on": date(2026, 3, 1)}, '{"on":"2026-03-01"}'),
        ({"at": datetime(2026, 7, 1, 12, tzinfo=UTC)}, '{"at":"2026-07-01T12:00:00.000000Z"}'),
        (datetime(2026, 7, 1, 13, 0, 0, 5, timezone(timedelta(hours=1))), '"2026-07-01T12:00:00.000005Z"'),
        ((1, 2), "[1,2]"),
        (Move.REVOKE, '"revoke"'),
        ({Move.REVOKE: Order.FIRST}, '{"revoke":1}'),
        ("", '""'),
        (Decimal("250000.10"), '"250000.10"'),
        (Decimal("1E+3"), '"1000"'),
    ],
)
def test_canonical_form_is_exactly_this(value: object, written: str) -> None:
    assert signing.canonical(value) == written.encode()


@given(VALUES)
def test_canonical_form_survives_reading_and_writing_again(value: object) -> None:
    once = signing.canonical(value)

    assert signing.canonical(json.loads(once)) == once


@given(st.dictionaries(st.text(alphabet="abcd"), st.integers(0, 9)))
def test_canonical_form_does_not_depend_on_the_order_of_keys(value: dict[str, int]) -> None:
    backwards = dict(reversed(value.items()))

    assert signing.canonical(backwards) == signing.canonical(value)


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        Decimal("NaN"),
        Decimal("Infinity"),
        {"deep": [{"amount": 0.1}]},
        {1: "a key that is not text"},
        datetime(2026, 7, 1),  # noqa: DTZ001 - a time without a zone is what must be refused
        2**53,
        -(2**53),
        b"bytes",
        {"a", "set"},
        object(),
        "\ud800",
    ],
)
def test_what_has_no_single_way_of_writing_is_refused(value: object) -> None:
    with pytest.raises(signing.NotCanonical):
        signing.canonical(value)


def test_the_digest_is_the_sha256_of_the_canonical_bytes() -> None:
    assert signing.digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert signing.digest_of_bytes(b"{}") == signing.digest({})


def test_a_link_is_hashed_over_the_hash_before_and_the_digest() -> None:
    assert signing.chain_hash(signing.GENESIS, {}) == signing.digest_of_bytes(
        (signing.GENESIS + signing.digest({})).encode()
    )


def test_a_link_changes_with_its_content_and_with_the_link_before() -> None:
    first = signing.chain_hash(signing.GENESIS, {"move": "issue"})
    changed = signing.chain_hash(signing.GENESIS, {"move": "revoke"})

    assert first != changed
    assert signing.chain_hash(first, {"move": "renew"}) != signing.chain_hash(changed, {"move": "renew"})


def test_a_link_refuses_to_follow_what_is_not_a_hash() -> None:
    with pytest.raises(ValueError, match="64 hexadecimal"):
        signing.chain_hash("", {})


@given(VALUES)
def test_what_is_stored_beside_a_hash_has_the_same_digest(value: object) -> None:
    stored = json.dumps(signing.plain(value))

    assert signing.digest(json.loads(stored)) == signing.digest(value)


def test_a_keyed_digest_confirms_the_same_text_under_the_same_secret_only() -> None:
    known = signing.keyed_digest("secret", "jan kowalski")

    assert signing.same_digest(known, signing.keyed_digest("secret", "jan kowalski"))
    assert not signing.same_digest(known, signing.keyed_digest("secret", "jan kowalska"))
    assert not signing.same_digest(known, signing.keyed_digest("another", "jan kowalski"))


def test_a_keyed_digest_is_hmac_sha256() -> None:
    # RFC 4231, test case 2
    assert signing.keyed_digest("Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_a_keyed_digest_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="hides nothing"):
        signing.keyed_digest("", "jan kowalski")


def test_a_keyed_number_is_the_beginning_of_the_keyed_digest() -> None:
    digest = signing.keyed_digest("Jefe", "what do ya want for nothing?")

    assert signing.keyed_number("Jefe", "what do ya want for nothing?") == int(digest[:16], 16) >> 1


def test_a_keyed_number_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="hides nothing"):
        signing.keyed_number("", "jan kowalski")


def test_keys_and_signatures_are_those_of_the_standard() -> None:
    assert signing.public_key(PRIVATE) == PUBLIC
    assert signing.sign(PRIVATE, b"\x72") == SIGNATURE
    assert signing.verify(PUBLIC, b"\x72", SIGNATURE)


def test_the_name_of_a_key_is_the_start_of_its_digest() -> None:
    assert signing.key_id(PUBLIC) == "39f713d0a644253f"


def test_new_keys_differ() -> None:
    assert signing.new_private_key() != signing.new_private_key()


@given(st.binary(max_size=200))
def test_what_a_new_key_signs_verifies(content: bytes) -> None:
    private = signing.new_private_key()

    assert signing.verify(signing.public_key(private), content, signing.sign(private, content))


def test_another_key_did_not_sign_it() -> None:
    stranger = signing.public_key(signing.new_private_key())

    assert not signing.verify(stranger, b"\x72", SIGNATURE)


def test_every_altered_character_of_a_signature_is_noticed() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    accepted = [
        (position, letter)
        for position, kept in enumerate(SIGNATURE)
        for letter in alphabet
        if letter != kept and signing.verify(PUBLIC, b"\x72", SIGNATURE[:position] + letter + SIGNATURE[position + 1 :])
    ]

    assert accepted == []


@pytest.mark.parametrize("signature", ["", "x", SIGNATURE + "==", SIGNATURE + "\n", "é" * 86, SIGNATURE[:-2], "A" * 86])
def test_a_malformed_signature_is_no_signature(signature: str) -> None:
    assert not signing.verify(PUBLIC, b"\x72", signature)


@pytest.mark.parametrize("public", ["", "not a key", PUBLIC[:-1], PRIVATE + "A"])
def test_a_malformed_key_has_signed_nothing(public: str) -> None:
    assert not signing.verify(public, b"\x72", SIGNATURE)


def test_signing_with_a_malformed_key_says_so() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        signing.sign("AAAA", b"content")


def test_the_key_that_belongs_to_a_secret_is_always_the_same() -> None:
    made = signing.private_key_from("a secret")

    assert made == signing.private_key_from("a secret") != signing.private_key_from("another")
    assert signing.public_key(made)


def test_a_sealed_record_is_signed_as_it_reads_back() -> None:
    sealed = signing.seal(PRIVATE, {"kind": "certificate", "on": date(2026, 11, 2), "name": "Ŵyl"})

    assert sealed["record"] == {"kind": "certificate", "on": "2026-11-02", "name": "Ŵyl"}
    assert sealed["key"] == signing.key_id(PUBLIC)
    assert signing.verify(PUBLIC, signing.canonical(sealed["record"]), sealed["signature"])


def test_the_key_set_names_the_signing_key_first_and_each_once() -> None:
    former = signing.public_key(signing.new_private_key())

    keys = signing.key_set(PRIVATE, [former, PUBLIC])["keys"]

    assert [(key["x"], key["kid"]) for key in keys] == [(key, signing.key_id(key)) for key in (PUBLIC, former)]
    assert {(key["kty"], key["crv"]) for key in keys} == {("OKP", "Ed25519")}


MARK = signing.CertificateMark("ABCD0001", date(2026, 11, 2), date(2027, 11, 1), 17, "Ŵyl Hands Ltd")


def test_a_mark_says_whose_it_is_and_is_signed() -> None:
    said, _point, signature = signing.mark(PRIVATE, MARK).rpartition(".")

    assert said.startswith("L1.ABCD0001.20261102.20271101.17.")
    assert signing.verify(PUBLIC, said.encode(), signature)


def test_a_mark_with_the_longest_name_stays_small_and_cuts_no_character() -> None:
    mark = signing.mark(PRIVATE, replace(MARK, name="Ж" * 99))

    name = mark.split(".")[5]
    assert base64.urlsafe_b64decode(name).decode() == "Ж" * 24
    assert len(mark) <= 215


SHOWN_AT = datetime(2026, 11, 24, 19, 3, 40, tzinfo=UTC)


def test_a_live_code_says_in_which_minute_it_was_shown() -> None:
    live = live_codes.live_code("secret", "K7Q2M9XD", at=SHOWN_AT)

    assert len(live) == 20
    assert live_codes.read_live_code("secret", live) == ("K7Q2M9XD", SHOWN_AT.replace(second=0))


def test_a_live_code_is_another_each_minute_and_the_same_within_it() -> None:
    codes = [live_codes.live_code("secret", "K7Q2M9XD", at=SHOWN_AT + timedelta(seconds=s)) for s in (0, 19, 20, 80)]

    assert codes[0] == codes[1]
    assert len(set(codes)) == 3


def test_a_live_code_with_any_character_altered_was_never_shown() -> None:
    live = live_codes.live_code("secret", "K7Q2M9XD", at=SHOWN_AT)
    altered = [live[:n] + ("0" if live[n] != "0" else "1") + live[n + 1 :] for n in range(20)]

    assert [one for one in (*altered, live[:-1], live + "0", "") if live_codes.read_live_code("secret", one)] == []
    assert live_codes.read_live_code("another secret", live) is None
