"""Pages as encyclopedias, web logs, office programs, publishers of papers and makers of documentation write them."""

from __future__ import annotations

import pytest
from document_reading import citations, read_document

CLIP = "https://www.youtube.com/watch?v=jNQXAC9IVRw"
WIKI = (
    '<p>The <b>Lantern Bridge</b><sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>&#91;</span>a'
    '<span>&#93;</span></a></sup> is old.<sup id="cite_ref-Hall_2-0" class="reference"><a href="#cite_note-Hall-2"><span>&#91;'
    '</span>1<span>&#93;</span></a></sup> It fell.<sup class="reference"><a href="#cite_note-Hall-2">[1]</a></sup></p>'
    '<h2>Notes</h2><span class="mw-editsection">[<a href="/w/index.php?action=edit">edit</a>]</span><ol class="references">'
    '<li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> <span>A name.</span></li>'
    '</ol><h2>References</h2><ol class="references"><li id="cite_note-Hall-2"><span class="mw-cite-backlink">^ '
    '<a href="#cite_ref-Hall_2-0"><sup><i><b>a</b></i></sup></a> <a href="#cite_ref-Hall_2-1"><sup><i><b>b</b></i></sup></a>'
    '</span> <cite>Hall. <a href="https://kept.example/1">"The walk"</a>. <a href="/wiki/Doi_(identifier)">doi</a>:'
    '<a href="https://doi.org/10.5555%2F12">10.5555/12</a>. <a href="/wiki/Special:BookSources/978-0-00-000000-2">978-0</a>'
    "</cite></li></ol>"
)
PARSOID = (
    '<base href="//wiki.example/wiki/"><p>It fell<sup class="mw-ref reference" id="cite_ref-1"><a href="./Bridge#cite_note-1">'
    '<span>[note 1]</span></a></sup>.</p><ol class="mw-references"><li id="cite_note-1"><span class="mw-cite-backlink">'
    '<a href="./Bridge#cite_ref-1"><span>↑ </span></a></span> <span>See <a href="https://a.example/1">a</a>.</span></li></ol>'
)
SPHINX = (
    '<p>Old <a class="footnote-reference brackets" href="#f1" id="id1" role="doc-noteref">[<span>1</span>]</a>, cited in '
    '<span id="id4">[<a class="reference internal" href="#win01">WIN01</a>]</span>, old <a class="footnote-reference" '
    'href="#f1" role="doc-noteref">[1]</a>.</p><aside class="footnote" id="f1" role="doc-footnote"><span class="label">[1]'
    '</span><span class="backrefs">(<a role="doc-backlink" href="#id1">1</a>,<a role="doc-backlink" href="#id2">2</a>)</span>'
    '<p>From <a href="https://old.example/">it</a>.</p></aside><div class="citation" id="win01" role="doc-biblioentry">'
    '<span class="label">[<a role="doc-backlink" href="#id4">WIN01</a>]</span><p>A book, <a href="https://book.example/">here'
    "</a>.</p></div>"
)
WORD = (
    '<p>Dug by hand.<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span><![if !supportFootnotes]><span>[1]'
    '</span><![endif]></span></a> It leaked.<span><!--[if !supportAnnotations]--><a class=msocomanchor href="#_msocom_1" '
    'name="_msoanchor_1">[A1]</a><!--[endif]--></span></p><div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>'
    '<![if !supportFootnotes]><span>[1]</span><![endif]></span></a> See <a href="https://dig.example/">dig</a>.</p></div>'
    '<div id="_com_1"><a name="_msocom_1"></a><p><a class=msocomoff href="#_msoanchor_1">[A1]</a>Check '
    "https://check.example/</p></div>"
)
DOCS = (
    '<p>It ran.<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> It stopped<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>.'
    '</p><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Ode, <a href="https://www.google.com/url?q=https://a.example/'
    '1&amp;sa=D&amp;ust=16">Mills</a>.</span></p></div><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>'
    "<span>Ada: see https://check.example/</span></p></div>"
)
PAPER = (
    '<p>Water<sup><a href="/articles/x#ref-CR1" title="Ode.">1</a>,<a href="/articles/x#ref-CR2">2</a></sup> rises (Fig. '
    '<a href="/articles/x#Fig1">1</a>).</p><ol><li><p id="ref-CR1">Ode, M.</p><p><a href="https://a.example/1">Article</a></p>'
    '</li><li><p id="ref-CR2">Hall.</p><p><a href="https://b.example/2">Article</a></p></li></ol>'
)
LIBRARY = (
    '<p>Water rises (<a href="#B1" rid="B1" class="bibr">1</a>, <a href="#B2" class="bibr">2</a>), see [<a href="#B2" '
    'class="bibr">Hall, 2001</a>].</p><div id="B1" class="ref-cit-blk">1. Ode. <a href="https://a.example/1">x</a></div>'
    '<div id="B2" class="ref-cit-blk">2. Hall. <a href="https://b.example/2">x</a></div>'
)
QUARTO = (
    '<p>Old <span class="citation">(<a href="#ref-ode" role="doc-biblioref">Ode 2001</a>)</span>.</p><div id="refs" role="list">'
    '<div id="ref-ode" class="csl-entry" role="listitem">Ode. <a href="https://a.example/1">Salt</a>.</div></div>'
)
TUFTE = (
    '<p>It fell<label for="sn-1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-1"/>'
    '<span class="sidenote">See <a href="https://a.example/1">it</a>.</span> in spring<label for="sn-2" class="margin-toggle '
    'sidenote-number"></label><input type="checkbox"/><span class="sidenote">Watch it here:</span>.<label class='
    '"margin-toggle">&#8853;</label><span class="marginnote">From <a href="https://m.example/">m</a>.</span></p>'
)
POPPED = (
    '<p>One<sup class="footnote" title="See https://a.example/1 for it."><a href="#">1</a></sup> two<a class="footnote" '
    'data-footnote="See &lt;a href=\'https://b.example/2\'&gt;b&lt;/a&gt;" href="#">2</a> three<span class="tooltip" '
    'data-tippy-content="<a href=\'https://c.example/3\'>c</a>"><sup>3</sup></span>.</p>'
)
LETTERS = (
    '<p>Rain<sup>a</sup> and snow<sup>b</sup>, hail<sup>†</sup>, the n<sup>th</sup>.</p><p><sup>a</sup> The log: '
    '<a href="https://a.example/1">log</a><br><sup>b</sup> <a href="https://b.example/2">diary</a><br><sup>†</sup> '
    '<a href="https://c.example/3">c</a></p>'
)
SUBSTACK = (
    '<p>Taxed<a class="footnote-anchor" id="footnote-anchor-1-9" href="#footnote-1-9">1</a>.</p><div id="youtube2-jNQXAC9IVRw" '
    'class="youtube-wrap" data-attrs="{&quot;videoId&quot;:&quot;jNQXAC9IVRw&quot;,&quot;startTime&quot;:null}"></div>'
    '<div class="footnote"><a id="footnote-1-9" href="#footnote-anchor-1-9" class="footnote-number">1</a><div><p>See '
    '<a href="https://a.example/1">a</a>.</p><p>And <a href="https://b.example/2">b</a>.</p></div></div>'
)
MEDIUM = (
    "<p>Rain¹ fell.</p><figure><iframe title='Zoo' src='https://cdn.embedly.com/widgets/media.html?url="
    "https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DjNQXAC9IVRw'></iframe></figure><p>[1] <a href='https://a.example/1'>a</a></p>"
)

