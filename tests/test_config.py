"""Settings: who wins, what is refused, and how the refusal reads."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from archiver import config
from archiver.cli.init import template
from archiver.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def load(tmp_path: Path, text: str = "", **kwargs: object) -> config.Loaded:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    return config.load(file, **{"environment": {}, **kwargs})  # type: ignore[arg-type]


def test_defaults_give_way_to_the_file_the_environment_and_flags_in_that_order(tmp_path: Path) -> None:
    text = '[web]\nconcurrency = 2\nper_host = 2\ntimeout = "2s"\n'
    loaded = load(
        tmp_path, text,
        environment={"ARCHIVER_WEB_PER_HOST": "3", "ARCHIVER_WEB_TIMEOUT": "3s"}, flags={"web.timeout": "4s"},
    )
    web = loaded.settings.web
    assert (web.concurrency, web.per_host, web.timeout, web.interval) == (2, 3, 4.0, 1.0)
    assert loaded.origins["web.concurrency"] == f"{tmp_path / 'config.toml'}:2"
    assert loaded.origins["web.per_host"] == "environment ARCHIVER_WEB_PER_HOST"
    assert loaded.origins["web.timeout"] == "--timeout"
    assert loaded.origins["web.interval"] == "default"


@pytest.mark.parametrize(("text", "complaint"), [
    ("[web]\ntimeuot = 3\n", ":2: unknown key web.timeuot (did you mean web.timeout?)"),
    ('[web]\n\nconcurrency = "many"\n', ":3: web.concurrency: expected `int`, got `str`"),
    ('[web]\ntimeout = "3 parsecs"', ":2: web.timeout: expected a duration such as 10,"),
    ("web = 3", ":1: web is a table, write [web]"),
    ("[web]\nconcurrency = 0", ":2: web.concurrency: 0 is not between 1 and 4096"),
    ('exclude = ["("]', ":1: exclude: '(' is no regular expression"),
    ("documents = [", "config.toml: Invalid value"),
    ('[archives]\nsecret_key = "s"', ":2: archives.secret_key is a secret and does not belong in this file"),
    ('[web]\nproxy = "localhost"', ":2: web.proxy: expected an address such as"),
    ("[web]\nconcurrency = true", ":2: web.concurrency: expected `int`, got `bool`"),
])
def test_a_mistake_is_one_line_with_file_line_and_key(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(("text", "seconds"), [
    ("1s", 1), ("20m", 1200), ("6h", 21600), ("30d", 2592000), ("2w", 1209600), ("250ms", 0.25), (5, 5), ("1.5s", 1.5),
])
def test_durations_are_seconds_or_text_with_a_unit(text: object, seconds: float) -> None:
    assert config.duration(text) == seconds


@pytest.mark.parametrize(("text", "count"), [("2MB", 2_000_000), ("1KiB", 1024), (7, 7), ("12", 12)])
def test_sizes_are_bytes_or_text_with_a_unit(text: object, count: int) -> None:
    assert config.size(text) == count


@pytest.mark.parametrize("value", ["", "abc", "-1s", "1 lightyear", True, None, float("nan"), float("inf"), -3])
def test_nonsense_is_no_duration(value: object) -> None:
    with pytest.raises(ValueError, match="Expected a duration"):
        config.duration(value)


def test_a_file_that_is_not_utf8_or_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b'title = "caf\xe9"')
    with pytest.raises(ConfigError, match="not UTF-8 at byte 12"):
        config.load(file, environment={})
    with pytest.raises(ConfigError, match="No such file"):
        config.load(tmp_path / "none.toml", environment={})


def test_the_shipped_file_shows_every_key_with_its_default() -> None:
    table = tomllib.loads(template())
    shown = {f"{name}.{key}" for name, value in table.items() if isinstance(value, dict) for key in value}
    shown |= {name for name, value in table.items() if not isinstance(value, dict)}
    assert shown == set(config.keys()) - config.SECRETS - {"archives.memento"}
    defaults = config.load(None, environment={}, search=False).settings
    table.pop("documents")
    assert config.load(None, environment={}, search=False, flags={
        f"{name}.{key}" if isinstance(value, dict) else name: inner
        for name, value in table.items()
        for key, inner in (value.items() if isinstance(value, dict) else [("", value)])
    }).settings == defaults


def test_the_shipped_file_takes_documents() -> None:
    table = tomllib.loads(template(('a "b".md', "c.html")))
    assert table["documents"] == ['a "b".md', "c.html"]
    assert table["title"] == "Cited links"


def test_paths_start_at_the_file(tmp_path: Path) -> None:
    loaded = load(tmp_path, 'folder = "kept"')
    assert loaded.folder == tmp_path / "kept"
    assert loaded.manifest_url == f"sqlite:///{tmp_path / 'kept' / 'manifest.sqlite'}"


def test_paths_in_the_file_start_at_the_file_and_those_of_flags_where_we_are(tmp_path: Path) -> None:
    text = '[web]\nca_bundle = "ca.pem"\n[archives]\nkeys_file = "keys.txt"\n'
    loaded = load(tmp_path, text)
    assert loaded.settings.web.ca_bundle == str(tmp_path / "ca.pem")
    assert loaded.settings.archives.keys_file == str(tmp_path / "keys.txt")
    assert load(tmp_path, text, flags={"web.ca_bundle": "other.pem"}).settings.web.ca_bundle == "other.pem"
    assert load(tmp_path, '[archives]\nkeys_file = "/etc/keys"').settings.archives.keys_file == "/etc/keys"
