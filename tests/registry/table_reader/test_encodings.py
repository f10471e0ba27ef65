"""Files in old encodings: each is read with the letters of its own language, and what was guessed is said."""

import pytest

from registry import table_reader as files


@pytest.mark.parametrize(
    ("name", "encoding", "said"),
    [
        ("Wisła Budowa Żebrowski", "cp1250", "Windows-1250"),
        ("Šťastný & Řehoř", "cp1250", "Windows-1250"),
        ("Ramanauskienė Gečas Šiauliai", "cp1257", "Windows-1257"),
        ("Bērziņš un Kļaviņa", "cp1257", "Windows-1257"),
        ("Café Müller – “A”", "cp1252", "Windows-1252"),
        ("Иванов и сыновья", "cp1251", "Windows-1251"),
        ("Wisła Budowa", "utf-8", ""),
        ("Plain Hands", "ascii", ""),
    ],
)
def test_an_old_encoding_is_told_by_whose_letters_it_has(name: str, encoding: str, said: str) -> None:
    content = f"Name;Town\n{name};Hereford\n".encode(encoding)

    assert files.read_file(content).rows[1][0] == name
    assert files.read_file(content).guessed == said