PER_PAGE = (
    "<div><p>One<sup>1</sup> two<sup>2</sup>.</p><p><sup>1</sup> <a href='https://a.example/1'>a</a></p><p><sup>2</sup> "
    "<a href='https://a.example/2'>b</a></p></div><div><p>Three<sup>1</sup>.</p><p><sup>1</sup> <a href='https://b.example/1'>"
    "c</a></p></div>"
)
OLD = (
    '<P>The mill<A HREF="#1">(1)</A> stood<A HREF="#2">(2)</A>.<P><A NAME="1">1.</A> See <A HREF="http://a.example/1">a</A>'
    '<P><A NAME="2">2.</A> N.Y. Times.'
)
TEXINFO = (
    '<p>Old<a id="DOCF1" href="#FOOT1"><sup>1</sup></a> is<a name="x1" href="#foot12"><sup>2</sup></a>.</p><div><h5>'
    '<a id="FOOT1" href="#DOCF1">(1)</a></h5><p>See <a href="https://a.example/1">a</a></p></div><dl><dt><a name="foot12">... is'
    '</a><a href="#x1"><sup>2</sup></a></dt><dd>See <a href="https://b.example/2">b</a></dd></dl>'
)
TABLE = (
    '<table><tr><td>Salt<sup><a href="#t1">a</a></sup></td><td>Twelve<sup>b</sup></td></tr><tr><td><sup id="t1">a</sup> From '
    '<a href="https://a.example/1">a</a><br><sup>b</sup> By <a href="https://b.example/2">b</a></td></tr></table>'
)
GROUPS = (
    '<p>橋<sup><a href="#cite_note-1">[注 1]</a></sup> alt<sup><a href="#cite_note-2">[Anm. 1]</a></sup></p><ol>'
    '<li id="cite_note-1">^ <a href="https://a.example/1">町</a></li><li id="cite_note-2">↑ <a href="https://b.example/2">b</a>'
    "</li></ol>"
)
CLAIMS = (
    '<p>Claim<sup><a href="#fn1">1</a>, <a href="#fn2">2</a></sup> and<sup>[<a href="#fn2">2</a>]</sup></p>'
    '<p><a name="fn1"></a>1. <a href="https://a.example/1">a</a></p><p><a name="fn2"></a>2. Available online at</p>'
)

