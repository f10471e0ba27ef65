# stands in: config/directory/adapters.py
# breaks: machines_are_asked_in_one_place


def ask(address: str) -> bytes:
    import urllib.request

    return urllib.request.urlopen(address).read()
