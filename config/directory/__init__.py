"""Sign-in by the directory of the authority, and by a provider of citizens, through allauth (docs/decisions/0165)."""
