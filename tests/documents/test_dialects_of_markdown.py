"""Markdown of many tools: what a reader sees is the context, and notes are found however they were numbered."""

import re

import pytest
from document_reading import citations, read_document

from archiver.model import Document


def document(text: str, source: str = "a.md") -> Document:
    return read_document(text, source)


def short(text: str, source: str = "a.md") -> list[tuple[str, str | None, str, str]]:
    return citations(document(text, source))


A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"


def test_the_context_is_the_sentence_as_its_reader_sees_it() -> None:
    text = (
        f"He spoke once.[^1] What he said was **not** written [down here]({A}) by _anyone_.[^2] Then *he* left\\*.\n\n"
        f"[^1]: See {B}\n[^2]: Hardly.\n"
    )
    one, link, two = document(text).citations
    assert (one.text, one.context) == ("once", "He spoke once.[1]")
    assert (link.text, link.context) == ("down here", "What he said was not written down here by anyone.[2]")
    assert (two.text, two.context) == ("anyone", link.context)


NUMBERED = {
    "brackets and a list": (
        f"Rain fell [1]. Snow too [2].\n\n## References\n\n[1] Smith, <{A}>\n[2] Jones, [b]({B})\n",
        [("footnote", "1", "fell", A), ("footnote", "2", "too", B)],
    ),
    "raised by tags": (
        f"Rain<sup>1</sup> fell.<sup>[2](#n2)</sup>\n\n<sup>1</sup> See {A}\n\n<sup>2</sup> See [b]({B})\n",
        [("footnote", "1", "Rain", A), ("footnote", "2", "fell", B)],
    ),
    "glued digits and a list of Markdown's": (
        f"In a video1 he sings. He left early.2\n\n1. [The video]({A})\n2. <{B}>\n",
        [("media", "1", "video", A), ("footnote", "2", "early", B)],
    ),
    "definitions of links used as notes": (
        f"Rain fell [1]. Snow too [2].\n\n[1]: {A}\n[2]: {B}\n",
        [("footnote", "1", "fell", A), ("footnote", "2", "too", B)],
    ),
    "a note behind a link belongs to the link's words": (
        f"See [the log]({A})^[Copy at {B}].\n",
        [("inline", None, "the log", A), ("footnote", "1", "log", B)],
    ),
    "code holds no notes": (f"Take `x[1]` and `y[2]`, see [b]({B}).\n\n1. One\n2. Two\n", [("inline", None, "b", B)]),
    "numbers that are links themselves": (
        f"Rain fell [[1]]({A}). Snow too.[2]({B}) Ice<sup>[3]({C})</sup>\n",
        [("footnote", "1", "fell", A), ("footnote", "2", "too", B), ("footnote", "3", "Ice", C)],
    ),
    "carets of Pandoc": (
        f"Rain fell.^1^ Snow too.^2^\n\n^1^ See {A}\n\n^2^ See [b]({B})\n",
        [("footnote", "1", "fell", A), ("footnote", "2", "too", B)],
    ),
    "escaped brackets": (
        f"Rain fell \\[1\\]. Snow **too**\\[2\\]\n\n\\[1\\] <{A}>\n\n\\[2\\] [b]({B})\n",
        [("footnote", "1", "fell", A), ("footnote", "2", "too", B)],
    ),
    "boxes to tick are no notes": (
        f"Do [ ] this [x].\n\n- [ ] todo\n- [x] done [b]({B})\n",
        [("inline", None, "b", B)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), NUMBERED.values(), ids=NUMBERED)
def test_notes_numbered_by_hand(text: str, expected: list[tuple[str, str | None, str, str]]) -> None:
    assert short(text) == expected


def test_places_of_notes_numbered_by_hand_are_those_of_the_source() -> None:
    text = f"In **a** video1 he sings. He left early.2\n\n1. [The video]({A})\n2. <{B}>\n"
    assert [text[one.place.start : one.place.end] for one in document(text).citations] == ["video1", "early.2"]
    text = f"Rain<sup>[1](#n1)</sup> and snow.<sup>[2](#n2)</sup>\n\n<sup>1</sup> See {A}\n\n<sup>2</sup> See {B}\n"
    assert [text[one.place.start : one.place.end] for one in document(text).citations] == [
        "Rain<sup>[1](#n1)", "snow.<sup>[2](#n2)",
    ]
    text = f"Rain [\\[1\\]](#n1) and snow.[\\[2\\]](#n2)\n\n[\\[1\\]](#r1) See {A}\n\n[\\[2\\]](#r2) See {B}\n"
    assert [text[one.place.start : one.place.end] for one in document(text).citations] == [
        "[\\[1\\]](#n1)", "snow.[\\[2\\]](#n2)",
    ]


YOUTUBE = "https://www.youtube.com/watch?v=jNQXAC9IVRw"
SHORTCODES = {
    "{{< youtube jNQXAC9IVRw >}}": [YOUTUBE],
    "{{<youtube jNQXAC9IVRw>}}": [YOUTUBE],
    '{{< youtube id="jNQXAC9IVRw" autoplay="true" >}}': [YOUTUBE],
    '{{< vimeo id="123456" >}}': ["https://vimeo.com/123456"],
    "{{< vimeo 123456 >}}": ["https://vimeo.com/123456"],
    "{{< dailymotion x8abcd >}}": ["https://www.dailymotion.com/video/x8abcd"],
    '{{< tweet user="ada" id="877500564405444608" >}}': ["https://twitter.com/ada/status/877500564405444608"],
    "{{< instagram BWNjjyYFxVx >}}": ["https://www.instagram.com/p/BWNjjyYFxVx/"],
    "{{< video https://a.example/v.mp4 title='x' >}}": ["https://a.example/v.mp4"],
    '{{< figure src="https://a.example/p.jpg" link="https://a.example/1" >}}': ["https://a.example/1"],
    "{% youtube jNQXAC9IVRw %}": [YOUTUBE],
    '{% youtube "https://www.youtube.com/watch?v=jNQXAC9IVRw" %}': [YOUTUBE],
    "{% youtube https://youtu.be/jNQXAC9IVRw %}": ["https://youtu.be/jNQXAC9IVRw"],
    '{% include youtube.html id="jNQXAC9IVRw" %}': [YOUTUBE],
    "{% include embed/youtube.html id='jNQXAC9IVRw' %}": [YOUTUBE],
    '{% include video id="jNQXAC9IVRw" provider="youtube" %}': [YOUTUBE],
    "{% include youtubePlayer.html id=page.youtubeId %}": [],
    "{% link _posts/a.md %} {{ site.url }}": [],
    "{% comment %} https://a.example/ {% endcomment %}": [],
    "{% highlight sh %}\ncurl https://a.example/\n{% endhighlight %}": [],
    "`{{</* youtube jNQXAC9IVRw */>}}` and `{{< youtube jNQXAC9IVRw >}}`": [],
    "<div>\n{{< youtube jNQXAC9IVRw >}}\n</div>": [YOUTUBE],
}


@pytest.mark.parametrize(("code", "urls"), SHORTCODES.items(), ids=SHORTCODES)
def test_shortcodes_stand_for_what_they_show(code: str, urls: list[str]) -> None:
    assert [one.url for one in document(f"Look:\n\n{code}\n").citations] == urls


def test_an_address_in_a_shortcode_stands_where_it_is_written() -> None:
    text = 'é🙂 {{< video src="https://a.example/v.mp4" >}} {{< vimeo 123456 >}}\n'
    assert [text[one.place.start : one.place.end] for one in document(text).citations] == [
        "https://a.example/v.mp4", "{{< vimeo 123456 >}}",
    ]


def test_attributes_fences_and_boxes_are_not_seen_by_the_reader() -> None:
    text = (
        f"> [!note] A box with [a]({A}){{target=_blank}} in it.\n\n::: {{.tip}}\nSee [b]({B}){{:.x}}.\n:::\n\n- [x] done [c]({C})\n"
    )
    assert [one.context for one in document(text).citations] == ["A box with a in it.", "See b.", "done c"]


def test_comments_of_any_dialect_are_not_read() -> None:
    assert short(f"Text <!-- {A} --> and %%hidden [b]({B})%% [c]({C}).\n\n%%\n{A}\n%%\n\n<!--\n{B}\n-->\n") == [
        ("inline", None, "c", C)
    ]


def test_components_are_read_and_their_comments_are_not() -> None:
    text = f'# Rain\n\n<YouTube id="jNQXAC9IVRw" />\n\n<Card href="{A}" title="A">x</Card>\n\n{{/* {B} */}}\n'
    assert short(text, "a.mdx") == [
        ("media", None, "", "https://www.youtube.com/watch?v=jNQXAC9IVRw"),
        ("inline", None, "A", A),
    ]
    text = f"<Embed url=\"{A}\" image='https://a.example/p.png' />\n\nSee <a href={{'{B}'}}>x</a>, <Link to=\"{C}\">y</Link>.\n"
    assert [one.url for one in document(text, "a.mdx").citations] == [A, B, C]


def test_a_link_without_address_is_lost() -> None:
    assert short("Watch the [video]() again, see [above](#x).") == [("media", None, "video", "LOST")]


YAML = "---\ntitle: 'It''s raining'\nauthor:\n  - name: Ada Winter\n    url: x\n  - name: Jon Vale\ndate: 2014-05-03\n---\n"
TOML = "+++\ntitle = \"It's raining\"\nauthors = ['Ada Winter', 'Jon Vale']\ndate = 2014-05-03T10:00:00Z\n+++\n"


@pytest.mark.parametrize("front", [YAML, TOML])
def test_front_matter_of_both_kinds(front: str) -> None:
    found = document(front + "\nText.\n")
    assert (found.title, found.author, str(found.published)) == ("It's raining", "Ada Winter, Jon Vale", "2014-05-03")
    assert found.citations == ()


def test_a_byline_in_emphasis_is_a_byline() -> None:
    found = document(f"Rain falls\n==========\n\n*By Ada Winter* — March 4, 2019\n\nText [a]({A}).\n")
    assert (found.title, found.author, str(found.published)) == ("Rain falls", "Ada Winter", "2019-03-04")


HEADS = {
    "pandoc": "% It rains\n% Ada Winter; Jon Vale\n% 3 May 2014\n\n# A part\n",
    "pelican": "Title: It rains\nAuthor: Ada Winter, Jon Vale\nDate: 2014-05-03 10:20\n\nText.\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_front_matter_without_fences(head: str) -> None:
    found = document(head)
    assert (found.title, found.author, str(found.published)) == ("It rains", "Ada Winter, Jon Vale", "2014-05-03")


def test_front_matter_cites_but_not_itself_nor_its_looks() -> None:
    text = (
        f'---\ntitle: Rain\nsource: "{A}"\nvideos:\n  - {YOUTUBE}\n  - title: x\n    href: {B}\n'
        "canonical_url: https://me.example/rain\nauthor:\n  - name: Ada\n    url: https://ada.example/\n"
        "cover_image: https://me.example/p\npicture: https://me.example/p.png\n# note: https://me.example/off\n---\nText.\n"
    )
    assert [(text[one.place.start : one.place.end], one.kind.value, one.context) for one in document(text).citations] == [
        (A, "inline", f'source: "{A}"'), (YOUTUBE, "media", f"- {YOUTUBE}"), (B, "inline", f"href: {B}"),
    ]
    toml = f"+++\ntitle = 'Rain'\nsource = '{A}'\ncanonicalURL = 'https://me.example/'\n+++\nText.\n"
    assert [toml[one.place.start : one.place.end] for one in document(toml).citations] == [A]


def test_a_marker_behind_an_address_is_no_part_of_it() -> None:
    text = f"See {A}[^1] or {B}<br>or {C}^[Aside].\n\n[^1]: Of {A}x\n"
    assert short(text) == [
        ("inline", None, A, A), ("footnote", "1", "1", f"{A}x"), ("inline", None, B, B), ("inline", None, C, C),
        ("footnote", "2", "3", ""),
    ]


PROMISED = {
    "a list": (f"- [a]({A})", [A]),
    "a list of words": (f"1. The report, [here]({A})", [A]),
    "a quotation": (f"> {A}", [A]),
    "a video": (f"![]({YOUTUBE})", [YOUTUBE]),
    "a shortcode": ("{{< youtube jNQXAC9IVRw >}}", [YOUTUBE]),
    "a frame": (f'<iframe src="{A}"></iframe>', [A]),
    "a paragraph": (f"{A}", [A]),
    "nothing": (f"It rained. Then it snowed, says [b]({B}).", [None, B]),
}


@pytest.mark.parametrize(("following", "urls"), PROMISED.values(), ids=PROMISED)
def test_what_is_announced_and_follows_in_the_next_block_is_not_lost(following: str, urls: list[str | None]) -> None:
    assert [one.url for one in document(f"The report is available at:\n\n{following}\n").citations] == urls


def test_what_has_no_words_beside_it_has_no_context() -> None:
    text = f"One.\n\n![]({YOUTUBE})\n\n<iframe src='{A}'></iframe>\n\nTwo.\n"
    assert [one.context for one in document(text).citations] == ["", ""]


def test_a_rule_at_the_beginning_is_no_front_matter() -> None:
    assert short(f"---\n\nText [a]({A}).\n\n---\n\n- 12. ---\n\n      [b]({B})\n") == [
        ("inline", None, "a", A), ("inline", None, "b", B),
    ]


def test_emphasis_that_ends_with_an_address_is_no_part_of_it() -> None:
    text = f"_See {A}_ and __{B}__ and *{C}* and https://d.example/x\\_\n"
    assert [one.url for one in document(text).citations] == [A, B, C, "https://d.example/x_"]


NUMBERS = """\
A[^b] and B[^a], C[^3]. D[^b]

> quoted[^q]
>
> [^q]: in quote https://q.example/

* item[^i]

  [^i]: in item https://i.example/

[^a]: Ay, see https://a.example/
and lazily [more](https://a.example/2)
[^b]: Bee [x](https://b.example/ "t").
[^3]:
    Three https://c.example/

    - list [l](https://c.example/2)

    | t | u |
    |---|---|
    | https://c.example/3 | y |

[^unused]: No one https://u.example/
"""


def test_notes_are_numbered_as_they_are_first_pointed_to_wherever_their_bodies_stand() -> None:
    assert [(one.label, one.url) for one in document(NUMBERS).citations] == [
        ("1", "https://b.example/"),
        ("2", "https://a.example/"),
        ("2", "https://a.example/2"),
        ("3", "https://c.example/"),
        ("3", "https://c.example/2"),
        ("3", "https://c.example/3"),
        ("1", "https://b.example/"),
        ("4", "https://q.example/"),
        ("5", "https://i.example/"),
        ("unused", "https://u.example/"),
    ]


PLACES = """\
# é🙂漢 «[h](https://h.example/)» https://h.example/2

Twice https://s.example/1 and again https://s.example/1 «[x](https://s.example/1)»
and «[x](https://s.example/1)»

> quote «[q](https://q.example/1)»
lazy «[q](https://q.example/1)»
> > - item «[q](https://q.example/1)»
> >   more «<https://q.example/1>» 🙂

1. one «[l](https://l.example/1)»

   * nested
     «[l](https://l.example/1)» tail
\t* tab «[l](https://l.example/1)»

- - - «[l](https://l.example/1)»

| «[t](https://t.example/1)» | «[t](https://t.example/1)» |
|:--|--:|
| x \\| y \\| «<https://t.example/1>» | é `a \\| b` «[t](https://t.example/1)» |
«[t](https://t.example/1)» | | |

Multi «[line
words](https://m.example/1)» and «![v
v](https://m.example/a.mp4)»
    no code «[m](https://m.example/1)»

A «[setext](https://s.example/2)»
===

a  \nb «[z](https://z.example/?a=1&amp;b=2)»\\
c   «<https://z.example/1>» **«[k](https://k.example/1)»**

Term
: «[d](https://d.example/1)»
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_each_link_stands_where_it_is_written(ends: str) -> None:
    # The places between « and » are wanted; they are taken out before the document is read.
    wanted, text = [], ""
    for number, piece in enumerate(re.split("[«»]", PLACES)):
        if number % 2:
            line = text.count("\n") + 1
            wanted.append((piece, line, len(text) - text.rfind("\n")))
        text += piece
    found = [
        (text[one.place.start : one.place.end], one.place.line, one.place.column)
        for one in document(text.replace("\n", ends)).citations
    ]
    bare = [one for one in found if one[0].startswith("https")]
    assert [one for one in found if one not in bare] == wanted
    assert bare == [
        ("https://h.example/2", 1, 31), ("https://s.example/1", 3, 7), ("https://s.example/1", 3, 37),
    ]


def test_an_ampersand_that_was_escaped_in_angle_brackets_is_one() -> None:
    document = read_document("See <https://a.example/?x=1&amp;y=2>.\n", "a.md")
    assert [one.url for one in document.citations] == ["https://a.example/?x=1&y=2"]
