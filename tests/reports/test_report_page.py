"""The page: what it says, that nothing in it loads, runs or lies, and that a real browser agrees."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import socket
import subprocess
import threading
from importlib import resources
from typing import TYPE_CHECKING

import pytest
from real_parts import lacking
from report_samples import FLOOD, MARKUP, NOTES, RUN, citation, document, hostile, many, marked, rich, state
from selectolax.lexbor import LexborHTMLParser

from archiver.model import Reason, Report, RunFacts, VerdictKind
from archiver.reports.formats import Format, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selectolax.lexbor import LexborNode

REPORTS = {"nothing": Report(run=RUN), "rich": rich(), "hostile": hostile(), "many": many(60)}
every_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


def parsed(report: Report, title: str = "Cited links") -> LexborHTMLParser:
    return LexborHTMLParser(render(report, Format.HTML, title=title))


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text(separator=" ").split())


# ---------------------------------------------------------------- what it says


def test_the_page_groups_findings_by_document_in_reading_order() -> None:
    page = parsed(rich(), title="Links of the Harbour Post")
    assert words(page.css_first("title")) == words(page.css_first("h1")) == "Links of the Harbour Post"
    assert words(page.css_first(".lead")) == (
        "2 of 11 links are dead (1 confirmed), 2 citations have lost the address, 2 changed or moved, "
        "1 document could not be read."
    )
    told = [
        (words(section.css_first("h2")), [item.attributes["data-v"] for item in section.css("[data-v]")])
        for section in page.css("main > section")
    ]
    assert told == [
        ("Not read", ["unreadable"]),
        ("The night the harbour flooded", ["lost", "dead", "dead", "changed", "lost", "alive"]),
        ("notes/lighthouse.md", ["moved", "blocked", "unknown", "dead", "alive", "skipped"]),
        ("Forty years of tides", ["restricted"]),
        ("Addresses given", ["alive"]),
    ]


def test_a_finding_says_where_what_why_and_where_the_copies_are() -> None:
    item = parsed(rich()).css("li.item[data-v=dead]")[0]
    assert words(item.css_first(".top")) == "dead confirmed, not-found note 3 line 12 footnote"
    assert words(item.css_first("blockquote")) == "According to the council3 the gates were closed at nine."
    assert words(item.css_first("mark")) == "council3"
    assert words(item.css_first(".note")) == "Note: The council's own minutes: https://news.example/flood"
    assert words(item.css_first(".because")) == "The server answers 404 Not Found, as it did on 3 days before."
    assert words(item.css_first(".history")) == "dead since 2026-02-20, last look 2026-03-14, 4 looks"
    assert [link.attributes["href"] for link in item.css("a")] == [
        "https://news.example/flood", "https://news.example/floods",
        "https://memory.example/web/20120104063000/https://news.example/flood",
        "https://memory.example/web/20140104063000/https://news.example/flood",
        "captures/2026/01/pages-0001.warc.gz",
    ]
    assert words(item.css_first("dl")) == (
        "Meant? https://news.example/floods (with “s” at its end: it is there) "
        "Snapshot 2012-01-04 in memory https://memory.example/web/20120104063000/https://news.example/flood "
        "Others 2014-01-04 in memory, not proved yet "
        "On disk 2026/01/pages-0001.warc.gz (application/warc, 2026-01-02)"
    )


def test_a_persons_mark_is_a_badge() -> None:
    page_of = parsed(Report(run=RUN, documents=(document(NOTES),), links=(marked(),)))
    assert "marked by a person" in words(page_of.css_first("[data-v=alive]"))


def test_a_lost_citation_shows_the_words_that_announce_it() -> None:
    first, second = parsed(rich()).css("li.item[data-v=lost]")
    assert [words(first.css_first(part)) for part in ("blockquote", "mark", ".because")] == [
        "She filmed the first wave from her window ( clip1 ) and sent it to us.", "clip1",
        "The address is gone from the text itself.",
    ]
    assert [words(second.css_first(part)) for part in ("mark", ".note")] == [
        "marshals.7", "Note: What the marshals wrote about it:",
    ]


@pytest.mark.parametrize(("text", "label", "context", "marked"), [
    ("film", "4", "See the film [4] at once.", "film [4]"),
    ("film", "4", "See the film4 at once.", "film4"),
    ("film", "4", "See the film.” 4 It is", "film.” 4"),
    ("film", "4", "See the film 42 times, 4 in all.", "film"),
    ("film", None, "See the film.", "film"),
    ("a+b(", "*", "What a+b(* means", "a+b(*"),
    ("film", "4", "Words that are elsewhere.", None),
    ("", "4", "Words.", None),
])
def test_the_citations_own_words_are_marked(text: str, label: str | None, context: str, marked: str | None) -> None:
    page = parsed(Report(run=RUN, lost=(citation("a", 1, None, text=text, label=label, context=context, lost=True),)))
    assert [words(node) for node in page.css("mark")] == ([marked] if marked else [])
    assert page.css_first("blockquote").text() == context  # type: ignore[union-attr]


def test_a_dead_link_without_a_copy_says_so_and_what_is_under_way() -> None:
    item = parsed(rich()).css("li.item[data-v=dead]")[1]
    assert words(item.css_first("dl")) == "Snapshot none known Submitted to memory (since 2026-03-14)"


def test_the_filters_count_links_by_verdict() -> None:
    assert [words(button) for button in parsed(rich()).css("[data-filter]")] == [
        "2 dead", "2 lost", "1 changed", "1 moved", "1 restricted", "1 blocked", "1 unknown", "3 alive", "1 skipped",
    ]
    assert [words(button) for button in parsed(Report(run=RUN)).css("[data-filter]")] == ["0 dead", "0 lost", "0 alive"]


def test_an_offline_or_interrupted_run_is_told() -> None:
    run = RunFacts(id="r", started=RUN.started, finished=None, version="1", offline=True, interrupted=True)
    page = parsed(Report(run=run))
    assert words(page.css_first(".lead")).startswith("This machine was offline")
    assert words(page.css_first(".banner")).startswith("This run was interrupted")


def test_the_run_is_told_in_utc() -> None:
    assert words(parsed(rich()).css("header .quiet")[0]) == (
        "3 documents, 13 citations, 11 links. Run run-0007 , 2026-03-14 12:00 to 12:09 UTC, archiver 0.1.0."
    )
    assert [node.attributes["datetime"] for node in parsed(rich()).css("time")] == [
        "2026-03-14T12:00:00Z", "2026-03-14T12:09:31Z",
    ]


def test_without_a_script_all_is_there_but_the_search() -> None:
    page = parsed(rich())
    assert [node.attributes.get("class") or node.attributes.get("id") for node in page.css("[hidden]")] == [
        "search", "all", "none",
    ]
    assert all("disabled" in button.attributes for button in page.css("[data-filter]"))


# ---------------------------------------------------------------- safety


@every_report
def test_nothing_on_the_page_can_load_or_run(report: Report) -> None:
    page = parsed(report, title=MARKUP)
    allowed = {
        "html", "head", "body", "meta", "title", "link", "style", "script", "a", "header", "h1", "h2", "p", "time",
        "bdi", "div", "button", "b", "label", "input", "main", "section", "ul", "ol", "li", "nav", "details", "summary",
        "span", "blockquote", "mark", "dl", "dt", "dd", "footer",
    }
    loads = {"src", "srcset", "data", "poster", "action", "formaction", "background", "ping", "style", "srcdoc", "manifest"}
    for node in page.css("*"):
        assert node.tag in allowed
        for name, value in node.attributes.items():
            assert name not in loads
            assert not name.startswith("on")
            if name == "href" and node.tag == "link":
                assert node.attributes["rel"] == "icon"
                assert str(value).startswith("data:image/svg+xml,")
            elif name == "href":
                assert node.tag == "a"
                assert re.match(r"(https?://|captures/[^/]|#)", str(value)), value
                if str(value).startswith("http"):
                    assert node.attributes["rel"] == "noreferrer noopener nofollow"
    assert len(page.css("script")) == len(page.css("style")) == 1
    css = words(page.css_first("style"))
    assert "url(" not in css
    assert "@import" not in css


@every_report
def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else(report: Report) -> None:
    html = render(report, Format.HTML, title=MARKUP)
    policy = LexborHTMLParser(html).css_first('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    hashes = {}
    for tag in ("style", "script"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        hashes[tag] = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; script-src 'sha256-{hashes['script']}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    # A policy in a meta tag binds only what stands behind it.
    assert html.index("Content-Security-Policy") < html.index("<title>") < html.index("<style>")


def test_hostile_addresses_are_shown_and_cannot_be_followed() -> None:
    page = parsed(hostile())
    item = page.css("li.item[data-v=dead]")[0]
    assert [link.attributes["href"] for link in item.css("a")] == []
    assert words(item.css_first(".address")) == "javascript:alert(document.domain)"
    assert "java script:alert(4)" not in [link.text() for link in page.css("a")]


def test_captures_outside_their_folder_are_not_linked() -> None:
    (item,) = parsed(hostile()).css("li.item[data-v=moved]")
    assert [link.attributes["href"] for link in item.css("a")] == ["captures/a%20b/%22%3E%3Cscript%3E.mp4"]


def test_a_note_as_long_as_a_book_is_cut() -> None:
    page = parsed(hostile())
    assert max(len(words(node)) for node in page.css(".note, blockquote, .source")) < 1200
    assert len(render(hostile(), Format.HTML, title="t")) < 60_000


def test_a_language_that_is_none_does_not_reach_the_page() -> None:
    assert [node.attributes["lang"] for node in parsed(hostile()).css("[lang]")] == ["en"]
    assert parsed(rich()).css("h2[lang]")[0].attributes["lang"] == "en"


# ---------------------------------------------------------------- for everybody


@every_report
def test_landmarks_headings_and_labels_are_in_order(report: Report) -> None:
    page = parsed(report)
    assert [len(page.css(tag)) for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    identifiers = [node.attributes["id"] for node in page.css("[id]")]
    assert len(identifiers) == len(set(identifiers))
    for node in page.css("[aria-labelledby]"):
        assert node.attributes["aria-labelledby"] in identifiers
    for node in page.css('a[href^="#"]'):
        assert str(node.attributes["href"])[1:] in identifiers
    for node in page.css("input"):
        assert page.css_first(f'label[for="{node.attributes["id"]}"]') is not None
    for node in page.css("li"):
        assert node.parent is not None
        assert node.parent.tag in ("ul", "ol")


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_colours_have_enough_contrast(scheme: int) -> None:
    css = resources.files("archiver.reports").joinpath("templates/report.css").read_text("utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", css.split(":root {")[1 + scheme].partition("}")[0]))
    names = ("dead", "lost", "changed", "moved", "restricted", "still", "alive")
    pairs = [(name, f"{name}-bg") for name in names] + [(name, ground) for name in names for ground in ("card", "paper")]
    pairs += [(name, ground) for name in ("ink", "soft", "link") for ground in ("card", "paper")] + [("ink", "mark")]
    for name, ground in pairs:
        one, other = sorted((_luminance(colours[name]), _luminance(colours[ground])), reverse=True)
        assert (one + 0.05) / (other + 0.05) >= 4.5, (name, ground)


def test_five_thousand_links_make_a_page_of_a_few_megabytes() -> None:
    html = render(many(5000), Format.HTML, title="t")
    assert html.count("data-v=") == 5000
    assert len(html.encode()) < 5_000_000


# ---------------------------------------------------------------- in a browser


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        lacking("Chromium is missing: apt-get install --no-install-recommends chromium")
    return found


class Proxy:
    """Stands where the network would be, and keeps what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    self.asked.append(connection.recv(4096).decode("latin-1").partition("\r\n")[0])
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    continue

    def close(self) -> None:
        self._socket.close()

    @property
    def foreign(self) -> list[str]:
        """Give what a page asked for; the browser's own services are not its business."""
        return [line for line in self.asked if ".example" in line or "127.0.0.1" in line]


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    listening = Proxy()
    yield listening
    listening.close()


