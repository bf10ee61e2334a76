"""Invented texts: articles, front pages and error pages that look like those of real sites."""

from __future__ import annotations

import random
from html import escape

_SENTENCES = (
    "The council met twice that winter before anybody mentioned the ferry.",
    "A clerk kept the tide tables in a drawer and copied them by hand each spring.",
    "Nobody disputes that the lighthouse was repainted, only who paid for the paint.",
    "The harbour master answered our letter on the third attempt.",
    "Two witnesses remember the crane; one of them remembers it on the wrong quay.",
    "In the records of the ropeworks the month of May is missing altogether.",
    "The bridge was closed for nine days and opened without a speech.",
    "What the engineers measured and what the newspaper printed differ by a metre.",
    "The school choir sang on the pier, and a boat sounded its horn by way of thanks.",
    "An inventory of the customs house lists forty chairs, a barometer and a stuffed gull.",
    "The strike ended on a Sunday, which surprised both sides.",
    "According to the minutes the vote was nine to four, with one member asleep.",
    "Every winter the river takes a little of the eastern bank and gives it to the western.",
    "The photographs were found in a biscuit tin and returned to the family.",
    "Three of the five warehouses still stand; one of them is a school of dance.",
    "The survey counted two hundred and twelve boats, but not the one it was made from.",
    "Her diary mentions the storm in seven words and the price of lamp oil in forty.",
    "The map shows a street that was planned, named, lit and never built.",
    "For a year the fish market and the chess club shared one room and one stove.",
    "The inspector found the boiler in good order and the stairs in none.",
    "Letters from the island took four days, unless the postman's brother was rowing.",
    "The company's last report thanks its customers and does not say for what.",
    "A pump from that workshop is still in use behind the brewery.",
    "The old timetable promised a boat every hour and kept its promise on weekdays.",
    "When the archive moved, eleven boxes were carried across the square in the rain.",
    "The recording is short, and the wind is louder than the speaker.",
    "Visitors are shown the bell, the rope and the notice that forbids ringing it.",
    "The committee thanked the divers and asked them to draw what they had seen.",
)


def paragraphs(seed: str, count: int) -> str:
    """Give so many paragraphs, always the same for the same seed."""
    chance = random.Random(seed)
    return "\n".join(f"<p>{' '.join(chance.sample(_SENTENCES, 5))}</p>" for _ in range(count))


def article(title: str, *, site: str = "The Tidewater Gazette", seed: str = "", length: int = 5, head: str = "",
            extra: str = "") -> str:
    """Give an article as a site would print it. `head` and `extra` are HTML."""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - {escape(site)}</title>
<meta property="og:title" content="{escape(title)}">{head}</head>
<body><header><a href="/">{escape(site)}</a> <nav><a href="/news">News</a> <a href="/about">About us</a></nav></header>
<main><article><h1>{escape(title)}</h1>
{paragraphs(seed or title, length)}
{extra}</article></main>
<footer>{escape(site)}, printed on the quay since 1887.</footer></body></html>
"""


def front_page(host: str) -> str:
    """Give a host's front page."""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(host)}</title></head>
<body><h1>{escape(host)}</h1><p>Welcome. News from the harbour, the river and the hills behind it.</p>
{paragraphs(f"front page of {host}", 3)}<ul><li><a href="/news">News</a><li><a href="/about">About us</a></ul>
</body></html>
"""


def not_found(host: str) -> str:
    """Give the body of an honest 404."""
    return (
        f'<!doctype html><html lang="en"><title>404 Not Found</title><h1>Not Found</h1>'
        f"<p>{escape(host)} has no such page.</p></html>"
    )
