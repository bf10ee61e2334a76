"""A site is read page by page: politely, within bounds, and each page is fetched once."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from web_servers import Last, RawServer, http

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conftest import CommandLine, Done

HTML = "Content-Type: text/html; charset=utf-8\r\n"
WORDS = "The keeper of the weir wrote down how high the water stood, each morning and each night, for forty years. " * 3


def page(title: str, *links: str, words: str = WORDS) -> bytes:
    anchors = "".join(f'<p>See <a href="{link}">{link}</a>.</p>' for link in links)
    body = f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p>{anchors}"
    return http(f"{body}</body></html>".encode(), headers=HTML)


def missing() -> bytes:
    return http(b"<h1>Not found</h1>", status="404 Not Found", headers=HTML)


@contextmanager
def site(pages: Mapping[str, bytes | Last]) -> Iterator[RawServer]:
    with RawServer(lambda head: pages.get(head.split(b" ")[1].decode(), missing())) as server:
        yield server


def crawl(cli: CommandLine, server: RawServer, start: str = "/", *more: str, command: str = "check") -> Done:
    return cli(
        command, "--crawl", f"http://127.0.0.1:{server.port}{start}", "--allow-private", "--interval", "0",
        "--format", "json", *more,
    )


def read(done: Done) -> list[str]:
    """Give the paths of the pages that were read, in order."""
    return ["/" + one["source"].split("/", 3)[3] for one in json.loads(done.out)["documents"]]


def verdicts(done: Done) -> dict[str, str]:
    return {"/" + one["url"].split("/", 3)[3]: one["verdict"] for one in json.loads(done.out)["links"]}


def asked(server: RawServer) -> list[str]:
    return [target for target in server.targets if "archiver" not in target]


def test_pages_are_read_level_by_level_and_each_is_fetched_once(cli: CommandLine) -> None:
    with site({
        "/": page("Start", "/one", "/two", "/gone", "/picture.png"),
        "/one": page("One", "/", "/one/deep#part", "/two"),
        "/two": page("Two", "/one/deep"),
        "/one/deep": page("Deep", "/"),
        "/picture.png": http(b"\x89PNG\r\n\x1a\n" + bytes(40), headers="Content-Type: image/png\r\n"),
    }) as server:
        done = crawl(cli, server)
        assert read(done) == ["/", "/one", "/two", "/one/deep"]
        assert verdicts(done) == {
            "/one": "alive", "/two": "alive", "/gone": "dead", "/picture.png": "alive", "/": "alive",
            "/one/deep": "alive", "/one/deep#part": "alive",
        }
        counted = {target: asked(server).count(target) for target in ("/", "/one", "/two", "/gone")}
    assert counted == {"/": 1, "/one": 1, "/two": 1, "/gone": 1}
    assert (done.code, done.err) == (1, "")


def test_the_sitemap_comes_first_and_may_be_an_index_and_packed(cli: CommandLine) -> None:
    pages: dict[str, bytes | Last] = {}
    with site(pages) as server:
        base = f"http://127.0.0.1:{server.port}"
        index = f"<sitemapindex><sitemap><loc>{base}/maps/a.xml.gz</loc></sitemap></sitemapindex>"
        listed = f"<urlset><url><loc>{base}/kept</loc></url><url><loc>https://other.example/</loc></url></urlset>"
        pages |= {
            "/robots.txt": http(f"User-agent: *\nSitemap: {base}/maps/index.xml\n".encode()),
            "/maps/index.xml": http(index.encode(), headers="Content-Type: application/xml\r\n"),
            "/maps/a.xml.gz": http(gzip.compress(listed.encode()), headers="Content-Type: application/gzip\r\n"),
            "/": page("Start", "/linked"), "/kept": page("Kept"), "/linked": page("Linked"),
        }
        done = crawl(cli, server)
        assert read(done) == ["/", "/kept", "/linked"]
        assert "/sitemap.xml" not in server.targets
    assert done.code == 0


def test_robots_txt_is_obeyed_and_what_it_keeps_back_is_told(cli: CommandLine) -> None:
    with site({
        "/robots.txt": http(b"User-agent: *\nDisallow: /private/\n"),
        "/": page("Start", "/private/page", "/open"), "/open": page("Open"), "/private/page": page("Private"),
    }) as server:
        done = crawl(cli, server)
        assert read(done) == ["/", "/open"]
        # As a citation it is looked at, as its reader would; it is not read.
        assert verdicts(done) == {"/private/page": "alive", "/open": "alive"}
    told = json.loads(done.out)["documents"][0]["warnings"]
    assert told == ["1 of its pages were not read: robots.txt keeps crawlers out"]


def test_a_site_that_lets_no_crawler_in_is_one_document_that_cannot_be_read(cli: CommandLine) -> None:
    with site({"/robots.txt": http(b"User-agent: *\nDisallow: /\n"), "/": page("Start")}) as server:
        done = crawl(cli, server)
        assert asked(server) == ["/robots.txt"]
    assert done.code == 2
    assert "robots.txt keeps crawlers out (pages that are named one by one are read as a reader would)" in done.err


@pytest.mark.parametrize(("more", "paths"), [
    (["--depth", "0"], ["/"]),
    (["--depth", "1"], ["/", "/a", "/b"]),
    (["--pages", "2"], ["/", "/a"]),
    (["--include", "/a"], ["/", "/a", "/a/2"]),
    (["--exclude", "/a/", "--exclude", "b$"], ["/", "/a"]),
    ([], ["/", "/a", "/b", "/a/2"]),
])
def test_its_bounds_can_be_set(cli: CommandLine, more: list[str], paths: list[str]) -> None:
    with site({
        "/": page("Start", "/a", "/b"), "/a": page("A", "/a/2"), "/b": page("B"), "/a/2": page("A2"),
    }) as server:
        done = crawl(cli, server, "/", *more)
    assert read(done) == paths


def test_a_site_is_its_host_below_the_folder_where_one_starts(cli: CommandLine) -> None:
    with site({
        "/blog/": page("Blog", "/blog/first.html", "/about", "http://other.invalid/blog/x", "/blogs/no"),
        "/blog/first.html": page("First", "/blog/"), "/about": page("About"), "/blogs/no": page("No"),
        "/sent": http(status="302 Found", headers="Location: /blog/\r\n"),
    }) as server:
        assert read(crawl(cli, server, "/blog/")) == ["/blog/", "/blog/first.html"]
        assert read(crawl(cli, server, "/blog/first.html")) == ["/blog/first.html", "/blog/"]
        assert read(crawl(cli, server, "/sent")) == ["/blog/", "/blog/first.html"]


def test_what_is_no_page_of_a_person_is_not_read(cli: CommandLine) -> None:
    with site({
        "/": page("Start", "/away", "/home", "/soft", "/wall", "/data", "/paper"),
        "/away": http(status="302 Found", headers="Location: http://127.0.0.1:9/\r\n"),
        "/home": http(status="301 Moved", headers="Location: /\r\n"),
        "/soft": page("Page not found", words="Sorry, the page you were looking for does not exist."),
        "/wall": http(b"Forbidden", status="403 Forbidden"),
        "/data": http(b"{}", headers="Content-Type: application/json\r\n"),
        "/paper": http(f"Paper\n\n{WORDS} See https://cited.invalid/ for it.\n".encode(),
                       headers="Content-Type: text/plain\r\n"),
    }) as server:
        done = crawl(cli, server, "/")
    assert read(done) == ["/", "/paper"]


def test_a_start_that_does_not_answer_is_told(cli: CommandLine) -> None:
    with site({}) as server:
        gone = crawl(cli, server, "/gone")
    assert gone.code == 2
    assert "the server answers 404" in gone.err
    refused = cli("check", "--crawl", "http://127.0.0.1:9/", "--allow-private", "--interval", "0")
    assert refused.code == 2
    assert "cannot fetch it" in refused.err + refused.out


def test_pages_without_end_end_at_the_bound(cli: CommandLine) -> None:
    def calendar(head: bytes) -> bytes:
        target = head.split(b" ")[1].decode()
        if not target.startswith("/day"):
            return page("Start", "/day?1") if target == "/" else missing()
        number = int(target.partition("?")[2])
        return page(f"Day {number}", f"/day?{number + 1}", f"/day?{number + 2}")

    with RawServer(calendar) as server:
        done = crawl(cli, server, "/", "--pages", "12", "--depth", "1000")
    assert len(read(done)) == 12
    assert "more than 12 pages (crawl.pages)" in json.loads(done.out)["documents"][0]["warnings"][0]


def test_a_pause_that_robots_txt_asks_for_is_kept(cli: CommandLine) -> None:
    with site({
        "/robots.txt": http(b"User-agent: *\nCrawl-delay: 30\n"), "/": page("Start", "/a"), "/a": page("A"),
    }) as server:
        done = crawl(cli, server, "/", "--max-time", "2s")
        assert asked(server) == ["/robots.txt", "/"]
    assert read(done) == ["/"]
    assert json.loads(done.out)["documents"][0]["warnings"] == [
        "1 of its pages were not read: its time was over (web.max_time)",
    ]


CONFIG = """
documents = []
[crawl]
sites = ["http://127.0.0.1:{port}/"]
[web]
allow_private = true
interval = 0
canaries = []
[archives]
internet_archive = false
[captures]
media = false
"""


def told(cli: CommandLine) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((cli.folder / "data/archive/report.json").read_text())
    return report


def test_a_run_keeps_pages_of_a_site_that_was_not_read_to_the_end(cli: CommandLine) -> None:
    pages: dict[str, bytes | Last] = {"/": page("Start", "/a", "/b"), "/a": page("A"), "/b": page("B", "/a")}
    with site(pages) as server:
        cli.write("config.toml", CONFIG.format(port=server.port))
        first = cli("run")
        assert first.code == 0
        sources = [one["source"].rpartition("/")[2] for one in told(cli)["documents"]]
        assert sources == ["", "a", "b"]
        assert [target for target in server.targets if target in ("/", "/a", "/b")] == ["/", "/a", "/b"]
        # What was fetched to be read is the look at the page, and its capture.
        assert [(one["url"].rpartition("/")[2], one["verdict"], len(one["captures"])) for one in told(cli)["links"]] == [
            ("a", "alive", 1), ("b", "alive", 1),
        ]
        # Today one page fails and another one is gone.
        pages["/a"] = http(status="503 Busy")
        pages["/b"] = missing()
        cli("run")
        assert {one["source"].rpartition("/")[2] for one in told(cli)["documents"]} == {"", "a", "b"}
        pages["/a"] = page("A")
        cli("run")
        assert {one["source"].rpartition("/")[2] for one in told(cli)["documents"]} == {"", "a"}


def packed() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("papers/one.md", "[One](https://one.invalid/)\n")
        archive.writestr("papers/two.txt", "Two is at https://two.invalid/ now.\n")
    return kept.getvalue()


def test_an_archive_of_documents_may_be_fetched_or_piped_in(cli: CommandLine) -> None:
    cited = ["https://one.invalid/", "https://two.invalid/"]
    with site({"/papers.zip": http(packed(), headers="Content-Type: application/zip\r\n")}) as server:
        address = f"http://127.0.0.1:{server.port}/papers.zip"
        fetched = cli("check", "--read", address, "--allow-private", "--interval", "0", "--format", "json")
    assert [one["source"] for one in json.loads(fetched.out)["documents"]] == [
        f"{address}/papers/one.md", f"{address}/papers/two.txt",
    ]
    assert [one["url"] for one in json.loads(fetched.out)["links"]] == cited
    piped = cli("links", "-", "--format", "json", stdin=packed())
    assert [(one["document"], one["url"]) for one in json.loads(piped.out)["citations"]] == [
        ("-/papers/one.md", cited[0]), ("-/papers/two.txt", cited[1]),
    ]
