"""`archiver check`: what one look shows, now. Needs no config.toml, leaves no file behind."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from archiver.demo.answers import page

if TYPE_CHECKING:
    from conftest import CommandLine

    from archiver.demo.world import World

ALIVE = "http://gazette.demo/2011/12/bridge"
DEAD = "http://gazette.demo/2014/05/vanished"
FILM = "https://www.youtube.com/watch?v=demoAlive01"
REMOVED = "https://www.youtube.com/watch?v=demoRemoved"

ESSAY = f"""# Three things

A bridge,[^1] a page that vanished,[^2] and a film.[^3]

[^1]: {ALIVE}
[^2]: <{DEAD}>
[^3]: {FILM}
"""
PAGE = (
    f'<!doctype html><html lang="en"><head><title>Three things</title></head><body><p>A <a href="{ALIVE}">bridge</a>, '
    f'a <a href="{DEAD}">page that vanished</a>.</p><iframe src="https://www.youtube.com/embed/demoRemoved"></iframe>'
    "</body></html>"
)


@pytest.fixture(scope="module")
def web(living_world: World) -> World:
    living_world.sites.put("http://reader.demo/page", page(PAGE))
    return living_world


def verdicts(out: str) -> dict[str, tuple[str, str]]:
    return {link["url"]: (link["verdict"], link["reason"]) for link in json.loads(out)["links"]}


def test_a_document_is_looked_through(cli: CommandLine, web: World) -> None:
    cli.write("essay.md", ESSAY)
    before = cli.files()
    done = cli("check", "essay.md", "--format", "json", world=web)
    assert (done.code, done.err) == (1, "")
    told = json.loads(done.out)
    assert told["schema"] == "archiver.report/1"
    assert {key: told["summary"][key] for key in ("documents", "citations", "links", "lost", "alive", "dead")} == {
        "documents": 1, "citations": 3, "links": 3, "lost": 0, "alive": 2, "dead": 1,
    }
    assert verdicts(done.out) == {ALIVE: ("alive", "ok"), DEAD: ("dead", "not-found"), FILM: ("alive", "ok")}
    dead = next(link for link in told["links"] if link["url"] == DEAD)
    assert (dead["status"], dead["confirmed"]) == (404, False)
    assert [(one["label"], one["kind"], one["document"]) for one in dead["citations"]] == [
        ("2", "footnote", "essay.md"),
    ]
    assert cli.files() == before


def test_the_text_tells_what_is_dead_and_counts_the_rest(cli: CommandLine, web: World) -> None:
    cli.write("essay.md", ESSAY)
    done = cli("check", "essay.md", world=web)
    assert (done.code, done.err) == (1, "")
    assert DEAD in done.out
    assert "dead: not-found" in done.out
    assert ALIVE not in done.out
    assert done.out.splitlines()[-1] == "1 document, 3 citations, 3 links: 1 dead, 2 alive"
    assert ALIVE in cli("check", "essay.md", "-v", world=web).out
    assert "\x1b" not in done.out


def test_bare_addresses_need_no_document(cli: CommandLine, web: World) -> None:
    before = cli.files()
    done = cli("check", ALIVE, FILM, "--format", "json", world=web)
    assert (done.code, done.err) == (0, "")
    assert verdicts(done.out) == {ALIVE: ("alive", "ok"), FILM: ("alive", "ok")}
    assert json.loads(done.out)["documents"] == []
    assert cli.files() == before


def test_an_address_read_as_a_document(cli: CommandLine, web: World) -> None:
    done = cli("check", "--read", "http://reader.demo/page", "--format", "json", world=web)
    assert (done.code, done.err) == (1, "")
    found = verdicts(done.out)
    assert found[ALIVE] == ("alive", "ok")
    assert found[DEAD] == ("dead", "not-found")
    assert ("dead", "media-removed") in found.values()
    assert json.loads(done.out)["documents"][0]["source"] == "http://reader.demo/page"


def test_standard_input_is_a_document(cli: CommandLine, web: World) -> None:
    done = cli("check", "-", "--format", "json", world=web, stdin=ESSAY.encode())
    assert done.code == 1
    assert len(verdicts(done.out)) == 3


def test_csv_has_a_row_for_each_link(cli: CommandLine, web: World) -> None:
    cli.write("essay.md", ESSAY)
    done = cli("check", "essay.md", "--format", "csv", world=web)
    assert (done.code, done.err) == (1, "")
    rows = list(csv.DictReader(StringIO(done.out)))
    assert {row["url"]: row["verdict"] for row in rows} == {ALIVE: "alive", DEAD: "dead", FILM: "alive"}


def test_json_lines_are_one_object_each(cli: CommandLine, web: World) -> None:
    cli.write("essay.md", ESSAY)
    done = cli("check", "essay.md", "--format", "jsonl", world=web)
    assert (done.code, done.err) == (1, "")
    links = [json.loads(line) for line in done.out.splitlines()]
    assert [one["verdict"] for one in links if one.get("url") == DEAD] == ["dead"]


def test_the_page_makes_no_request_and_escapes(cli: CommandLine, web: World) -> None:
    cli.write("odd.md", f"# <script>alert(1)</script>\n\n[<b>bold</b> & co]({DEAD})\n")
    done = cli("check", "odd.md", "--format", "html", "-o", "report.html", world=web)
    assert (done.code, done.out, done.err) == (1, "", "")
    text = (cli.folder / "report.html").read_text("utf-8")
    assert text.lower().startswith("<!doctype html>")
    assert "Content-Security-Policy" in text
    assert DEAD in text
    assert "<script>alert(1)" not in text
    assert "<b>bold</b>" not in text


def test_a_document_that_is_not_there_is_an_error_though_the_rest_is_told(cli: CommandLine, web: World) -> None:
    done = cli("check", "nowhere.md", ALIVE, "--format", "json", world=web)
    assert done.code == 2
    assert verdicts(done.out) == {ALIVE: ("alive", "ok")}
    assert len(done.lines) == 1
    assert done.err.startswith("archiver: nowhere.md: ")


def test_every_link_is_asked_for_once_however_often_it_is_cited(cli: CommandLine, web: World) -> None:
    cli.write("twice.md", f"[a]({ALIVE}) and [b]({ALIVE}) and [c]({ALIVE}#part)\n")
    mark = len(web.requests)
    assert cli("check", "twice.md", world=web).code == 0
    asked = [one for one in web.requests[mark:] if one.url == ALIVE]
    assert 1 <= len(asked) <= 2  # the address with a fragment is a link of its own


@pytest.mark.parametrize(("url", "verdict", "reason"), [
    ("http://oldstyle.demo/story.php?id=17", "moved", "permanent-redirect"),
    ("http://ledger.demo/premium/42", "restricted", "paywall"),
    ("https://cloudflare-walled.demo/essay/3", "blocked", "bot-wall"),
    ("http://plausible.demo/2008/strike", "dead", "soft-404"),
    ("http://no-such-host.demo/essay", "dead", "no-such-host"),
    ("http://refused.demo/essay", "unknown", "refused"),
    ("ftp://files.demo/tides.txt", "skipped", "unsupported"),
])
def test_verdicts_and_exit_codes(cli: CommandLine, web: World, url: str, verdict: str, reason: str) -> None:
    cli.write("one.md", f"[this]({url})\n")
    done = cli("check", "one.md", "--format", "json", world=web)
    assert (done.code, done.err) == (1 if verdict == "dead" else 0, "")
    assert list(verdicts(done.out).values()) == [(verdict, reason)]


def test_a_private_address_is_not_visited_unless_allowed(cli: CommandLine) -> None:
    done = cli("check", "http://127.0.0.1:9/", "http://[::1]:9/", "--format", "json")
    assert set(verdicts(done.out).values()) == {("skipped", "private-address")}
    allowed = cli("check", "http://127.0.0.1:9/", "--allow-private", "--format", "json")
    assert list(verdicts(allowed.out).values()) == [("unknown", "refused")]


def test_documents_are_found_from_where_the_user_stands(cli: CommandLine, web: World) -> None:
    cli.write("essay.md", ESSAY)
    cli.write("settings/config.toml", 'documents = ["other.md"]\n')
    done = cli("check", "essay.md", "-c", "settings/config.toml", "--format", "json", world=web)
    assert len(verdicts(done.out)) == 3


def test_flags_go_before_the_environment(cli: CommandLine, web: World) -> None:
    done = cli("check", ALIVE, "--proxy", "http://127.0.0.1:9", "--timeout", "1s", "--format", "json", world=web)
    assert verdicts(done.out)[ALIVE][0] == "unknown"