PAGES = {
    "numbers that begin again on each page": (
        PER_PAGE,
        [
            ("footnote", "1", "One", "https://a.example/1"),
            ("footnote", "2", "two", "https://a.example/2"),
            ("footnote", "1", "Three", "https://b.example/1"),
        ],
    ),
    "numbers in parentheses, and paragraphs that nobody closed": (
        OLD,
        [("footnote", "1", "mill", "http://a.example/1"), ("footnote", "2", "stood", "")],
    ),
    "numbers as headings, and in lists of terms": (
        TEXINFO,
        [("footnote", "1", "Old", "https://a.example/1"), ("footnote", "2", "is", "https://b.example/2")],
    ),
    "below a table": (
        TABLE,
        [("footnote", "a", "Salt", "https://a.example/1"), ("footnote", "b", "Twelve", "https://b.example/2")],
    ),
    "numbers that are the links themselves": (
        ('<p>Rain<sup><a href="https://a.example/1">1</a></sup> fell.<a href="https://b.example/2">[2]</a> <a '
        'href="https://c.example/?page=3">3</a></p><p><a href="https://c.example/?page=4">[4]</a></p>'),
        [
            ("footnote", "1", "Rain", "https://a.example/1"),
            ("footnote", "2", "fell", "https://b.example/2"),
            ("inline", None, "3", "https://c.example/?page=3"),
            ("inline", None, "[4]", "https://c.example/?page=4"),
        ],
    ),
    "groups with names": (
        GROUPS,
        [("footnote", "注 1", "橋", "https://a.example/1"), ("footnote", "Anm. 1", "alt", "https://b.example/2")],
    ),
    "several notes at one word": (
        CLAIMS,
        [
            ("footnote", "1", "Claim", "https://a.example/1"),
            ("footnote", "2", "Claim", "LOST"),
            ("footnote", "2", "and", "LOST"),
        ],
    ),
    "numbers, letters and tips that are no notes": (
        ('<nav><a href="#a">A</a> <a href="#p1">1</a> <a href="#s2">2</a></nav><h2 id="a">A</h2><p id=p1>1. one</p><h2 id="s2">2</h2>'
        '<p>E=mc<sup>2</sup>, 10<sup>6</sup>, 1<sup>st</sup>, <a href="#eq1">(1)</a>, <a href="#r" title="4.5 of 5 stars">5</a> '
        '<span title="A tip on it" class="tooltip">i</span> <a class="tooltip" title="Sort by this" href="#">*</a> '
        '<a href="https://a.example/?page=2" title="https://a.example/?page=2">2</a></p><div id="eq1">x = y (1)</div><p id=r>r</p>'),
        [("inline", None, "2", "https://a.example/?page=2")],
    ),
    "an encyclopedia": (
        WIKI,
        [
            ("footnote", "a", "Bridge", ""),
            ("footnote", "1", "old", "https://kept.example/1"),
            ("footnote", "1", "old", "https://doi.org/10.5555%2F12"),
            ("footnote", "1", "fell", "https://kept.example/1"),
            ("footnote", "1", "fell", "https://doi.org/10.5555%2F12"),
        ],
    ),
    "an encyclopedia whose pages name themselves": (PARSOID, [("footnote", "note 1", "fell", "https://a.example/1")]),
    "documentation, with notes and works": (
        SPHINX,
        [
            ("footnote", "1", "Old", "https://old.example/"),
            ("footnote", "WIN01", "in", "https://book.example/"),
            ("footnote", "1", "old", "https://old.example/"),
        ],
    ),
    "an office program, its remarks left where they stand": (
        WORD,
        [("footnote", "1", "hand", "https://dig.example/"), ("inline", None, "https://check.example/", "https://check.example/")],
    ),
    "an office on the web": (
        DOCS,
        [
            ("footnote", "1", "ran", "https://www.google.com/url?q=https://a.example/1&sa=D&ust=16"),
            ("inline", None, "https://check.example/", "https://check.example/"),
        ],
    ),
    "a journal whose links name the page": (
        PAPER,
        [("footnote", "1", "Water", "https://a.example/1"), ("footnote", "2", "Water", "https://b.example/2")],
    ),
    "a library of papers, with numbers in parentheses and names": (
        LIBRARY,
        [
            ("footnote", "1", "rises", "https://a.example/1"),
            ("footnote", "2", "rises", "https://b.example/2"),
            ("footnote", "Hall, 2001", "see", "https://b.example/2"),
        ],
    ),
    "works cited by name and year": (QUARTO, [("footnote", "Ode 2001", "Old", "https://a.example/1")]),
    "notes on the margin": (
        TUFTE,
        [
            ("footnote", "1", "fell", "https://a.example/1"),
            ("media", "2", "spring", "LOST"),
            ("inline", None, "m", "https://m.example/"),
        ],
    ),
    "notes that pop up": (
        POPPED,
        [
            ("footnote", "1", "One", "https://a.example/1"),
            ("footnote", "2", "two", "https://b.example/2"),
            ("footnote", "3", "three", "https://c.example/3"),
        ],
    ),
    "raised letters without links": (
        LETTERS,
        [
            ("footnote", "a", "Rain", "https://a.example/1"),
            ("footnote", "b", "snow", "https://b.example/2"),
            ("footnote", "†", "hail", "https://c.example/3"),
        ],
    ),
    "letters by mail": (
        SUBSTACK,
        [
            ("footnote", "1", "Taxed", "https://a.example/1"),
            ("footnote", "1", "Taxed", "https://b.example/2"),
            ("media", None, "", CLIP),
        ],
    ),
    "a player before the first note": (
        MEDIUM,
        [
            ("footnote", "1", "Rain", "https://a.example/1"),
            ("media", None, "Zoo", f"https://cdn.embedly.com/widgets/media.html?url={'https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DjNQXAC9IVRw'}"),
        ],
    ),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES)
