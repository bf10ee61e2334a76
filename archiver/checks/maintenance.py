"""Sites that are closed for a while, by their own words: what says so proves nothing of the page."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.checks.page import Page


@cache
def for_now() -> re.Pattern[str]:
    """Match what is said of what is gone, and of what comes back."""
    return re.compile(
        r"unavailable|(?:not|isnt) available|temporarily|nicht verfügbar|indisponible|no disponible|indispon[ií]vel"
        r"|non disponibile|niet beschikbaar|недоступ"
    )


@cache
def _later() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:under|scheduled|for|planned|undergoing|routine) (?:\w+ )?maintenance\b|\bmaintenance mode\b"
        r"|\bclosed for maintenance\b"
        r"|\b(?:site|website|service|page|server|we|system) (?:is|are|s)?r?e? ?(?:\w+ )?temporarily (?:unavailable|down"
        r"|offline|closed)"
        r"|\b(?:well|we will|will) be (?:right )?back (?:soon|shortly|online)|\bbe right back\b"
        r"|\b(?:please )?(?:try again|come back|check back) "
        r"(?:later|soon|shortly|in a few)\b|\bwartungsarbeiten\b|\bwartungsmodus\b|\ben (?:cours de )?maintenance\b"
        r"|\ben mantenimiento\b"
        r"|\bin manutenzione\b|\bem manutenção\b|\bтехническ\w+ (?:работ|обслуж)|\bonderhoud\b|\bunderhåll\b"
        r"|\bprace konserwacyjne|\bbakım\w* "
        r"|メンテナンス中|维护中|維護中|점검 ?중"
        r"|\btoo many requests\b|^service (?:temporarily )?unavailable(?:$"
        r"| (?:the|http|error|please|we|this|sorry))"
        r"|^(?:503|error) service unavailable\b|\btechnical difficulties\b"
    )


_LATER_WORDS = frozenset(
    [
        "maintenance", "temporarily", "back", "later", "soon", "shortly", "again", "unavailable", "difficulties",
        "connection", "connections", "requests", "server", "fatal", "parse", "critical",
        "wartungsarbeiten", "wartungsmodus", "mantenimiento",
        "manutenzione", "onderhoud", "konserwacyjne",
    ]
)
# Who is under maintenance: a bridge may be, too.
_SITE_WORDS = frozenset(
    [
        "site", "website", "page", "pages", "service", "services", "server", "system", "systems", "portal", "platform",
        "application", "app", "online", "we", "our", "back", "soon", "shortly",
    ]
)


def says_later(page: Page) -> str:
    """Give the words with which a page says that its site is closed for a while, or nothing."""
    if page.words.isdisjoint(_LATER_WORDS) and page.plain_text.isascii():
        return ""
    found = _later().search(page.plain_title) or _later().search(page.plain_text)
    if found and "maintenance" in found[0] and page.length > 60 and page.words.isdisjoint(_SITE_WORDS):
        return ""
    return found[0] if found else ""
