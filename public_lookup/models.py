"""The models of every room, for Django alone: code imports them from their rooms."""
