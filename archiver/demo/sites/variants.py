"""Addresses that were written down wrong: what was meant is there, a little beside."""

from __future__ import annotations

from archiver.demo.answers import page
from archiver.demo.prose import article
from archiver.demo.script import Case, Reach
from archiver.model import Reason, VerdictKind

_HOST = "http://typesetter.demo"


def _cut(name: str, cited: str, meant: str, says: str) -> Case:
    return Case(
        name=f"variant-{name}", url=f"{_HOST}{cited}", verdict=VerdictKind.DEAD, reason=Reason.NOT_FOUND,
        needs=frozenset({"variant"}), says=says, fix=f"{_HOST}{meant}",
        beside={f"{_HOST}{meant}": page(article("The compositor’s apprentice"))},
    )


CASES = (
    _cut("stop", "/essays/apprentice.", "/essays/apprentice", "the full stop of the sentence is in the address"),
    _cut("bracket", "/essays/ink)", "/essays/ink", "so is a bracket"),
    _cut("quotes", "/essays/lead%E2%80%9D,", "/essays/lead", "and a closing quotation mark"),
    _cut("open-bracket", "/wiki/Forme_(printing", "/wiki/Forme_(printing)", "its own bracket was cut off"),
    _cut("encoded-twice", "/essays/caf%25C3%25A9", "/essays/caf%C3%A9", "it was percent-encoded twice"),
    _cut("entities", "/essays?year=1931&amp;page=2", "/essays?year=1931&page=2", "it was copied out of HTML"),
    Case(
        name="variant-redirector", url="http://counter.demo/click?u=http%3A%2F%2Ftypesetter.demo%2Fessays%2Fproof",
        verdict=VerdictKind.DEAD, reason=Reason.NOT_FOUND, needs=frozenset({"variant"}),
        says="the click counter is gone, what it led to is there", fix=f"{_HOST}/essays/proof",
        beside={
            "http://counter.demo/": page(article("Counter")),
            f"{_HOST}/essays/proof": page(article("Proofs, corrected by candle")),
        },
    ),
    Case(
        name="variant-www", url="http://bindery.demo/glue", verdict=VerdictKind.DEAD, reason=Reason.NO_SUCH_HOST,
        needs=frozenset({"variant"}), says="the name without www. does not exist", reach=Reach.NO_SUCH_HOST,
        fix="http://www.bindery.demo/glue", beside={"http://www.bindery.demo/glue": page(article("Hide glue"))},
    ),
    Case(
        name="variant-none", url="http://typesetter.demo/essays/apprentice-lost).", verdict=VerdictKind.DEAD,
        reason=Reason.NOT_FOUND, needs=frozenset({"variant"}), says="nothing of the kind is there, however it is spelt",
    ),
)
