"""From arguments to documents: files, globs, folders, archives of documents, addresses and standard input.

Nothing here hangs or swells: only regular files are opened, links are not followed down the tree, and what is larger
than `LIMIT` is not read. Whatever cannot be read is one `Unreadable` with the reason and what to do about it.
"""

from __future__ import annotations

import os
import re
import stat
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from archiver import urls
from archiver.documents.formats import SUFFIXES
from archiver.documents.raw import Raw
from archiver.model import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pathspec import GitIgnoreSpec

LIMIT = 50_000_000  # bytes of one document
_TEXTS = SUFFIXES  # what a folder is searched for
_NOT_DOCUMENTS = frozenset(
    {"requirements.txt", "robots.txt", "license.txt", "licence.txt", "license.md", "cmakelists.txt", "llms.txt"}
)
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_OUTPUT = frozenset({"manifest.sqlite"})  # a folder that holds it is ours
_GLOB = re.compile(r"[*?\[]")


class Address(Struct, frozen=True):
    """A document on the web, to be fetched by somebody who may."""

    url: str


class Site(Struct, frozen=True):
    """A site whose own pages are documents, to be crawled by somebody who may."""

    url: str


def expand(
    arguments: Iterable[str], *, base: Path, stdin: Callable[[], bytes] | None
) -> Iterator[Raw | Unreadable | Address]:
    """Give the documents that arguments stand for, in their order, none of them twice. Paths start at `base`."""
    seen: set[str] = set()
    for argument in arguments:
        for key, item in _one(argument, base, stdin):
            if key not in seen:
                seen.add(key)
                yield item() if callable(item) else item


# What a document is known by, and the document, or how to read it: a file that was met before is not opened again.
_Found = tuple[str, "Callable[[], Raw | Unreadable] | Raw | Unreadable | Address"]


def _one(argument: str, base: Path, stdin: Callable[[], bytes] | None) -> Iterator[_Found]:
    if argument == "-":
        whole = _standard_input(stdin)
        for number, item in enumerate((whole,) if isinstance(whole, Unreadable) else unbundled(whole)):
            yield f"-{number or ''}", item
        return
    name = urls.scheme(argument)
    if name in ("http", "https"):
        yield argument, Address(argument)
        return
    if name == "file":
        path = Path(unquote(urlsplit(argument).path))
    elif "://" in argument[:40]:
        reason = f"is an address of scheme {name}:"
        yield argument, Unreadable(source=argument, reason=reason, hint="only http and https are read")
        return
    else:
        path = _path(argument, base)
    yield from _on_disk(argument, path, base)


def _path(argument: str, base: Path) -> Path:
    try:
        return base / Path(argument).expanduser()
    except RuntimeError:  # "~nobody"
        return base / argument


def _on_disk(argument: str, path: Path, base: Path) -> Iterator[_Found]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if _GLOB.search(argument) and not os.path.lexists(_safe(path)):
            yield from _glob(argument, path, base)
        else:
            yield argument, _missing(argument, path, error)
        return
    if stat.S_ISDIR(mode):
        yield from _folder(argument, path)
    elif stat.S_ISREG(mode) and path.suffix.lower() not in _TEXTS:
        yield from _bundle(argument, path)
    else:
        yield _key(path), _reading(argument, path)


def unbundled(raw: Raw) -> Iterator[Raw | Unreadable]:
    """Give the documents of an archive that came as a whole, or the one document that it is."""
    from archiver.documents import bundles

    members = bundles.documents(raw.source, BytesIO(raw.data), _wanted)
    if members is None:
        yield raw
        return
    found = False
    for _, item in members:
        found = True
        yield item
    if not found:
        yield _no_documents(raw.source)


def _bundle(argument: str, path: Path) -> Iterator[_Found]:
    """Give the documents of an archive that is named itself; any other file is one document."""
    from archiver.documents import bundles

    found = False
    try:
        with path.open("rb") as stream:
            members = bundles.documents(argument, stream, _wanted)
            if members is None:
                yield _key(path), _reading(argument, path)
                return
            for name, item in members:
                found = True
                yield f"{_key(path)}/{name}", item
    except OSError as error:
        yield argument, _missing(argument, path, error)
        return
    if not found:
        yield argument, _no_documents(argument)


