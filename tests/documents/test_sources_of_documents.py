"""Arguments become documents; whatever cannot be read says why, and nothing hangs."""

import os
from pathlib import Path

import pytest

from archiver.documents import Raw, read
from archiver.documents.sources import Address, expand
from archiver.model import Unreadable


def names(base: Path, *arguments: str) -> list[str]:
    found = expand(arguments, base=base, stdin=lambda: b"text")
    return [
        item.source if isinstance(item, Raw) else item.url if isinstance(item, Address) else f"! {item.reason}"
        for item in found
    ]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "b.md",
        "a.txt",
        "sub/c.html",
        "sub/deep/d.md",
        ".hidden/e.md",
        "kept/manifest.sqlite",
        "kept/report.html",
        "drafts/f.md",
        "picture.png",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("words")
    (tmp_path / ".gitignore").write_text("drafts/\n")
    return tmp_path


def test_a_folder_gives_its_documents_sorted_without_hidden_ignored_and_own_files(tree: Path) -> None:
    assert names(tree, ".") == ["a.txt", "b.md", "sub/c.html", "sub/deep/d.md"]


def test_globs_reach_down(tree: Path) -> None:
    assert names(tree, "**/*.md") == ["b.md", "drafts/f.md", "sub/deep/d.md"]
    assert names(tree, "*.md", "b.md") == ["b.md"]
    assert names(tree, "[ab].*") == ["a.txt", "b.md"]


def test_addresses_and_standard_input_pass(tree: Path) -> None:
    assert names(tree, "https://example.org/a", "-") == ["https://example.org/a", "-"]


def test_what_cannot_be_read_says_why(tree: Path) -> None:
    (tree / "broken.md").symlink_to("nowhere.md")
    (tree / "loop.md").symlink_to("loop.md")
    (tree / "empty.md").write_text("")
    (tree / "none").mkdir()
    os.mkfifo(tree / "pipe.md")
    with (tree / "big.md").open("wb") as big:
        big.truncate(1_000_000_000)
    assert names(tree, "broken.md") == ["! is a link that leads nowhere"]
    assert names(tree, "loop.md") == ["! is a link that leads nowhere"]
    assert names(tree, "empty.md") == ["! is empty"]
    assert names(tree, "pipe.md") == ["! is no regular file"]
    assert names(tree, "big.md") == ["! is larger than 50 MB"]
    assert names(tree, "absent.md") == ["! does not exist"]
    assert names(tree, "*.rst") == ["! matches no file"]
    assert names(tree, "none") == ["! holds no documents"]
    assert names(tree, "ftp://example.org/a") == ["! is an address of scheme ftp:"]


def test_binary_data_is_refused_by_name() -> None:
    found = read(Raw(source="a.txt", data=b"\x89PNG\r\n\x1a\n\0"))
    assert isinstance(found, Unreadable)
    assert found.reason == "is a picture, which is not read"
