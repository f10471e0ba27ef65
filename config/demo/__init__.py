"""A believable scheme to try everything on: who signs in, whom they license, and the words that the names are made from."""
