"""Lists to tick as a browser sends them."""


def ticked(step: str, *keys: str) -> dict[str, list[str]]:
    """What is ticked in the list of this step; without keys “None of these”."""
    return {f"ticked-{step}": list(keys) or ["none-of-these"]}
