"""Where we may connect when somebody else says where: only what everybody on the internet reaches (docs/rules.md T32)."""

import pytest

from public_lookup.clients.web import is_for_everybody

NOT_FOR_EVERYBODY = [
    # this machine, and this network
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "::1", "::",
    # private networks, and what is shared by the customers of a carrier
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.254", "100.100.100.200",
    "fc00::1", "fd12:3456::1", "fd00:ec2::254", "fec0::1",
    # link-local: where clouds keep the credentials of a machine; and the inside of one of them
    "169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0", "168.63.129.16",
    # multicast, broadcast, reserved, documentation, measuring
    "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "ff02::1", "ff0e::1",
    "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "192.0.0.8", "2001:db8::1", "3fff::1", "100::1", "2001:2::1",
    # an address of version 4 inside one of version 6: mapped, compatible, translated, 6to4, Teredo, NAT64
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1",
    "2002:7f00:1::1", "2002:0808:0808::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "192.88.99.1",
    "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::8.8.8.8", "64:ff9b::8.8.8.8%eth0",
    # a global one with a zone is of one machine all the same
    "2606:4700::1111%eth0",
    # no address at all, though some programs would take it for one
    "", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1:443", " 8.8.8.8", "[::1]",
]  # fmt: skip
FOR_EVERYBODY = [
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "193.62.157.66",
    "2606:4700::1111",
    "64:ff9b::8.8.8.8",
]


@pytest.mark.parametrize("address", NOT_FOR_EVERYBODY)
def test_we_never_connect_to(address: str) -> None:
    assert not is_for_everybody(address)


@pytest.mark.parametrize("address", FOR_EVERYBODY)
def test_we_may_connect_to(address: str) -> None:
    assert is_for_everybody(address)
