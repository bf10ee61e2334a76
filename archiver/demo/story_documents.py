"""The documents of the story, as three people wrote them: an essay, a text that lost its notes, and a page."""

from __future__ import annotations

from archiver.demo import story_sites as sites

ESSAY = f"""---
title: The winter the ferry stopped
author: Ingrid Vale
date: 2016-02-14
---

# The winter the ferry stopped

For nine days in February 2009 no boat crossed the sound.[^1] The council talked about it twice and wrote it down
once.[^2] What lay behind it was older: the winch of the ropewalk,[^3] on which the landing depended, had been mended by
the pilots themselves in 1987.[^4]

The storm lamp that marked the landing is still for sale,[^5] and the customs house lists it as lost.[^6] The accounts
of the ferry company can be read by subscribers.[^7] A letter of 1954 tells the same story of another winter.[^8]

There is a newsreel.[^9] The school sang when the bridge opened,[^10] and somebody paid for the lighthouse to be
painted.[^11] The survey that nobody had asked for counts two hundred and twelve boats.[^12]

[^1]: "The ferry stops, and nobody says why", *Tidewater Gazette*, February 2009. {sites.FERRY}
[^2]: Minutes of the town council, February 2009. {sites.MINUTES}
[^3]: Friends of the Ropewalk, [The winch]({sites.ROPEWALK}).
[^4]: [Pilots' log, 1987]({sites.PILOTS}).
[^5]: Lampworks, catalogue: <{sites.LAMPS}>
[^6]: Inventory of the customs house, {sites.CUSTOMS}
[^7]: *The Quay Ledger*, {sites.LEDGER} (for subscribers).
[^8]: A letter of March 1954, {sites.LETTERS}
[^9]: Newsreel: {sites.NEWSREEL}
[^10]: Island School, {sites.SCHOOL}
[^11]: Lighthouse Keepers, {sites.PAINT}
[^12]: Survey of 1931 (PDF). {sites.SURVEY}
"""

# Pasted from a page: the note numbers stick to the words, two notes are missing, and one has lost its address.
PASTED = f"""The crane on the wrong quay

By Jonas Reed

Nobody slept on the quay that night. A fisherman filmed the fall from his kitchen; his video1 is eleven seconds long.
A second video2 was made from the bridge and shows the other quay. Which of the two the crane stood on is a matter
that the inspectors never settled.3 The bridge itself opened three weeks later.4

3. The report of the inspectors can be found here:
4. Tidewater Gazette, March 2009. {sites.BRIDGE}

Harbour Letters, 14 March 2012
"""

PAGE = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Films of the harbour</title><meta name="author" content="Tidewater Film Club"></head>
<body>
<article>
<h1>Films of the harbour</h1>
<p>The launch of the last ferry, filmed from the pier:</p>
<video controls src="{sites.LAUNCH}"></video>
<p>The newsreel of that winter:</p>
<iframe width="560" height="315" src="https://www.youtube.com/embed/ferryWinter" allowfullscreen></iframe>
<p>And <a href="{sites.INTERVIEW}">an interview with the last ticket seller</a>, recorded when
<a href="{sites.FERRY}">the ferry had stopped</a>.</p>
</article>
</body>
</html>
"""

FILES = {"essay.md": ESSAY, "pasted.txt": PASTED, "films.html": PAGE}

CONFIG = """# Settings of the demo. The demo itself adds the address of its small web, where all of this happens.
documents = ["essay.md", "pasted.txt", "films.html"]
folder = "data"
title = "The winter the ferry stopped"

[policy]
recheck = "2d"          # weeks pass in seconds here: look more often than the usual 7 days
recheck_most = "2d"     # and never less often
reasons = { no-such-host = [3, 6] }
"""