def _wanted(parts: tuple[str, ...]) -> bool:
    """Tell whether a file in an archive is what a folder would be searched for."""
    if any(part.startswith(".") or part in _SKIPPED or part == "__MACOSX" for part in parts):
        return False
    name = parts[-1].lower()
    return name not in _NOT_DOCUMENTS and Path(name.removesuffix(".gz")).suffix in _TEXTS


def _no_documents(source: str) -> Unreadable:
    kinds = ", ".join(sorted(suffix[1:] for suffix in _TEXTS))
    return Unreadable(source=source, reason="holds no documents", hint=f"looked for: {kinds}")


def _safe(path: Path) -> str:
    return str(path).replace("\0", "")


def _missing(source: str, path: Path, error: OSError | ValueError) -> Unreadable:
    if isinstance(error, PermissionError):
        return Unreadable(source=source, reason="may not be read", hint="check its permissions and those of its folder")
    try:
        if path.is_symlink():
            return Unreadable(source=source, reason="is a link that leads nowhere", hint="mend or remove the link")
    except (OSError, ValueError):
        pass
    if isinstance(error, FileNotFoundError):
        return Unreadable(source=source, reason="does not exist", hint="is the path right, and where it starts?")
    why = getattr(error, "strerror", None) or str(error)
    return Unreadable(source=source, reason=f"cannot be read: {why}", hint="is the path right?")


def _standard_input(stdin: Callable[[], bytes] | None) -> Raw | Unreadable:
    if stdin is None:
        return Unreadable(source="-", reason="there is no standard input here", hint="name files or addresses instead")
    try:
        data = stdin()
    except (OSError, ValueError) as error:
        return Unreadable(source="-", reason=f"standard input cannot be read: {error}", hint="pipe a document into it")
    if not data.strip():
        return Unreadable(source="-", reason="standard input is empty", hint="pipe a document into it")
    if len(data) > LIMIT:
        return _enormous("-")
    return Raw(source="-", data=data)


def _enormous(source: str) -> Unreadable:
    return Unreadable(source=source, reason="is larger than 50 MB", hint="split it, or extract the text that cites")


def _file(source: str, path: Path) -> Raw | Unreadable:
    """Read a regular file, at most `LIMIT` bytes; anything else is refused without waiting for it."""
    try:
        # O_NONBLOCK: opening a FIFO nobody writes to would otherwise wait for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        return _missing(source, path, error)
    with os.fdopen(descriptor, "rb") as opened:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            return Unreadable(source=source, reason="is no regular file", hint='for a pipe, use "-" and standard input')
        if facts.st_size > LIMIT:
            return _enormous(source)
        try:
            data = opened.read(LIMIT + 1)
        except OSError as error:
            return Unreadable(source=source, reason=f"cannot be read: {error.strerror}", hint="is the disk in order?")
    if len(data) > LIMIT:
        return _enormous(source)
    if not data.strip():
        return Unreadable(source=source, reason="is empty", hint="was it saved?")
    if data.startswith(b"\x1f\x8b"):
        from archiver.documents import bundles

        return bundles.unpacked(Raw(source=source, data=data))
    return Raw(source=source, data=data)


def _folder(argument: str, path: Path) -> Iterator[_Found]:
    found = False
    for file in _walk(path, _ignores_above(path)):
        if file.suffix.lower() in _TEXTS and file.name.lower() not in _NOT_DOCUMENTS:
            found = True
            source = str(Path(argument) / file.relative_to(path))
            yield _key(file), _reading(source, file)
    if not found:
        yield argument, _no_documents(argument)


