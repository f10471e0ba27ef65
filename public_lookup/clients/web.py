"""Posting to a web address that somebody else has named: only to one that belongs to everybody, and no further.

docs/rules.md T32. The lists are written out, and not left to the standard library alone: what it calls global has changed between
versions, and takes in multicast, 6to4 and NAT64.
"""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from registry.clients import machines
from registry.clients.machines import Line, MachineAnswer, MachineSilent

#: Seconds, from looking up the name to the last byte read; and what is read of an answer: the rest is left where it is.
WITHIN, MOST_READ = 10.0, 4096
LOOPBACK = "127.0.0.1"

# The registers of special addresses (RFC 6890, kept by IANA), and what no public service can stand behind.
_NOT_FOR_ALL_4 = [
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by the customers of a carrier (CGNAT)
        "127.0.0.0/8",
        "168.63.129.16/32",  # global by its number, yet the inside of a cloud's every machine
        "169.254.0.0/16",  # link-local, and where clouds keep the credentials of a machine
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # the way into 6to4
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
_GLOBAL_6 = IPv6Network("2000::/3")
_NOT_FOR_ALL_6 = [
    ip_network(text)
    for text in (
        "2001::/23",  # protocols of the IETF, Teredo among them, which carries an address of version 4
        "2001:db8::/32",
        "2002::/16",  # 6to4, which carries one too
        "2620:4f:8000::/48",
        "3fff::/20",
    )
]
_NAT64 = IPv6Network("64:ff9b::/96")


def is_for_everybody(text: str) -> bool:
    """Whether this is an address that anyone on the internet reaches; False for anything that is no address.

    One with a zone (`fe80::1%eth0`) is of one machine. One of NAT64 is judged by the address of version 4 that it leads to;
    other addresses that carry one (mapped, compatible, 6to4, Teredo) are refused: nothing public is reached only by them.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_global_4(address)
    if address in _NAT64 and not address.scope_id:
        return _is_global_4(IPv4Address(int(address) & 0xFFFFFFFF))
    return _is_global_6(address)


def _is_global_4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _NOT_FOR_ALL_4)


def _is_global_6(address: IPv6Address) -> bool:
    if address.scope_id or not address.is_global or address not in _GLOBAL_6:
        return False
    return not any(address in network for network in _NOT_FOR_ALL_6)


OUTSIDE = Line(is_allowed=is_for_everybody)


def post(
    address: str,
    *,
    headers: Mapping[str, str],
    body: bytes,
    stand_in: str = "",
    line: Line = OUTSIDE,
    within: float = WITHIN,
) -> MachineAnswer:
    """Post to an address of https, once; raises `MachineSilent`.

    The name is looked up once, and every address that it has must be one for everybody. We connect to an address that was
    checked, so that a name which changes its mind meanwhile leads nowhere; the certificate must be the name's.
    `stand_in`: the one address of this machine, by plain HTTP, that a demonstration names for itself.
    """
    if stand_in and address == stand_in:
        line = _line_to(stand_in)
    elif not _is_plain_https(address):
        raise MachineSilent("no_name")
    return machines.ask("POST", address, within=within, most=MOST_READ, headers=headers, body=body, line=line)


def _is_plain_https(address: str) -> bool:
    parts = urlsplit(address)
    try:
        return parts.scheme == "https" and parts.port in (None, 443) and parts.username is None
    except ValueError:  # a port that is none
        return False


def _line_to(stand_in: str) -> Line:
    parts = urlsplit(stand_in)
    if parts.scheme != "http" or parts.hostname != LOOPBACK:
        raise MachineSilent("not_public")
    return machines.OURS
