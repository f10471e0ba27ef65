# stands in: registry/licences/actions/licences.py
# breaks: rows_have_one_writer

from registry.register.models import Entry


def correct(listing, name):
    Entry.objects.filter(listing=listing).update(name=name)
