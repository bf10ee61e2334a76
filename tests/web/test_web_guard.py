"""No request reaches this machine's own network, however the address is written or resolved."""

from __future__ import annotations

import pytest
from web_servers import Names, RawServer, behind_proxy, failed, got, http

from archiver.model import FailureKind
from archiver.web.guard import forbidden, forbidden_host, private_name


@pytest.mark.parametrize("address", [
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "198.18.0.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "203.0.113.9",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "100::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::7f00:1", "::ffff:0:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "2a00:1::5efe:10.0.0.1", "2a00:1::200:5efe:192.168.0.1", "nonsense",
])
def test_private_addresses_are_forbidden(address):
    assert forbidden(address)


@pytest.mark.parametrize("address", [
    "1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "169.255.0.1", "2606:4700::1111", "2a00:1450:4001::200e",
    "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
])
def test_public_addresses_are_not(address):
    assert not forbidden(address)


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f.1:{port}/",
    "http://0177.0.0.1:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://0:{port}/",
    "http://a.localhost:{port}/", "http://localhost.:{port}/",
])
def test_nothing_is_sent_there(url):
    with RawServer(lambda _: http()) as server:
        failure = failed(url.format(port=server.port), allow_private=False)
    assert failure.kind is FailureKind.FORBIDDEN_ADDRESS
    assert server.connections == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_the_address_counts_not_the_name(address):
    with RawServer(lambda _: http()) as server:
        url = f"http://harmless.example:{server.port}/"
        failure = failed(url, allow_private=False, resolver=Names(addresses={"harmless.example": address}))
        allowed = got(url, resolver=Names(addresses={"harmless.example": "127.0.0.1"}))
    assert failure.kind is FailureKind.FORBIDDEN_ADDRESS
    assert (allowed.final.status, server.connections) == (200, 1)


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "http://localhost/"])
def test_a_redirect_there_is_refused(tmp_path, target):
    from archiver.demo.answers import redirect

    with behind_proxy(tmp_path) as world:
        world.sites.put("http://trap.demo/", redirect(target))
        failure = failed("http://trap.demo/", **world.settings)
    assert failure.kind is FailureKind.FORBIDDEN_ADDRESS
    assert [hop.status for hop in failure.hops] == [301]
    assert [url for url, _ in world.seen] == ["http://trap.demo/"]


def test_a_proxy_of_this_network_may_be_asked_but_not_for_this_network(tmp_path):
    with behind_proxy(tmp_path) as world:
        assert got("http://gazette.demo/", **world.settings).final.status == 200
        for url in ("http://10.0.0.1/", "http://localhost/", "https://[fd00:ec2::254]/"):
            assert failed(url, **world.settings).kind is FailureKind.FORBIDDEN_ADDRESS


@pytest.mark.parametrize(("host", "answer"), [
    ("localhost", True), ("LOCALHOST.", True), ("x.localhost", True), ("localhost.example.org", False),
    ("127.0.0.1", True), ("[::1]", True), ("127.0.0.1.example.org", False), ("example.org", False),
])
def test_hosts_are_judged_as_written_too(host, answer):
    assert forbidden_host(host) is answer


def test_names_of_private_networks_are_not_called_missing():
    assert private_name("intranet")
    assert private_name("wiki.corp")
    assert not private_name("example.org")
    failure = failed("http://printer.local/", resolver=Names("example.com"))
    assert failure.kind is FailureKind.FORBIDDEN_ADDRESS


def test_nor_when_a_proxy_looks_them_up(tmp_path):
    with behind_proxy(tmp_path) as world:
        assert failed("http://wiki.corp/", **world.settings).kind is FailureKind.FORBIDDEN_ADDRESS
        assert failed("http://gone.demo/", **world.settings).kind is FailureKind.NO_SUCH_HOST
