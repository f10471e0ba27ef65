#!/usr/bin/env python3
"""Repeats the random selection of a round of visits from its published file, without trusting the software of the authority.

    python3 verify_round.py ROUND.json [EARLIER.json]

Get ROUND.json from /how-we-choose/ on the website of the register after the round has been drawn; EARLIER.json is the same file
as you downloaded it before, when the list was fixed and nothing was drawn. Only the standard library of Python 3.11 or newer
is needed. Exit: 0 when the selection comes to the same, 1 when it does not or the file was altered, 2 when it cannot be read or
nothing has been drawn yet.

The recipe. `commitment` is the SHA-256 of the seed, published before the list. `list_digest` is the SHA-256 of `listed` as JSON
without spaces, published before the selection; a row is code, how, visits, of. People chose the rows that say "targeted": their
chance is 1 of 1. All others share the visits that are left: as many as `capacity` less the chosen ones, each with the same chance,
which is no smaller than a fifth of all visits divided by all licences. `figures` were added by a second person after the list
was fixed. Of the rows that say "random", those are selected of which the SHA-256 of "seed:figures:list_digest:code" is lowest.
"""

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

RECIPE = 2
SMALLEST_SHARE = Fraction(1, 5)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def faults(told):
    """What does not hold of a round that has been drawn."""
    listed, seed = told["listed"], told["seed"]
    if digest(seed) != told["commitment"]:
        yield "The seed is not the one that was committed to."
    if digest(json.dumps(listed, separators=(",", ":"), ensure_ascii=False)) != told["list_digest"]:
        yield "The list is not the one that was fixed."
    codes = [code for code, _how, _visits, _of in listed]
    if len(set(codes)) != len(codes):
        yield "A licence is on the list twice."
    if not (told["figures"].isascii() and told["figures"].isdigit() and 20 <= len(told["figures"]) <= 80):
        yield "The second person added no figures."
    yield from _faults_of_chances(told)
    others = [code for code, how, _visits, _of in listed if how == "random"]
    ranked = sorted(others, key=lambda code: digest(f"{seed}:{told['figures']}:{told['list_digest']}:{code}"))
    if ranked[: _places(told)] != told["drawn"]:
        yield "Other licences come out: " + ", ".join(ranked[: _places(told)])


def _places(told):
    """How many visits are selected at random."""
    chosen = sum(how == "targeted" for _code, how, _visits, _of in told["listed"])
    return min(max(told["capacity"] - chosen, 0), len(told["listed"]) - chosen)


def _faults_of_chances(told):
    listed, places = told["listed"], _places(told)
    others = sum(how == "random" for _code, how, _visits, _of in listed)
    smallest = SMALLEST_SHARE * min(Fraction(told["capacity"], len(listed)), 1) if listed else 0
    for code, how, visits, of in listed:
        right = (1, 1) if how == "targeted" else (places, others)
        if how not in ("targeted", "random") or (visits, of) != right:
            yield f"The chance of {code} is not what it must be."
        elif Fraction(visits, of) < smallest:
            yield f"The chance of {code} is smaller than a fifth of visits divided by licences."


def changes(told, earlier):
    """What was published before, when the list was fixed, and is not the same now."""
    for name in ("recipe", "round", "capacity", "commitment", "list_digest"):
        if earlier[name] and earlier[name] != told[name]:
            yield f"{name} was another when the list was fixed."


def main(names):
    try:
        told, *earlier = [json.loads(Path(name).read_text(encoding="utf-8")) for name in names]
        if told["recipe"] != RECIPE:
            print(f"This program knows recipe {RECIPE}, and the file says {told['recipe']}.")
            return 2
        if told["seed"] is None:
            print("Nothing has been drawn yet. Keep this file, and compare it with the one after the selection.")
            return 2
        wrong = [*faults(told), *(fault for one in earlier for fault in changes(told, one))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        print(f"This cannot be read as a round: {fault!r}")
        return 2
    for fault in wrong:
        print(fault)
    if not wrong:
        print(
            f"The selection of round {told['round']} comes to the same: {len(told['drawn'])} of {len(told['listed'])} licences."
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        sys.exit(2)
    sys.exit(main(sys.argv[1:]))
