"""Settles what one answer leaves open, by what the host says to an address that cannot exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver import urls
from archiver.checks import sibling as siblings
from archiver.checks.facts import Doubt, Facts
from archiver.checks.gates import gate
from archiver.checks.redirects import Destination, carries_back, only_spelling
from archiver.checks.sections import is_search
from archiver.model import SignalKind

if TYPE_CHECKING:
    from archiver.checks.asking import Asking
    from archiver.checks.page import Page

_GATEKEEPER = 700  # weighed characters of a front page that only asks something of the reader
_LISTS = (Destination.SECTION, Destination.SEARCH)


async def settle(asking: Asking, facts: Facts) -> None:
    """Ask for a sibling that cannot exist, and see what that makes of a doubt."""
    page = facts.page
    if page is None or facts.doubt is Doubt.NONE:
        return
    link = facts.chain.about or asking.link
    other, answer = await siblings.ask(
        link, asking.web, turn=None,
        by_query=facts.doubt in (Doubt.WORDING, Doubt.HOME, Doubt.REDIRECT) and bool(urls.query(link)),
    )
    if answer is not None:
        asking.answers.append(answer)
        if other is not None and link == asking.link:  # what another place answers is not remembered of this one
            asking.sibling = other.status
    if facts.doubt is Doubt.REDIRECT and other is not None:
        _settle_redirect(link, facts, page, other)
    elif other is not None and other.refused:
        return  # an honest host: what it shows is there
    elif facts.doubt is Doubt.HOME:
        _settle_home(link, facts, page, other)
    elif facts.doubt is not Doubt.REDIRECT:
        _settle_page(facts, page, other)


def _settle_redirect(link: str, facts: Facts, page: Page, other: siblings.Sibling) -> None:
    chain, final = facts.chain, facts.final
    if other.status is None:
        return
    same = only_spelling(other.final_url, final)
    if chain.destination in _LISTS:
        searched = chain.destination is Destination.SEARCH and is_search(other.final_url)
        if same or searched or other.refused:
            kind = "search" if chain.destination is Destination.SEARCH else "section"
            facts.say(SignalKind.SOFT_404, f"it redirects to the {kind} page {final}, which does not name it")
        return
    if other.refused:
        return  # an honest host: it knows where this has gone
    if urls.fragment(final).startswith(("/", "!")):
        return  # all addresses of an app are one to its host
    foreign = not urls.same_site(link, final)
    if carries_back(link, final):
        if foreign and not chain.permanent and _place(other.final_url) == _place(final):
            facts.say(SignalKind.NEEDS_BROWSER, f"a gate at {final} stands before every address of the host")
        return
    # A seller's tracker gives each visitor a query of his own.
    same = same or (foreign and _place(other.final_url) == _place(final))
    if same and (chain.permanent or (foreign and not _asks(page))):
        home = chain.destination is Destination.OTHER_HOME
        facts.say(
            SignalKind.TO_HOME if home else SignalKind.SOFT_404,
            final if home else f"the host sends any address of that folder to {final}",
        )


def _place(link: str) -> tuple[str, str]:
    return urls.authority(link).removeprefix("www."), urls.path(link).rstrip("/")


def _asks(page: Page) -> bool:
    return page.length < _GATEKEEPER and gate().search(page.plain_text) is not None


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


def _settle_home(link: str, facts: Facts, page: Page, other: siblings.Sibling | None) -> None:
    """Take back what a redirect for now to the front page says, where it may be for another reason."""
    if other is None:
        return  # there is nobody to ask
    back = carries_back(link, facts.final)
    everywhere = other.status is not None and (
        _place(other.final_url) == _place(facts.final) if back else only_spelling(other.final_url, facts.final)
    )
    if everywhere and 200 <= (other.status or 0) < 300 and not _asks(page) and not back:
        return  # so the host answers whatever it does not have
    facts.signals[:] = [signal for signal in facts.signals if signal.kind is not SignalKind.TO_HOME]
    facts.say(
        SignalKind.NEEDS_BROWSER,
        f"a gate at {facts.final} stands before every address of the host" if everywhere
        else f"it redirects, for now, to {facts.final}, and the host does not say what it does with other addresses",
    )
