"""One way of searching names, in a process of its own: `python -m tests.benchmarks.peers PEER FILE-OF-NAMES`.

It makes itself ready, then reads a question a line and answers with the seconds that it took, those of them on a processor, and the first five names.
Which database: DATABASE_URL. Where to put files of its own: PEER_FOLDER.
"""

# ruff: noqa: E402, PLC0415 — Django is set up before its models are imported; what one peer needs the others may lack
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command
from django.db import connection

from registry import names
from registry import search as index
from registry.register.models import Entry
from registry.search import SearchMatch
from registry.search.models import IndexedName

FIRST = 5
MOST = 200
Answer = Callable[[str], tuple[list[str], bool]]


def token_index(path: Path) -> Answer:
    """The index of the product; whether it says that somebody has exactly this name."""
    call_command("migrate", verbosity=0)
    if Entry.objects.exists():
        sys.exit("This database holds a register: give one that may be emptied.")
    before = time.process_time()
    index.rebuild(index.PUBLIC, ((number, [("legal", name)]) for number, name in enumerate(_names(path), 1)))
    print(json.dumps({"built in": time.process_time() - before}), file=sys.stderr)
    if connection.vendor == "postgresql":
        _sql("VACUUM ANALYZE")

    def answer(text: str) -> tuple[list[str], bool]:
        found = [one for one in index.find(text, index.PUBLIC) if one.how != SearchMatch.PLACE]
        return [one.text for one in found[:FIRST]], any(
            one.how in (SearchMatch.NUMBER, SearchMatch.EXACT) for one in found
        )

    return answer


def icontains(_path: Path) -> Answer:
    """As an administration page searches: every word somewhere in the name, the newest first."""

    def answer(text: str) -> tuple[list[str], bool]:
        rows = IndexedName.objects.filter(space=index.PUBLIC)
        for word in text.split():
            rows = rows.filter(text__icontains=word)
        return list(rows.order_by("-pk").values_list("text", flat=True)[:100])[:FIRST], False

    return answer


def fts5(path: Path) -> Answer:
    """The words of SQLite's own full-text search, accents dropped, best first."""
    database = sqlite3.connect(":memory:" if "PEER_FOLDER" not in os.environ else f"{os.environ['PEER_FOLDER']}/fts5")
    database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS f USING fts5(name, tokenize='unicode61 remove_diacritics 2')")
    if not database.execute("SELECT 1 FROM f LIMIT 1").fetchone():
        database.executemany("INSERT INTO f VALUES (?)", ((name,) for name in _names(path)))
        database.commit()

    def answer(text: str) -> tuple[list[str], bool]:
        asked = " ".join('"' + word.replace('"', '""') + '"' for word in text.split())
        found = database.execute("SELECT name FROM f WHERE f MATCH ? ORDER BY rank LIMIT ?", (asked, FIRST)).fetchall()
        return [name for (name,) in found], False

    return answer


def pg_trgm(_path: Path) -> Answer:
    """Trigrams of PostgreSQL under a GIN index, ranked again as the product ranks."""
    _sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    _sql("CREATE INDEX IF NOT EXISTS peer_trgm ON registry_indexedname USING gin (folded gin_trgm_ops)")
    _sql("ANALYZE registry_indexedname")

    def answer(text: str) -> tuple[list[str], bool]:
        folded = names.fold(text)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT text, folded FROM registry_indexedname WHERE folded %% %s "
                "ORDER BY similarity(folded, %s) DESC LIMIT %s",
                [folded, folded, MOST],
            )
            return _ranked(folded, cursor.fetchall()), False

    return answer


def tantivy(path: Path) -> Answer:
    """Trigrams in a search engine of its own, ranked again as the product ranks."""
    try:
        import tantivy  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        sys.exit("tantivy is not installed: not measured (pip install tantivy)")
    engine: Any = tantivy
    trigrams = engine.TextAnalyzerBuilder(engine.Tokenizer.ngram(3, 3)).filter(engine.Filter.lowercase()).build()
    schema = engine.SchemaBuilder()
    schema.add_text_field("name", stored=True)
    schema.add_text_field("grams", tokenizer_name="trigrams", index_option="freq")
    searched = engine.Index(schema.build())
    searched.register_tokenizer("trigrams", trigrams)
    writer = searched.writer()
    for name in _names(path):
        writer.add_document(engine.Document(name=name, grams=names.fold(name)))
    writer.commit()
    writer.wait_merging_threads()
    searched.reload()
    built = searched.schema

    def answer(text: str) -> tuple[list[str], bool]:
        folded = names.fold(text)
        grams = dict.fromkeys(folded[place : place + 3] for place in range(len(folded) - 2))
        terms = [(engine.Occur.Should, engine.Query.term_query(built, "grams", gram, "freq")) for gram in grams]
        searcher = searched.searcher()
        hits = searcher.search(engine.Query.boolean_query(terms), MOST).hits if terms else []
        found = [searcher.doc(address)["name"][0] for _score, address in hits]
        return _ranked(folded, [(name, names.fold(name)) for name in found]), False

    return answer


PEERS: dict[str, Callable[[Path], Answer]] = {
    "token index": token_index,
    "icontains": icontains,
    "FTS5 words": fts5,
    "pg_trgm + rapidfuzz": pg_trgm,
    "tantivy trigrams + rapidfuzz": tantivy,
}


def _ranked(folded: str, found: list[tuple[str, str]]) -> list[str]:
    scores = names.scores([folded], [other for _name, other in found])
    best = sorted(zip(-scores, (name for name, _other in found), strict=True))
    return [name for _score, name in best[:FIRST]]


def _names(path: Path) -> Iterator[str]:
    with path.open() as lines:
        for line in lines:
            yield line.rstrip("\n")


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def serve(peer: str, path: Path) -> None:
    answer = PEERS[peer](path)
    print("ready", flush=True)
    for line in sys.stdin:
        text = json.loads(line)
        before, spent = time.perf_counter(), time.process_time()
        found, says_exact = answer(text)
        took = [time.perf_counter() - before, time.process_time() - spent]
        print(json.dumps([*took, found, says_exact]), flush=True)


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
