# stands in: licensing/cards/client.py
# breaks: machines_are_asked_in_one_place

from http.client import HTTPSConnection

connection = HTTPSConnection("provider.example", timeout=8)