def _key(file: Path) -> str:
    try:
        return str(file.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return str(file)


def _reading(source: str, file: Path) -> Callable[[], Raw | Unreadable]:
    return lambda: _file(source, file)


_Ignores = tuple[tuple[Path, "GitIgnoreSpec"], ...]


def _walk(folder: Path, ignores: _Ignores | None, *, hidden: bool = False) -> Iterator[Path]:
    """Give the files under a folder, sorted, without hidden ones, ignored ones and what we wrote ourselves.

    With None for the rules of the folders above, no .gitignore is honoured.
    """
    stack: list[tuple[Path, _Ignores]] = [(folder, ignores or ())]
    while stack:
        here, rules = stack.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            continue
        names = {entry.name for entry in entries}
        if here != folder and names.intersection(_OUTPUT):
            continue
        if ".gitignore" in names and ignores is not None:
            rules = (*rules, *_ignore_file(here))
        folders = []
        for entry in entries:
            path = here / entry.name
            is_folder = _is_folder(entry)
            if (entry.name.startswith(".") and not hidden) or _ignored(path, rules, is_folder=is_folder):
                continue
            if is_folder:
                if entry.name not in _SKIPPED:
                    folders.append((path, rules))
            elif not _is_folder(entry, follow=True):
                yield path
        stack += reversed(folders)


def _is_folder(entry: os.DirEntry[str], *, follow: bool = False) -> bool:
    try:
        return entry.is_dir(follow_symlinks=follow)
    except OSError:
        return False


def _ignore_spec(path: Path) -> GitIgnoreSpec | None:
    from pathspec import GitIgnoreSpec

    read = _file(str(path), path)
    if isinstance(read, Unreadable) or len(read.data) > 1_000_000:
        return None
    try:
        return GitIgnoreSpec.from_lines(read.data.decode("utf-8", "replace").splitlines())
    except ValueError:
        return None


def _ignore_file(folder: Path) -> _Ignores:
    spec = _ignore_spec(folder / ".gitignore")
    return ((folder, spec),) if spec else ()


def _ignores_above(folder: Path) -> _Ignores:
    """Give the rules of the repository around a folder, outermost first. What is named itself is never ignored."""
    whole = folder.resolve()
    found: list[Path] = []
    for parent in whole.parents:
        if (whole / ".git").exists():
            break
        found.append(parent)
        if (parent / ".git").exists():
            break
    else:
        found = []
    rules = tuple(
        (folder / os.path.relpath(parent, whole), spec)
        for parent in reversed(found)
        if (spec := _ignore_spec(parent / ".gitignore"))
    )
    return () if _ignored(folder, rules, is_folder=True) else rules


def _ignored(path: Path, rules: _Ignores, *, is_folder: bool) -> bool:
    for folder, spec in reversed(rules):
        relative = os.path.relpath(path, folder) + ("/" if is_folder else "")
        answer = spec.check_file(relative).include
        if answer is not None:
            return bool(answer)
    return False


def _glob(argument: str, path: Path, base: Path) -> Iterator[_Found]:
    """Give the files that match a pattern; "**" stands for any number of folders. Links to folders are not followed."""
    parts = path.parts
    fixed = next(index for index, part in enumerate(parts) if _GLOB.search(part))
    root = Path(*parts[:fixed]) if fixed else base
    pattern = re.compile(_translated("/".join(parts[fixed:])))
    hidden = any(part.startswith(".") for part in parts[fixed:])
    relative_argument = not Path(argument).expanduser().is_absolute()
    found = False
    for file in _walk(root, None, hidden=hidden):
        if pattern.fullmatch(file.relative_to(root).as_posix()):
            found = True
            source = os.path.relpath(file, base) if relative_argument else str(file)
            yield _key(file), _reading(source, file)
    if not found:
        hint = "is the pattern right, and where it starts?"
        yield argument, Unreadable(source=argument, reason="matches no file", hint=hint)


def _translated(pattern: str) -> str:
    """Turn a glob into a regular expression; `[` without its end is an ordinary sign."""
    pieces: list[str] = []
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            pieces.append("(?:[^/]+/)*+" if not pattern[at + 3 :].startswith("**") else "")
            at += 3
        elif pattern.startswith("**", at):
            pieces.append(".*")
            at += 2
        elif pattern[at] == "*":
            pieces.append("[^/]*")
            at += 1
        elif pattern[at] == "?":
            pieces.append("[^/]")
            at += 1
        elif pattern[at] == "[" and (end := pattern.find("]", at + 2)) > 0:
            inside = pattern[at + 1 : end].replace("\\", r"\\").replace("[", r"\[")
            pieces.append(f"[{'^' + inside[1:] if inside[0] in '!^' else inside}]")
            at = end + 1
        else:
            pieces.append(re.escape(pattern[at]))
            at += 1
    return "".join(pieces)
