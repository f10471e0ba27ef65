"""What the work list of applications can be narrowed by."""

MINE, TEAM, NOBODY = "mine", "team", "nobody"