def test_pages_cite(page: str, expected: list[tuple[str, str | None, str, str]]) -> None:
    assert citations(read_document(f"<html><body>{page}</body></html>", "page.html")) == expected


@pytest.mark.parametrize(
    ("page", "note"),
    [
        (WIKI, "A name."),
        (SPHINX, "From it."),
        (WORD, "See dig."),
        (PAPER, "Ode, M. Article"),
        (POPPED, "See https://a.example/1 for it."),
        (LETTERS, "The log: log"),
        (
            ('<p>Fire<a href="#fn1" class="footnote-ref"><sup>1</sup></a>, salt<a href="#fn2" class="footnote-ref"><sup>2</sup></a>'
            '</p><ol><li id="fn1">As in note <a href="#fn2">2</a>. <a href="#r1">↩︎</a></li><li id="fn2">Salt.</li></ol>'),
            "As in note 2.",
        ),
        (
            '<p>We<sup><a href="#t1">a</a></sup> met.</p><div id="t1"><sup>a</sup><p>A man said so.</p></div>',
            "A man said so.",
        ),
    ],
)
def test_the_body_of_the_first_note_is_told_as_it_is_read(page: str, note: str) -> None:
    assert read_document(f"<html><body>{page}</body></html>", "page.html").citations[0].note == note


def test_numbers_in_brackets_are_told_in_brackets_and_raised_ones_raised() -> None:
    (one, two) = read_document(
        '<html><p>Rain[<sup><a href="#n1">1</a></sup>] fell<sup><a href="#n2">2</a></sup>.</p><p id=n1>A.</p><p id=n2>B.</p>',
        "page.html",
    ).citations
    assert one.context == "Rain[1] fell²."
    assert (one.label, two.label) == ("1", "2")


def test_buttons_cite_nothing() -> None:
    page = (
        "<html><a href='https://www.facebook.com/sharer/sharer.php?u=https://a.example/'>Share</a>"
        "<a href='https://twitter.com/intent/tweet?url=https://a.example/'>Post</a>"
        "<a href='https://a.example/p?replytocom=7#respond'>Reply</a>"
        "<a href='https://twitter.com/harbour'>On Twitter</a></html>"
    )
    assert citations(read_document(page, "page.html")) == [("inline", None, "On Twitter", "https://twitter.com/harbour")]
