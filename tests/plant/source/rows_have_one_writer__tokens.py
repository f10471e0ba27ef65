# stands in: registry/register/actions/publishing.py
# breaks: rows_have_one_writer

from registry.search.models import IndexedWord


def add(word):
    IndexedWord(word=word).save()
