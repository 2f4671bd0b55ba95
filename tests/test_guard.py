"""What may be asked for, and which addresses a name may lead to."""

from __future__ import annotations

import pytest

from crawler.guard import objection
from crawler.resolver import is_public


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.test/",
        "data:text/html,x",
        "javascript:alert(1)",
        "http:///x",
        "http://a.test:22/",
        "http://a.test:99999/",
        "http://user:word@a.test/",
        "http://a.test./",
        "http://[::1",
        "http://a.test/" + "x" * 2000,
    ],
)
def test_what_is_no_ordinary_page_is_not_asked_for(url: str) -> None:
    assert objection(url, 2000)


@pytest.mark.parametrize(
    "url", ["http://a.test/", "https://a.test/x?id=1", "http://a.test:8080/", "http://a.test:443/"]
)
def test_ordinary_pages_are_asked_for(url: str) -> None:
    assert objection(url, 2000) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1",
        "::ffff:127.0.0.1", "2002:7f00:1::", "ff02::1", "localhost", "",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["114.114.114.114", "2400:3200::1", "::ffff:1.1.1.1"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_public(address)