class Browser:
    """Opens a page in headless Chromium; gives the document after its script ran, and the console's lines."""

    def __init__(self, folder: Path, proxy: Proxy) -> None:
        self._program, self._folder, self._proxy = _chromium(), folder, proxy

    def open(self, html: str, fragment: str = "") -> tuple[LexborHTMLParser, list[str]]:
        page = self._folder / "report.html"
        page.write_text(html, "utf-8")
        done = subprocess.run(
            [
                self._program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--disable-component-update", "--disable-dev-shm-usage", "--disable-sync", "--no-first-run",
                f"--user-data-dir={self._folder / 'profile'}", f"--proxy-server=127.0.0.1:{self._proxy.port}",
                "--proxy-bypass-list=<-loopback>", "--enable-logging=stderr", "--dump-dom",
                f"file://{page}{fragment}",
            ],
            capture_output=True, check=True, timeout=100,
        )
        console = [line for line in done.stderr.decode().splitlines() if "CONSOLE" in line]
        return LexborHTMLParser(done.stdout.decode()), console


@pytest.fixture
def browser(tmp_path: Path, proxy: Proxy) -> Browser:
    return Browser(tmp_path, proxy)


def shown(page: LexborHTMLParser) -> list[str]:
    """Give the verdicts of the findings that the reader sees."""
    return [
        str(node.attributes["data-v"])
        for node in page.css("main > section:not([hidden]) [data-v]:not([hidden])")
    ]


