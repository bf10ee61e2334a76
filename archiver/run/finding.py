"""Find the link that a person means, who need not write it as the manifest does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.errors import UsageError
from archiver.reports.text import clip

if TYPE_CHECKING:
    from archiver.manifest.store import Manifest
    from archiver.model import LinkState

_LINKS, _HOSTS = 2000, 20_000  # that are compared with what a person wrote
_NEAR = 0.75  # how much alike two hosts are of which one may be meant by the other


def find_state(manifest: Manifest, written: str) -> LinkState:
    """Give the state of the link that is meant: as written, normalised, or in the one other spelling that is known.

    Raises UsageError when there is none, and then names the nearest.
    """
    written = written.strip()
    link = urls.normalise(written) or written
    for address in dict.fromkeys((link, written)):
        state = manifest.state_of(address)
        if state is not None:
            return state
    near = _spellings(manifest, link)
    if len(near) == 1 and (state := manifest.state_of(near[0])) is not None:
        return state
    found = near or _nearest(manifest, link)
    hint = f"did you mean {clip(found[0], 300)} ?" if found else "`archiver check` looks at any address"
    raise UsageError(f"{clip(link, 300)}: not in the manifest", hint=hint)


def _spellings(manifest: Manifest, link: str) -> list[str]:
    """Give the links that differ only in http/https, "www.", a slash at the end, fragment or tracking parameters."""
    bare = urls.normalise(link, drop_tracking=True)
    if bare is None:
        return []
    name = urls.host(bare).removeprefix("www.")
    others = manifest.links_at((name, f"www.{name}"), _LINKS)
    return [
        other for other in others
        if urls.differs_only_in_spelling(bare, urls.normalise(other, drop_tracking=True) or other)
    ]


def _nearest(manifest: Manifest, link: str) -> list[str]:
    """Give the link that looks most like it: of the same host, else of the host that looks most like it."""
    import difflib

    name = urls.host(link) if urls.normalise(link) == link else ""
    links = manifest.links_at((name, f"www.{name}", name.removeprefix("www.")), _LINKS) if name else ()
    if not links and name:
        hosts = difflib.get_close_matches(name, manifest.host_names(_HOSTS), n=1, cutoff=_NEAR)
        links = manifest.links_at(hosts, _LINKS)
    # Hosts are alike by now; of the rest of the address more than half must be.
    return difflib.get_close_matches(link[:2000], links, n=1, cutoff=0.8)
