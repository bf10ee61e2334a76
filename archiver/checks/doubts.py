"""Settles what one answer leaves open, by what the host says to an address that cannot exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.checks import sibling as siblings
from archiver.checks.facts import Doubt, Facts, gate
from archiver.checks.redirects import Destination, only_spelling
from archiver.model import SignalKind

if TYPE_CHECKING:
    from archiver.checks.asking import Asking
    from archiver.checks.page import Page

_GATEKEEPER = 700  # weighed characters of a front page that only asks something of the reader


async def settle(asking: Asking, facts: Facts) -> None:
    """Ask for a sibling that cannot exist, and see what that makes of a doubt."""
    page = facts.page
    if page is None or facts.doubt is Doubt.NONE:
        return
    other, answer = await siblings.ask(
        asking.link, asking.web, turn=None,
        by_query=facts.doubt in (Doubt.WORDING, Doubt.HOME) and bool(urls.query(asking.link)),
    )
    if answer is not None:
        asking.answers.append(answer)
    if other is not None and other.refused:
        return  # an honest host: what it shows is there
    if facts.doubt is Doubt.HOME:
        _settle_home(facts, page, other)
    elif facts.doubt is Doubt.REDIRECT and other is not None and other.status is not None:
        _settle_redirect(facts, other)
    else:
        _settle_page(facts, page, other)


def _settle_redirect(facts: Facts, other: siblings.Sibling) -> None:
    if only_spelling(other.final_url, facts.final) and facts.chain.permanent:
        home = facts.chain.destination is Destination.OTHER_HOME
        facts.say(
            SignalKind.TO_HOME if home else SignalKind.SOFT_404,
            facts.final if home else f"the host sends any address of that folder to {facts.final}",
        )


def _settle_page(facts: Facts, page: Page, other: siblings.Sibling | None) -> None:
    alike = other is not None and other.is_like(page)
    if page.is_app and (facts.doubt is Doubt.SHELL or alike):
        # What an app shows for an address, only a browser can tell.
        facts.say(SignalKind.NEEDS_BROWSER, "a script draws the page, and the host gives it for any address")
    elif alike and facts.doubt is Doubt.STRANGER and gate().search(page.plain_text):
        facts.say(SignalKind.NEEDS_BROWSER, "a gate stands before every address of the host")
    elif alike and page.scripts and page.length < 300:
        facts.say(SignalKind.NEEDS_BROWSER, "a little page with a script stands at any address of the host")
    elif alike:
        said = f"{facts.evidence}, and " if facts.evidence else ""
        facts.say(SignalKind.SOFT_404, f"{said}the host gives the same page for an address that cannot exist")


def _settle_home(facts: Facts, page: Page, other: siblings.Sibling | None) -> None:
    """Take back what a redirect for now to the front page says, where it may be for another reason."""
    if other is None:
        return  # there is nobody to ask
    everywhere = other.status is not None and only_spelling(other.final_url, facts.final)
    asks = page.length < _GATEKEEPER and gate().search(page.plain_text) is not None
    if everywhere and 200 <= (other.status or 0) < 300 and not asks:
        return  # so the host answers whatever it does not have
    facts.signals[:] = [signal for signal in facts.signals if signal.kind is not SignalKind.TO_HOME]
    facts.say(
        SignalKind.NEEDS_BROWSER,
        f"a gate at {facts.final} stands before every address of the host" if everywhere
        else f"it redirects, for now, to {facts.final}, and the host does not say what it does with other addresses",
    )
