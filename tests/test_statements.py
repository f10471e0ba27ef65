"""The suite on PostgreSQL asks it every statement that the suite on SQLite asked."""

from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests import statements
from tests.statements import TIMES, Asked, Recorder, enough

pytestmark = pytest.mark.once

names = st.text("abcdef", min_size=1, max_size=2)
recorded = st.dictionaries(
    names,
    st.builds(Asked, st.floats(0, 5), st.sets(st.text("0123456789", min_size=1, max_size=1), max_size=6)),
    max_size=12,
)


@given(recorded, st.sets(names, max_size=3))
def test_every_statement_is_asked(asked: dict[str, Asked], already: set[str]) -> None:
    chosen = enough(asked, already=sorted(already)) | (already & set(asked))
    for statement in {one for test in asked.values() for one in test.statements}:
        those = [name for name, test in asked.items() if statement in test.statements]
        assert len([name for name in those if name in chosen]) >= min(TIMES, len(those)), statement


def test_a_test_that_asks_nothing_of_its_own_is_left_out() -> None:
    asked = {name: Asked(1, {"a"}) for name in ("one", "two", "three")}
    assert len(enough(asked, already=[])) == TIMES
    assert enough(asked, already=["one", "two"]) == set()


def test_of_two_tests_that_ask_the_same_the_quicker_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "TIMES", 1)
    assert enough({"slow": Asked(9, {"a"}), "quick": Asked(1, {"a"})}, already=[]) == {"quick"}


@pytest.mark.django_db
def test_what_is_asked_is_written_down_and_read_again(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    recorder.pytest_sessionstart()
    recorder.now = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 WHERE 1 IN (%s, %s)", [1, 2])
        cursor.execute("SELECT 1 WHERE 1 IN (%s, %s, %s)", [1, 2, 3])
        cursor.execute("SELECT 2 WHERE 1 IN (%s, %s, %s)", [1, 2, 3])
        cursor.execute("SELECT 'x'")
        cursor.execute("SELECT 1 WHERE 1 IN (%s, %s) AND 1 = 1", [1, 2])
        cursor.execute("SAVEPOINT mine")
    recorder.asked["a test"] = Asked(0.5, recorder.now)
    recorder.pytest_sessionfinish()
    assert statements.read(tmp_path)["a test"].seconds == 0.5
    # SELECT 0, WHERE 0 IN (…), 0 = 0 and SELECT 'x': lengths of lists and numbers make no other part.
    assert len(statements.read(tmp_path)["a test"].statements) == 4


def test_where_one_part_depends_on_another_the_whole_is_asked() -> None:
    plain = [statements._digests(f"SELECT c FROM c WHERE c = %s {also}") for also in ("AND c > %s", "AND c < %s")]
    grouped = [statements._digests(f"SELECT c FROM c WHERE c {sign} %s GROUP BY c") for sign in ("=", ">")]

    assert len(plain[0] & plain[1]) == len(plain[0]) - 1
    assert [len(one) for one in grouped] == [1, 1] and grouped[0] != grouped[1]


def test_nothing_is_read_where_nothing_was_written(tmp_path: Path) -> None:
    assert statements.read(tmp_path / "not there") == {}
