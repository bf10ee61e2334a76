"""Pages that are a server's own error: a stack of calls, a database that is away. They say nothing of what was cited.

Who asks about such an error writes other words before it, or has a name for it in title and heading.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.checks.page import Page


def in_trouble(words: str) -> re.Match[str] | None:
    """Match a server's own error at the beginning of a text. `words` are plain."""
    return _in_trouble().match(words)


@cache
def _in_trouble() -> re.Pattern[str]:
    return re.compile(
        r"(?:php )?(?:catchable )?(?:fatal|parse|recoverable|compile) error (?:uncaught|call to|allowed|maximum"
        r"|require|include"
        r"|cannot|syntax|unexpected|class|out of memory|undefined)|(?:php )?warning (?:mysqli?|pdo|pg|require"
        r"|include|fopen"
        r"|session|file_get|unknown|undefined|cannot)\S*|uncaught (?:error|exception|typeerror|pdoexception)\b"
        r"|mysql server has gone away|lost connection to mysql|ora \d{5}\b|sqlstate\b"
        r"|microsoft (?:ole db|jet database|odbc|vbscript)\b|adodb\b|odbc \S+ (?:error|driver)\b|server error in"
        r" (?:\S+ )?application\b"
        r"|application error an? (?:client|server|error)|application error$|application error digest"
        r"|traceback most recent call last|whitelabel error page|exception in thread|stack ?trace\b"
        r"|java lang \w+exception|\w+exception at\b|unhandled exception|an unhandled error"
        r"|were sorry but something went wrong|we re sorry but something went wrong"
        r"|an error occurred while processing your request|(?:http )?(?:error |status )?50[0234] (?:internal server"
        r" error|bad gateway|service (?:temporarily )?unavailable|gateway time ?out|server error)"
        r"|http status 50\d\b|internal server error|server error 500|server error\b(?: \d|$)|bad"
        r" gateway|gateway time ?out"
        r"|error establishing a database connection|error connecting to (?:the )?database|could not connect to (?:the"
        r" )?"
        r"(?:database|mysql)|cannot connect to (?:the )?database|unable to connect to (?:the )?database"
        r"|database error(?:$| (?:has|occurred|unable|could|mysql|please|we|error)\b)"
        r"|can ?t connect to (?:local )?mysql|too many connections|user \S+ has exceeded the|out of memory\b"
        r"|allowed memory size|maximum execution time|critical error on (?:this|your) website|runtime error\b"
        r"|the connection to the server was lost|upstream (?:connect|request) error|no healthy upstream|backend fetch"
        r" failed|error 503 backend"
        r"|guru meditation xid|the website encountered an unexpected error|jdbc\b.{0,40}exception|hibernate exception"
    )


@cache
def _of_a_program() -> re.Pattern[str]:
    return re.compile(
        r"(?:php )?(?:catchable )?(?:fatal|parse|recoverable|compile) error|(?:php )?warning\b|uncaught\b|ora \d"
        r"|sqlstate\b"
        r"|mysql\b|traceback\b|exception in|java\b|\w+exception\b|can ?t connect|microsoft (?:ole|odbc|jet)",
    )


_TROUBLE_WORDS = (
    "error", "exception", "trace", "traceback", "mysql", "ora-", "sqlstate", "odbc", "ole db", "adodb", "gateway",
    "upstream", "server", "wrong", "connections", "warning", "fatal", "unhandled", "jdbc", "status",
)
# Words that a list of calls follows upon, where it is meant.
_WITH_CALLS = ("traceback", "stack", "java", "exception", "warning", "php warning")
_BEGINNING = 200  # characters of a text within which its first words stand
_SAID = 40  # characters of plain text beside a heading
_LINE = 120  # characters of plain text after a heading
_ERRORS_LENGTH = 700  # weighed characters of a page that is a server's error,
_CALLS_LENGTH = 6000  # and of one with a stack of calls


@cache
def _calls() -> re.Pattern[bytes]:
    return re.compile(
        rb"#0 [^\n]{0,300}\(\d+\)|\bat [\w.$]{3,200}\([\w.]{0,80}(?::\d+)?\)|file &?(?:quot;|\")[^\n]{0,300}, line \d"
        rb"|<b>(?:fatal error|warning|parse error)</b>:|\bon line <b>\d|\.php on line \d|\[\w+exception",
    )


def trouble(page: Page) -> str:
    """Give the words of a server's own error that stands where a page should be, or nothing.

    Who asks about such an error writes other words before it, or has a name for it in title and heading.
    """
    if page.length > _CALLS_LENGTH or not _may_begin_so(page):
        return ""
    start = page.plain_text[:400]
    for heading in page.plain_headings:
        if start.startswith(heading) and not _trouble_at(heading):
            return _after(page, start[len(heading) :].lstrip())
    found = _trouble_at(start)
    if found is None:
        return ""
    return _sure(page, found[0])


def _may_begin_so(page: Page) -> bool:
    """Tell, cheaply, whether a word of trouble stands where a page begins, its headings aside."""
    beginning = page.text[: _BEGINNING + sum(map(len, page.headings))].lower()
    return any(word in beginning for word in _TROUBLE_WORDS)


def _trouble_at(text: str) -> re.Match[str] | None:
    """Match an error at the beginning of a text, whatever it begins with."""
    found = _in_trouble().match(text)
    for beginning in ("error ", "oops ", "there was a ", "there has been a ", "sorry "):
        found = found or (_in_trouble().match(text[len(beginning) :]) if text.startswith(beginning) else None)
    return found


def _goes_on(page: Page, heading: str) -> bool:
    """Tell whether a heading says more than the error, and the page more than its heading: "502 Bad Gateway,
    and why"."""
    found = _in_trouble().match(heading)
    return found is not None and len(heading[found.end() :].split()) > 2 and len(page.plain_text) - len(heading) > _SAID


def _after(page: Page, rest: str) -> str:
    """Give them when they follow upon the page's heading: an error in the middle of a page that had begun."""
    found = _trouble_at(rest)
    if found is None or not (_calls().search(page.lower) or len(rest) < _LINE):
        return ""
    return _sure(page, found[0])


def _sure(page: Page, said: str) -> str:
    if _calls().search(page.lower):
        return said
    if any(_of_a_program().match(name) for name in (page.plain_title, *page.plain_headings)):
        return ""  # a program that dies writes no title: somebody tells of it
    if any(_goes_on(page, name) for name in page.plain_headings) or said.startswith(_WITH_CALLS):
        return ""
    titled = page.plain_title
    fits = (
        not titled
        or titled in page.plain_headings
        or _in_trouble().match(titled) is not None
        or "error" in titled.split()
    )
    alone = page.length < _ERRORS_LENGTH and len(page.plain_title) < 80
    return said if alone and (fits or len(said) * 3 > page.length or len(page.plain_text) < _LINE) else ""
