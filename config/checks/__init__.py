"""What `check --deploy` refuses, by what it is about, without connecting to anything. `check_services` tells what can only be known by connecting."""

from config.checks import addresses, code, databases, keys, services

__all__ = ["addresses", "code", "databases", "keys", "services"]
