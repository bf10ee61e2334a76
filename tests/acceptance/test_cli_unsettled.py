"""What one look leaves open, as a user sees it settled: pages that a script draws, media of hosts that nobody knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from archiver.demo.answers import file, page
from archiver.demo.cases import case
from archiver.demo.media import mp4
from archiver.demo.sites.apps import shell

if TYPE_CHECKING:
    from conftest import CommandLine, Done

    from archiver.demo.world import World

pytestmark = [pytest.mark.xdist_group("chromium"), pytest.mark.timeout(300)]
APP = case("app").url
FILM = "http://filmhouse.demo/watch/quay"


def told(done: Done) -> tuple[str, str, str]:
    (link,) = json.loads(done.out)["links"]
    return link["verdict"], link["reason"], link["because"]


@pytest.mark.usefixtures("chromium")
def test_an_app_that_says_not_found_is_dead_once_it_is_drawn(cli: CommandLine, living_world: World) -> None:
    done = cli("check", APP, "--format", "json", world=living_world, timeout=120)
    verdict, reason, because = told(done)
    assert (done.code, verdict, reason) == (1, "dead", "soft-404")
    assert because.endswith(", once a browser has drawn it.")


@pytest.mark.usefixtures("chromium")
def test_a_run_records_what_the_browser_saw(cli: CommandLine, living_world: World) -> None:
    cli.write("essay.md", f"An app.[^1]\n\n[^1]: {APP}\n")
    cli.write("config.toml", 'documents = ["essay.md"]\nfolder = "data"\n[archives]\ninternet_archive = false\n')
    done = cli("run", "--format", "json", world=living_world, timeout=120)
    assert told(done)[:2] == ("dead", "soft-404")
    assert "once a browser has drawn it" in cli("show", APP).out


@pytest.mark.usefixtures("chromium")
def test_a_long_list_looked_at_by_several_processes_ends_with_the_browser(
    cli: CommandLine, living_world: World,
) -> None:
    apps = [case(name).url for name in ("app", "app-article", "app-article-gone", "app-in-its-own-words")]
    cli.write("links.txt", "\n".join([*apps, *(f"http://host{n % 90}.demo/{n}" for n in range(700))]))
    for number in range(90):
        living_world.sites.add(f"host{number}.demo")
    several = {"ARCHIVER_WEB_PROCESSES": "3"}
    done = cli("check", "links.txt", "--format", "json", world=living_world, environment=several, timeout=120)
    found = {link["url"]: link["verdict"] for link in json.loads(done.out)["links"]}
    assert [found[url] for url in apps] == ["dead", "alive", "dead", "dead"]
    assert len(found) == 704


def test_without_a_browser_it_stays_unknown(cli: CommandLine, living_world: World) -> None:
    nothing = {"ARCHIVER_WEB_BROWSER": "none"}
    done = cli("check", APP, "--format", "json", world=living_world, environment=nothing)
    verdict, reason, because = told(done)
    assert (done.code, verdict, reason) == (0, "unknown", "needs-browser")
    assert because == "Only a browser could tell: a script draws the page, and the host gives it for any address."


def test_who_has_no_chromium_is_told_how_to_get_one(cli: CommandLine, living_world: World) -> None:
    elsewhere = {"ARCHIVER_WEB_BROWSER": "/nowhere/chromium"}
    done = cli("check", APP, "--format", "json", world=living_world, environment=elsewhere)
    verdict, reason, because = told(done)
    assert (verdict, reason) == ("unknown", "needs-browser")
    assert because.endswith("; /nowhere/chromium is no program (name the path of a Chromium).")


def test_cited_media_of_an_unknown_host_are_found_by_yt_dlp(cli: CommandLine, living_world: World) -> None:
    living_world.sites["filmhouse.demo"].missing = shell(
        "root.textContent = '…';", title="Film house",
        head='<script type="application/ld+json">{"@context": "https://schema.org", "@type": "VideoObject",'
        ' "name": "The quay", "contentUrl": "http://filmhouse.demo/files/quay.mp4"}</script>',
    )
    living_world.sites.put("http://filmhouse.demo/files/quay.mp4", file(mp4(), "video/mp4"))
    cli.write("films.html", f'<!doctype html><title>Films</title><p>See <a href="{FILM}">the video</a>.')
    done = cli(
        "check", "films.html", "--format", "json", world=living_world, timeout=120,
        environment={"ARCHIVER_WEB_BROWSER": "none"},
    )
    verdict, reason, because = told(done)
    assert (verdict, reason) == ("alive", "ok")
    assert because == "It is there: yt-dlp finds its film, which begins at http://filmhouse.demo/files/quay.mp4."


def test_what_nobody_cites_as_media_is_not_asked_about(cli: CommandLine, living_world: World) -> None:
    living_world.sites["quiet.demo"].missing = shell("root.textContent = '…';", title="Film house")
    living_world.sites.put("http://quiet.demo/", page("<!doctype html><title>Quiet</title><p>Quiet."))
    done = cli(
        "check", "http://quiet.demo/watch/quay", "--format", "json", world=living_world,
        environment={"ARCHIVER_WEB_BROWSER": "none"},
    )
    assert told(done)[:2] == ("unknown", "needs-browser")