in_browser = pytest.mark.xdist_group("chromium")


@in_browser
def test_the_browser_tests_would_see_a_request_and_a_refusal(browser: Browser, proxy: Proxy) -> None:
    _, console = browser.open(
        '<!DOCTYPE html><link rel="icon" href="data:,"><img src="http://control.example/x">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'\"><script>1</script>"
    )
    assert proxy.foreign == ["GET http://control.example/x HTTP/1.1"]
    assert any("Content Security Policy" in line for line in console)


@in_browser
@pytest.mark.parametrize("report", [rich(), hostile()], ids=["rich", "hostile"])
def test_the_page_opens_without_an_error_a_refusal_or_a_request(
    report: Report, browser: Browser, proxy: Proxy,
) -> None:
    page, console = browser.open(render(report, Format.HTML, title=MARKUP))
    assert console == []
    assert proxy.foreign == []
    search = page.css_first(".search")
    assert search is not None
    assert "hidden" not in search.attributes  # the script ran
    assert all("disabled" not in button.attributes for button in page.css("[data-filter]") if words(button)[0] != "0")
    assert words(page.css_first("h1")) == MARKUP


@in_browser
@pytest.mark.parametrize(("fragment", "verdicts", "told"), [
    ("", ["unreadable", "lost", "dead", "dead", "changed", "lost", "alive", "moved", "blocked", "unknown", "dead",
          "alive", "skipped", "restricted", "alive"], ""),
    ("#v=dead", ["dead", "dead", "dead"], "3 of 15 shown"),
    ("#v=lost,moved", ["lost", "lost", "moved"], "3 of 15 shown"),
    ("#q=HARBOUR-flood.txt%20quay", ["dead"], "1 of 15 shown"),
    ("#q=lighthouse&v=dead", ["dead"], "1 of 15 shown"),
    ("#q=city.example", ["alive"], "1 of 15 shown"),
    ("#q=nothing+like+this", [], "0 of 15 shown"),
])
def test_search_and_filters_show_what_is_asked_for(
    fragment: str, verdicts: list[str], told: str, browser: Browser,
) -> None:
    page, console = browser.open(render(rich(), Format.HTML, title="t"), fragment)
    assert console == []
    assert shown(page) == verdicts
    assert words(page.css_first("#shown")) == told
    assert ("hidden" not in page.css_first("#none").attributes) == (not verdicts)  # type: ignore[union-attr]
    # What is folded away and matches is unfolded.
    opened = [fold for fold in page.css("details.fine") if "open" in fold.attributes]
    assert len(opened) == (1 if verdicts == ["alive"] else 0)
    pressed = [str(node.attributes["data-filter"]) for node in page.css('[aria-pressed="true"]')]
    assert pressed == [name for name in ("dead", "lost", "moved") if name in fragment.partition("v=")[2]]


@in_browser
def test_a_page_of_thousands_of_links_can_be_searched(browser: Browser) -> None:
    page, console = browser.open(render(many(5000), Format.HTML, title="t"), "#q=essay-07+number+701.")
    assert console == []
    assert words(page.css_first("#shown")) == "1 of 5000 shown"


def test_a_document_that_cites_nothing_and_a_link_of_an_unknown_document_have_their_place() -> None:
    stray = state((citation(NOTES, 1, "https://a.example/"),), VerdictKind.DEAD, Reason.GONE, "x")
    page = parsed(Report(run=RUN, documents=(document(FLOOD),), links=(stray,)))
    assert next(words(section) for section in page.css("main > section")) == "drafts/harbour-flood.txt No citations."
    assert words(page.css("main > section h2")[1]) == "notes/lighthouse.md"
