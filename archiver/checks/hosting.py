"""What hosting companies, platforms and servers put where a site or a thing on it no longer is.

Their own words, of which a page must hold little else: an article may quote each of them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from archiver.checks.vocabulary import goes_on_like_one

if TYPE_CHECKING:
    from archiver.checks.page import Page

_LONG = 1600  # weighed characters: no such notice has more
_NEAR = 160  # characters of plain text before which it begins, or else
_LITTLE = 120  # characters of text beside its heading
_LONG_NAME = 3  # blanks in a notice that is nobody's headline
_PART = 0.35  # it is so much of what the page says

# Plain pieces of text. Each is a company's own notice and hardly anybody else's sentence.
_GONE = (
    # platforms for blogs and sites
    "whatever you were looking for doesnt currently exist at this address", "blog has been removed sorry",
    "sorry the blog at", "sorry the blog you were looking for does not exist", "the authors have deleted this site",
    "is no longer available the authors have deleted", "this blog has been archived or suspended",
    "this site has been archived or suspended", "this blog is no longer available", "this tumblelog does not exist",
    "theres nothing here theres nothing here", "this site is no longer available the authors",
    "there isnt a github pages site here", "no such app there is no app configured",
    "there is no app configured at that hostname", "doesnt exist on netlify", "this deployment cannot be found",
    "deployment not found", "deployment has been disabled", "fastly error unknown domain", "web app error 404",
    "404 web site not found", "site not found why am i seeing this",
    "the site you were looking for couldnt be found this domain is successfully pointed",
    "project not found project not found", "failed to load site", "isnt connected to a website yet",
    "not connected to a website", "website expired this account has expired", "this account has expired if you are",
    "this website has expired", "your website has expired", "the website has expired", "website expired",
    "this website is currently unavailable if youre the owner", "sorry this shop is currently unavailable",
    "this shop is unavailable", "this store is unavailable", "this store does not exist",
    "user deactivated or deleted their account",
    "410 user deactivated", "this account is under investigation or was found in violation",
    "the author deleted this medium story", "this story has been deleted by",
    "yahoo groups was shut down", "yahoo groups has been shut down", "yahoo geocities has closed",
    "geocities has closed",
    "geocities is no longer available", "sites is no longer available", "the new google sites replaces",
    "this wiki has been closed", "this wiki has been deleted", "this wiki has been permanently deleted",
    "this journal has been deleted", "this journal has been deleted and purged",
    "this community has been banned", "this subreddit was banned", "this community is no longer available",
    "sorry this post was deleted by the person who originally posted it",
    "sorry this post has been removed by the moderators", "sorry this post was removed by",
    "sorry nobody on reddit goes by that name",
    # files, slides, forms
    "sorry the file you have requested does not exist", "the file you have requested has been deleted",
    "file is in owners trash", "the document has been deleted", "that isnt here anymore", "this item was deleted",
    "the file youre looking for has been moved or deleted", "this transfer has expired", "transfer expired",
    "this transfer has been deleted", "this document has been removed from scribd", "this document was removed",
    "this document is no longer available", "this slideshow is no longer available",
    "this presentation has been removed",
    "this presentation is no longer available", "this publication is no longer available",
    "this paste has been removed",
    "this paste has expired", "this page is no longer available it has either expired been removed",
    "the file you attempted to download is no longer available", "file has been removed due to",
    "the file link that you requested is not valid", "invalid or deleted file", "this file is no longer available",
    "file was deleted by", "the album is private or does not exist", "this gallery does not exist",
    "this photo has been removed", "the link you followed may be broken or the page may have been removed",
    "this link has been disabled", "this short link has expired", "this link has expired",
    "bitly link is not valid", "this bitly link has been", "this goo gl link", "dynamic link not found",
    # hosts
    "this account has been suspended", "account suspended", "this website has been suspended", "site suspended",
    "this site has been suspended", "hosting has expired", "hosting account has expired", "your hosting has expired",
    "this hosting account has been", "website has been disabled", "this site has been disabled",
    "diese internetpräsenz wurde deaktiviert", "diese internetpräsenz ist deaktiviert",
    "dieser webspace wurde deaktiviert",
    "diese website wurde deaktiviert", "dieses webangebot wurde gesperrt", "diese webseite wurde gesperrt",
    "hier entsteht eine neue internetpräsenz", "hier entsteht eine neue webpräsenz", "hier entsteht eine neue website",
    "hier entsteht in kürze eine neue internetpräsenz", "noch keine inhalte hinterlegt",
    "votre domaine a bien été créé", "ce site est suspendu", "ce compte a été suspendu", "site suspendu",
    "lhébergement de ce site a expiré", "ce nom de domaine nest pas relié à un site",
    "este sitio ha sido suspendido", "esta cuenta ha sido suspendida", "cuenta suspendida", "el hosting ha expirado",
    "site suspenso", "esta conta foi suspensa", "hospedagem suspensa", "questo account è stato sospeso", "sito sospeso",
    "account opgeschort", "deze website is opgeschort", "deze website is geblokkeerd", "konto zostało zawieszone",
    "strona została zablokowana", "serwis zawieszony", "сайт заблокирован хостинг", "хостинг заблокирован",
    "сайт отключен", "сайт приостановлен", "аккаунт заблокирован", "обслуживание сайта приостановлено",
    "работа сайта приостановлена", "на этом сервере нет такого сайта", "hesap askıya alındı",
    "bu hesap askıya alınmıştır",
    "站点不存在", "网站已关闭", "该网站已被关闭", "没有找到站点", "您没有将此域名或ip绑定到对应站点", "网站暂时关闭",
    "このサーバーは現在準備中", "このドメインは設定されていません",
    "if you are the owner of this website please contact your hosting provider",
    "this is the default web page for this server", "this is the default page for this domain",
    "this ip is being shared among many domains", "there is no website configured at this address",
    "this domain is not configured", "domain not configured", "this domain has not been configured",
    "the domain is not linked to", "no site is configured at this address", "invalid hostname for this server",
    "this web page is parked", "the requested hostname could not be found on this server",
)


# Titles that only such pages have, and what else must stand in the page.
_DEFAULT_PAGES: dict[str, bytes] = {
    "welcome to nginx": b"nginx",
    "test page for the nginx http server on red hat enterprise linux": b"nginx",
    "test page for the nginx http server on fedora": b"nginx",
    "test page for the nginx http server": b"nginx",
    "test page for the http server on red hat enterprise linux": b"apache",
    "test page for the apache http server": b"apache",
    "test page for the apache http server on fedora": b"apache",
    "test page for the ssl tls aware apache installation on the web site": b"apache",
    "http server test page powered by centos": b"apache",
    "http server test page powered by almalinux": b"apache",
    "http server test page powered by rocky linux": b"apache",
    "http server test page": b"apache",
    "apache http server test page powered by centos": b"apache",
    "apache2 ubuntu default page it works": b"apache",
    "apache2 debian default page it works": b"apache",
    "apache2 default page it works": b"apache",
    "apache http server test page": b"apache",
    "apache is functioning normally": b"apache",
    "iis windows server": b"iis",
    "iis windows": b"iis",
    "iis7": b"iis",
    "iis 8 0 detailed error 404 0 not found": b"iis",
    "microsoft internet information services 8": b"iis",
    "welcome to iis 4 0": b"iis",
    "under construction": b"iis",
    "welcome to openresty": b"openresty",
    "welcome to tengine": b"tengine",
    "welcome to caddy": b"caddy",
    "caddy works": b"caddy",
    "your web server is working": b"caddy",
    "congratulations your web server is working": b"litespeed",
    "litespeed web server": b"litespeed",
    "welcome to litespeed web server": b"litespeed",
    "powered by lighttpd": b"lighttpd",
    "welcome to your new lighttpd server": b"lighttpd",
    "placeholder page": b"lighttpd",
    "welcome page": b"lighttpd",
    "apache tomcat": b"tomcat",
    "welcome to plesk": b"plesk",
    "web server s default page": b"plesk",
    "web servers default page": b"plesk",
    "domain default page": b"plesk",
    "default web site page": b"cgi-sys",
    "default plesk page": b"plesk",
    "welcome to xampp": b"xampp",
    "wampserver homepage": b"wamp",
    "account suspended": b"hosting",
    "this account has been suspended": b"hosting",
    "website suspended": b"hosting",
    "account disabled by server administrator": b"disabled",
    "hosting account suspended": b"suspend",
    "site not found github pages": b"github",
    "site not found": b"host",
    "no such app": b"heroku",
    "heroku no such app": b"heroku",
    "domain not configured": b"domain",
    "domain not claimed": b"domain",
    "directadmin default page": b"directadmin",
    "success": b"your new web server is ready to use",
    "sorry this site is not currently available": b"site",
}


def default_page(page: Page) -> str:
    """Give the title when a server's or hosting company's own page stands where a site should be."""
    if page.length < 10 and page.plain_text == "it works" and not page.scripts and len(page.raw) < 200:
        return "It works!"
    needed = _DEFAULT_PAGES.get(page.plain_title)
    if needed is not None and page.length < 6000 and needed in page.lower:
        return page.title
    return ""


def notice(page: Page) -> str:
    """Give a platform's own words for what is no longer there, when the page says little else."""
    if page.length > _LONG:
        return ""
    text = f"{page.plain_title} {page.plain_text}"
    for words in _GONE:
        at = text.find(words)
        if at < 0 or (at and text[at - 1].isalnum() and words.isascii()):
            continue
        start = at - len(page.plain_title)
        named = [name for name in (page.plain_title, *page.plain_headings) if words in name]
        if named:
            # A notice that is called so goes on like one; an article on the matter does not.
            rest = page.told.replace(named[-1], "", 1).strip()
            alone = not rest or (words.count(" ") >= _LONG_NAME and len(rest) < _LITTLE)
            if alone or goes_on_like_one(rest):
                return words
            continue
        begins = start < _NEAR and page.prose < _LONG // 2 and len(words) * 12 > page.length
        if begins or len(words) > page.length * _PART:
            return words
    return ""


# ---------------------------------------------------------------- lists of files


@cache
def _listing() -> re.Pattern[str]:
    return re.compile(
        r"^(?:index of|directory listing (?:for|of)|listing of|contents of) ?/| - /.{0,200}/$", re.IGNORECASE,
    )


def is_empty_listing(page: Page) -> bool:
    """Tell whether a server lists a folder in which there is nothing, but the way up."""
    if page.length > 400 or not _listing().search(page.title or next(iter(page.headings), "")):
        return False
    if b"<a" not in page.lower and b"parent directory" not in page.lower:
        return page.length - len(page.title) < 60
    for target in page.links():
        path = target.partition("?")[0].partition("#")[0].strip()
        # The way up, the heads of the columns, the server's own signature and pictures.
        if path in ("", "/", ".", "./", "..", "../") or path.startswith(("/icons/", "http:", "https:", "?")):
            continue
        if path.startswith("/") and path.endswith("/") and not page.raw.count(b"<a") > 6:
            continue
        return False
    return True
