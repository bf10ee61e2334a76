"""What is known of a link before somebody looks at it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archiver import urls
from archiver.checks.findings import find
from archiver.model import THERE, Observation, SignalKind
from archiver.web.exchange import Validators

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archiver.model import Citation

_TRUSTED = timedelta(days=60)  # for so long a server is believed that says "not modified", before all is read again
_HONEST = timedelta(days=30)  # for so long a host is taken to go on saying no


class Aim(Struct, frozen=True, kw_only=True):
    """What the documents and earlier looks say of a link, as far as it changes what is asked."""

    variants: tuple[str, ...] = ()  # the address as it may have been meant, as the documents' readers see it
    earlier: Observation | None = None  # a look that read all of it and found it there
    honest: datetime | None = None  # when its host last said no to an address beside it that cannot exist

    @property
    def unless(self) -> Validators | None:
        """Give what the earlier look's answer said of its state."""
        if self.earlier is None or self.earlier.final_url is None:
            return None
        url = urls.without_fragment(self.earlier.final_url)
        return Validators(url=url, etag=self.earlier.etag, modified=self.earlier.modified)


NOTHING = Aim()


def aims_of(citations: Mapping[str, Iterable[Citation]]) -> dict[str, Aim]:
    """Give, for links of which there is something, what the documents say of them."""
    found = {}
    for link, cited in citations.items():
        variants = dict.fromkeys(
            normal for citation in cited for variant in citation.variants
            if (normal := urls.normalise(variant)) is not None and normal != link
        )
        if variants:
            found[link] = Aim(variants=tuple(variants))
    return found


def again(aim: Aim, looks: Iterable[Observation], now: datetime) -> Aim:
    """Put to it what earlier looks saw, oldest first."""
    looks = tuple(looks)
    asked = next((seen for seen in reversed(looks) if seen.sibling is not None), None)
    if asked is not None and asked.sibling in (404, 410) and now - asked.at < _HONEST:
        aim = replace(aim, honest=asked.at)
    earlier = _last_whole(looks, now)
    return aim if earlier is None else replace(aim, earlier=earlier)


def _last_whole(looks: Sequence[Observation], now: datetime) -> Observation | None:
    """Give the last look, where it read the whole page and found it there; of unchanged ones, the look before them."""
    for seen in reversed(looks):
        if seen.has(SignalKind.UNCHANGED):
            continue
        whole = seen.status == 200 and seen.failure is None and seen.truncated is None and seen.via is None
        if not whole or not (seen.etag or seen.modified) or seen.has(SignalKind.META_REFRESH, SignalKind.DRAWN):
            return None
        return seen if now - seen.at < _TRUSTED and find(seen).kind in THERE else None
    return None
