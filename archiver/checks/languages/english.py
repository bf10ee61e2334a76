"""How error pages speak: English. Data only."""

from __future__ import annotations

from itertools import product

from archiver.checks.languages.kinds import Language

_NOUNS = (
    "page", "web page", "webpage", "article", "story", "post", "document", "file", "content", "video", "url", "link",
    "address", "resource", "item", "entry", "topic", "thread", "product", "record", "object", "job", "listing",
    "posting",
)
_OWNERS = ("user", "account", "profile", "member", "blog", "channel", "image", "photo", "picture", "group")
_SITES = ("site", "website")  # these are "unavailable" for an hour, too

_FATES = (
    "not found", "cannot be found", "could not be found", "cant be found", "couldnt be found", "can not be found",
    "was not found", "does not exist", "doesnt exist", "no longer exists", "not available", "unavailable",
    "is unavailable", "is not available", "isnt available", "no longer available", "is no longer available", "missing",
    "is missing", "removed", "deleted", "has been removed", "has been deleted", "was removed", "was deleted",
    "does not exist anymore", "not here", "isnt here", "is gone", "has expired", "expired",
)
_NOUN = f"(?:{'|'.join((*_NOUNS, *_SITES))})"
_NOT_THERE = (
    "(?:(?:could not|cannot|couldnt|cant|can not) be (?:found|located)|(?:was|is|were) not found|(?:wasnt|isnt) found"
    "|(?:does not|doesnt|did not|didnt) (?:seem to |appear to )?exist|no longer exists?|not found|not exist"
    "|(?:is|are) (?:no longer|not|unfortunately not|currently not) (?:available|here|there|online)(?! in)"
    "|isnt (?:available|here|there)(?! in)|(?:has|have) (?:either )?(?:been )?(?:since )?(?:re)?moved or"
    "|(?:has|have) (?:either )?been (?:removed|deleted|taken down|withdrawn|unpublished)(?! from the)"
    "|(?:has|have) (?:now )?expired"
    "|(?:may|might|could) (?:have (?:been )?(?:re)?moved|have been deleted|have expired|no longer exist|not exist))"
)
_ENGLISH = "/".join([
    *(f"{noun} {fate}" for noun, fate in product(_NOUNS, _FATES)),
    *(f"{noun} {fate}" for noun, fate in product(_OWNERS, ("not found", "does not exist", "doesnt exist"))),
    *(f"{noun} {fate}" for noun, fate in product(_SITES, _FATES) if "available" not in fate or "longer" in fate),
    *(
        f"{verb} {noun}" for noun in ("page", "file", "link", "article") for verb in (
            "missing", "no such", "unknown", "we cant find that", "we cant find this", "we couldnt find that",
            "we couldnt find this", "cannot find", "cant find", "couldnt find", "could not find",
        )
    ),
])

PHRASES: tuple[Language, ...] = (
    Language(
        code="en",
        sure=f"{_ENGLISH}/404 file or directory not found/file or directory not found/nothing to see here 404"
        "/the resource cannot be found/404 page/page error/dead link/broken link/this page does not exist/no page found"
        "/no page here/that page can t be found/looks like youre lost 404/the page you requested was not found"
        "/sorry this page isnt available",
        bare="not found/notfound/gone/nothing found/missing/unavailable/lost/no longer available/does not exist/removed"
        "/nothing here/not available/nothing found here/looks like youre lost",
        sentences=(
            rf"\b{_NOUN} (?:that |which )?(?:you|youre|youve) (?:\w+ ){{0,7}}?{_NOT_THERE}",
            rf"\brequested (?:\w+ ){{0,2}}?{_NOUN} (?:\S+ ){{0,6}}?{_NOT_THERE}",
            (rf"\b(?:we|i) (?:are sorry |sorry )?(?:cant|cannot|could not|couldnt|can not|werent able to|were unable to"
            rf"|are unable to|were not able to|are not able to) (?:seem to )?(?:find|locate)"
            rf" (?:the|that|this|your|any) (?:requested )?{_NOUN}\b"),
            rf"\b(?:this|that|the|sorry) {_NOUN} (?:\w+ )?{_NOT_THERE}",
            r"\b(?:nothing|no page|no content|no article) (?:was |has been |could be )?found (?:here|at this|for this)",
            r"\b(?:what|whatever) (?:you are|youre|you were) looking for (?:\w+ ){0,3}?(?:not|isnt|doesnt|no longer)",
            r"\bno (?:thread|topic|post|forum|article|page|item|record|file) (?:id )?(?:was )?specified\b",
            r"\binvalid (?:thread|topic|post|forum|article|page|item|record) (?:id )?(?:specified|selected|requested)",
            r"\bthere is currently no text in this page",
            r"\bdid not find a current representation for the target resource",
            r"\bdoes not have an? (?:encyclopedia )?(?:article|page) with this exact name",
            (r"\byou(?:ve| have)? (?:may have )?(?:followed|clicked|reached|found|hit|typed) (?:an? |on an? )?"
            r"(?:old |outdated |broken |dead |bad |wrong |missing |expired )+(?:link|page|address|url)"),
        ),
        keys="not cannot couldnt cant isnt doesnt wasnt didnt werent longer removed deleted moved expired missing"
        " unable nothing no broken dead outdated bad wrong exist invalid",
    ),
)
