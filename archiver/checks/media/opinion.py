"""A second opinion on media whose host is in no table of ours: yt-dlp's, which knows well over a thousand sites.

For a look that came to nothing, only. What yt-dlp finds is a hint: it calls pages fine whose film is gone, or takes an
empty answer for a film. So the address that it names is asked for, and the film must begin there. Its errors break
with every change of a site; of them, only a refusal in plain words counts, and never a status.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archiver import urls
from archiver.checks.media.files import is_media
from archiver.checks.media.hosts import media_host
from archiver.checks.media.playlists import is_list
from archiver.checks.media.word import Word, alive, removed, word
from archiver.checks.media.ytdlp import Question, Told
from archiver.model import SignalKind
from archiver.web.apart import command, environment
from archiver.web.exchange import Failure
from archiver.web.guard import forbidden_host

if TYPE_CHECKING:
    from archiver.checks.asking import Asking
    from archiver.model import Observation

_DEADLINE = 25.0  # seconds
_GRACE = 3.0
_RANGE = {"Range": "bytes=0-1023"}
_LIMIT = 200_000  # bytes, where the host ignores the range
_MOST = 200_000  # bytes of what the process says
_OPEN = (SignalKind.MEDIA_UNCLEAR, SignalKind.NEEDS_BROWSER)
_GONE = re.compile(
    r"\b(?:has been|was|been) (?:removed|deleted|taken down|terminated)\b|\bno longer (?:available|exists)\b"
    r"|\bdo(?:es)?(?: not|n.t) exist\b|\b(?:video|clip|media|track) (?:is )?(?:deleted|removed)\b", re.IGNORECASE,
)
_PRIVATE = re.compile(r"\bprivate\b|\bpassword\b|\bmembers\b|\bsubscri(?:be|ption)\b|\bpremium\b", re.IGNORECASE)
_NOT_SURE = re.compile(r"later|again|temporar|robot|captcha|blocked|\bip\b|rate|\bmay\b|\bmight\b", re.IGNORECASE)


def wants_opinion(observation: Observation) -> bool:
    """Tell whether a look at media leaves open whether they are there, and no host of the table could say."""
    return (
        observation.failure is None and observation.status == 200 and observation.has(*_OPEN)
        and media_host(observation.link) is None
    )


async def opinion(
    asking: Asking, observation: Observation, *, proxy: str = "", ca_bundle: str = "", allow_private: bool = False,
    deadline: float = _DEADLINE,
) -> Observation:
    """Give the observation with what yt-dlp's word, once it was proved, makes of it; the same where it settles nothing.

    The settings are those of `web`. The proof is a request of the look's own, which is kept in its answers.
    """
    link = urls.without_fragment(observation.link)
    if not wants_opinion(observation) or (not allow_private and forbidden_host(urls.host(link))):
        return observation
    told = await _ask(Question(link, deadline, proxy, allow_private), ca_bundle)
    found = await _weigh(asking, told) if told is not None else None
    if found is None:
        return observation
    kept = tuple(one for one in observation.signals if one.kind not in _OPEN)
    return replace(observation, signals=(*kept, *found.signals), title=found.title or observation.title)


async def _weigh(asking: Asking, told: Told) -> Word | None:
    if told.kind == "geo":
        return word(SignalKind.MEDIA_GEO, f"yt-dlp: {told.error}")
    if told.kind == "login":
        return word(SignalKind.LOGIN, f"yt-dlp: {told.error}")
    if told.kind == "refused":
        if _NOT_SURE.search(told.error):
            return None
        if _PRIVATE.search(told.error):
            return word(SignalKind.MEDIA_PRIVATE, f"yt-dlp: {told.error}")
        return removed(f"yt-dlp: {told.error}") if _GONE.search(told.error) else None
    return await _prove(asking, told)


async def _prove(asking: Asking, told: Told) -> Word | None:
    """Ask for what yt-dlp names: a film must begin there, or a host of the table must know it."""
    address = urls.without_fragment(urls.normalise(told.address) or "")  # its fragments are notes to itself
    if not address or address == urls.without_fragment(asking.link):
        return None
    host = media_host(address)
    question = host.question(address) if host is not None else None
    answer = await asking.fetch(question or address, headers=None if question else _RANGE, limit=_LIMIT)
    if isinstance(answer, Failure):
        return None
    final = answer.final
    if host is not None and question:
        said = host.read(final)
        return alive(f"{host.name} knows what it shows", told.title) if said.kind is SignalKind.MEDIA_ALIVE else None
    if 200 <= final.status < 300 and (is_media(final.decoded) or is_list(final.decoded)):
        ended = SignalKind.ENDED if told.live in ("was_live", "post_live") else None
        return alive(f"yt-dlp finds its film, which begins at {address}", told.title, also=ended)
    return None


async def _ask(question: Question, ca_bundle: str) -> Told | None:
    """Let the process answer; None when it did not."""
    process = await asyncio.create_subprocess_exec(
        *command("archiver.checks.media.ytdlp"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL, env=environment(ca_bundle), start_new_session=True,
    )
    try:
        said, _ = await asyncio.wait_for(
            process.communicate(json.dumps(question._asdict()).encode()), question.deadline + _GRACE,
        )
    except TimeoutError:
        return None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    return read_told(said[:_MOST])


def read_told(said: bytes) -> Told | None:
    """Read what the process said; None when it is nothing that it says."""
    try:
        value = json.loads(said)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or set(value) != set(Told._fields):
        return None
    return Told(**value) if all(isinstance(one, str) for one in value.values()) else None
