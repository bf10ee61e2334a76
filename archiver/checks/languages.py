"""How pages say "there is no such page", in the languages most written on the web. Data only; phrases.py reads it.

Everything is *plain* (see phrases.plain): case folded, apostrophes and punctuation gone, single blanks.

`sure`       whole titles and headings that mean an error page and hardly anything else
`bare`       whole titles and headings that may be the name of something, too
`sentences`  patterns for running text, in which a page speaks of itself or of what the reader asked for
`keys`       a sentence holds one of these words (or pieces, where words are not written apart)
"""

from __future__ import annotations

from itertools import product

from msgspec import Struct


class Language(Struct, frozen=True, kw_only=True):
    """What one language says. Phrases are separated by slashes."""

    code: str
    sure: str
    bare: str = ""
    sentences: tuple[str, ...]
    keys: str
    apart: bool = True  # words are written apart


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

LANGUAGES: tuple[Language, ...] = (
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
            r"\binvalid (?:thread|topic|post|forum|article|page|item|record) (?:id )?(?:specified|selected|requested)",
            r"\bthere is currently no text in this page",
            (r"\byou(?:ve| have)? (?:may have )?(?:followed|clicked|reached|found|hit|typed) (?:an? |on an? )?"
            r"(?:old |outdated |broken |dead |bad |wrong |missing |expired )+(?:link|page|address|url)"),
        ),
        keys="not cannot couldnt cant isnt doesnt wasnt didnt werent longer removed deleted moved expired missing"
        " unable nothing no broken dead outdated bad wrong exist invalid",
    ),
    Language(
        code="de",
        sure="seite nicht gefunden/seite nicht verfügbar/seite existiert nicht/diese seite existiert nicht"
        "/diese seite gibt es nicht/diese seite existiert nicht mehr/seite wurde nicht gefunden"
        "/die seite wurde nicht gefunden/artikel nicht gefunden/inhalt nicht gefunden/inhalt nicht verfügbar"
        "/datei nicht gefunden/dokument nicht gefunden/beitrag nicht gefunden/seite nicht vorhanden/seite fehlt"
        "/artikel nicht mehr verfügbar/inhalt nicht mehr verfügbar/seite nicht mehr verfügbar/video nicht verfügbar"
        "/die seite konnte nicht gefunden werden/seite konnte nicht gefunden werden/objekt nicht gefunden"
        "/die angeforderte seite wurde nicht gefunden",
        bare="nicht gefunden/nicht verfügbar/nicht vorhanden/nichts gefunden/nicht mehr verfügbar",
        sentences=(
            (r"\b(?:angeforderte|gesuchte|aufgerufene|gewünschte|diese|die|angegebene)[nsr]? (?:seite|webseite|inhalt"
            r"|artikel|datei|dokument|adresse|url|beitrag|internetseite) (?:\w+ ){0,5}?(?:nicht (?:\w+ )?(?:gefunden"
            r"|verfügbar|vorhanden)|existiert (?:leider )?nicht|nicht existiert|gelöscht|entfernt|gibt es nicht)"),
            (r"\b(?:seite|inhalt|artikel|dokument) (?:die |der |das |den )?sie (?:\w+ ){0,5}?"
            r"(?:nicht|existiert|gelöscht|entfernt)"),
            (r"\bwir (?:konnten|können) (?:\w+ )?(?:die|diese|den|das|ihre) (?:\w+ )?(?:seite|artikel|inhalt|dokument)"
            r" (?:\w+ ){0,4}?nicht finden"),
        ),
        keys="nicht gelöscht entfernt existiert",
    ),
    Language(
        code="fr",
        sure="page introuvable/page non trouvée/page inexistante/cette page nexiste pas/cette page nexiste plus"
        "/page indisponible/la page est introuvable/article introuvable/contenu introuvable/document introuvable"
        "/fichier introuvable/cette page est introuvable/page supprimée/contenu indisponible/page non disponible"
        "/la page demandée est introuvable/la page demandée nexiste pas/cette page nest pas disponible"
        "/vidéo indisponible/contenu non disponible",
        bare="introuvable/non trouvé/non trouvée/indisponible/inexistant",
        sentences=(
            (r"\b(?:la|cette|votre) (?:page|adresse|url|ressource|publication) (?:\w+ ){0,7}?(?:nexiste|introuvable"
            r"|na pas été trouvée|na pas pu être trouvée|est indisponible|a été supprimée|nest pas disponible"
            r"|nest plus)"),
            (r"\b(?:le|ce|cet) (?:contenu|document|fichier|article|lien) (?:que vous |demandé |recherché )"
            r"(?:\w+ ){0,6}?(?:nexiste|introuvable|na pas été trouvé|est indisponible|a été supprimé"
            r"|nest pas disponible|nest plus)"),
            (r"\bnous (?:ne trouvons pas|navons pas trouvé|navons pas pu trouver|ne parvenons pas à trouver)"
            r" (?:la|cette|le|ce) (?:page|contenu|document)"),
        ),
        keys="nexiste introuvable indisponible supprimée supprimé nest na trouvons navons parvenons",
    ),
    Language(
        code="es",
        sure="página no encontrada/pagina no encontrada/página no disponible/la página no existe/esta página no existe"
        "/no se encontró la página/no se encuentra la página/no se ha encontrado la página/artículo no encontrado"
        "/contenido no encontrado/contenido no disponible/documento no encontrado/archivo no encontrado"
        "/página inexistente/la página no está disponible/esta página no está disponible/recurso no encontrado"
        "/no hemos encontrado la página/no encontramos la página/vídeo no disponible/video no disponible"
        "/la página solicitada no existe/la página que buscas no existe",
        bare="no encontrado/no encontrada/no disponible/no existe",
        sentences=(
            (r"\b(?:la|esta|el|este) (?:página|pagina|contenido|artículo|documento|dirección|recurso|enlace|nota"
            r"|noticia)"
            r" (?:\w+ ){0,7}?(?:no existe|no se (?:ha )?encontr\w+|no (?:pudo|puede) ser encontrad[ao]"
            r"|no está disponible|ya no existe|ya no está|ha sido (?:eliminad|borrad)[ao]"
            r"|fue (?:eliminad|borrad)[ao])"),
            (r"\bno (?:hemos podido|pudimos|podemos|hemos|se ha podido|se pudo|se puede) (?:encontrar|encontrado|hallar"
            r"|localizar) (?:la|el|esta|este) (?:página|pagina|contenido|artículo|documento|recurso)"),
        ),
        keys="no eliminada eliminado borrada borrado",
    ),
    Language(
        code="pt",
        sure="página não encontrada/pagina nao encontrada/página não existe/esta página não existe/página indisponível"
        "/a página não foi encontrada/a página não existe/conteúdo não encontrado/conteúdo indisponível"
        "/artigo não encontrado/arquivo não encontrado/ficheiro não encontrado/documento não encontrado"
        "/não encontramos a página/página inexistente/não foi possível encontrar a página/notícia não encontrada"
        "/esta página não está disponível/vídeo indisponível/página não disponível",
        bare="não encontrado/não encontrada/indisponível/não existe",
        sentences=(
            (r"\b(?:a|esta|essa|o|este|esse) (?:página|pagina|conteúdo|artigo|documento|endereço|arquivo|ficheiro"
            r"|notícia)"
            r" (?:\w+ ){0,7}?(?:não existe|não foi (?:possível )?(?:encontrad[ao]|localizad[ao]|encontrar)"
            r"|não (?:pôde|pode) ser encontrad[ao]|não está (?:mais )?disponível|já não existe"
            r"|foi (?:removid|apagad|excluíd|eliminad)[ao])"),
            (r"\bnão (?:foi possível|conseguimos|pudemos) (?:encontrar|localizar) (?:a|o|esta|este)"
            r" (?:página|conteúdo|artigo)"),
        ),
        keys="não removida removido apagada apagado excluída excluído eliminada eliminado",
    ),
    Language(
        code="it",
        sure="pagina non trovata/pagina inesistente/pagina non disponibile/questa pagina non esiste"
        "/la pagina non esiste/pagina non esistente/articolo non trovato/contenuto non trovato/file non trovato"
        "/contenuto non disponibile/documento non trovato/la pagina non è stata trovata/impossibile trovare la pagina"
        "/pagina rimossa/video non disponibile/la pagina richiesta non esiste/risorsa non trovata",
        bare="non trovato/non trovata/non disponibile/inesistente",
        sentences=(
            (r"\b(?:la|questa|il|questo) (?:pagina|contenuto|articolo|documento|indirizzo|risorsa|file|notizia)"
            r" (?:\w+ ){0,7}?(?:non esiste|non è stat[ao] trovat[ao]|non è (?:più )?(?:disponibile|presente)"
            r"|è stat[ao] (?:rimoss|eliminat|cancellat)[ao])"),
            r"\b(?:non (?:abbiamo trovato|riusciamo a trovare)|impossibile trovare) la pagina",
        ),
        keys="non rimossa rimosso eliminata eliminato cancellata cancellato impossibile",
    ),
    Language(
        code="nl",
        sure="pagina niet gevonden/pagina bestaat niet/deze pagina bestaat niet/pagina niet beschikbaar"
        "/deze pagina bestaat niet meer/pagina bestaat niet meer/artikel niet gevonden/bestand niet gevonden"
        "/de pagina is niet gevonden/pagina kon niet worden gevonden/deze pagina is niet gevonden"
        "/inhoud niet gevonden/document niet gevonden/de pagina bestaat niet",
        bare="niet gevonden/niet beschikbaar/bestaat niet",
        sentences=(
            (r"\b(?:de|deze|het|dit) (?:opgevraagde |gevraagde |gezochte )?(?:pagina|artikel|document|bestand|inhoud"
            r"|webpagina) (?:\w+ ){0,6}?(?:niet (?:\w+ )?gevonden|bestaat (?:helaas )?niet"
            r"|niet (?:meer )?(?:beschikbaar|bestaat)|is verwijderd|niet worden gevonden)"),
            r"\b(?:we|wij) (?:kunnen|konden) (?:de|deze) pagina (?:\w+ ){0,4}?niet vinden",
        ),
        keys="niet verwijderd",
    ),
    Language(
        code="sv",
        sure="sidan hittades inte/sidan finns inte/sidan kunde inte hittas/sidan saknas/sidan kan inte hittas"
        "/sidan finns inte längre/sidan kan inte visas/artikeln hittades inte/vi hittar inte sidan/hittar inte sidan",
        bare="hittades inte/finns inte",
        sentences=(
            (r"\b(?:sidan|artikeln|dokumentet|filen) (?:\w+ ){0,5}?(?:hittades inte|finns inte|kunde inte hittas"
            r"|kan inte hittas|har tagits bort|saknas)"),
            r"\b(?:hittar|kunde|kan) inte (?:hitta )?sidan",
        ),
        keys="inte bort saknas",
    ),
    Language(
        code="da",
        sure="siden blev ikke fundet/siden findes ikke/siden ikke fundet/siden kunne ikke findes/side ikke fundet"
        "/siden kan ikke findes/siden eksisterer ikke/vi kan ikke finde siden/siden findes ikke længere",
        bare="ikke fundet/findes ikke",
        sentences=(
            (r"\b(?:siden|artiklen|dokumentet|filen) (?:\w+ ){0,5}?(?:blev ikke fundet|findes (?:desværre )?ikke"
            r"|kunne ikke findes|kan ikke findes|eksisterer ikke|er (?:blevet )?(?:fjernet|slettet))"),
        ),
        keys="ikke fjernet slettet",
    ),
    Language(
        code="no",
        sure="siden ble ikke funnet/siden finnes ikke/fant ikke siden/side ikke funnet/siden eksisterer ikke"
        "/finner ikke siden/vi fant ikke siden/siden ikke funnet/siden finnes ikke lenger/vi finner ikke siden",
        bare="ikke funnet/finnes ikke",
        sentences=(
            (r"\b(?:siden|artikkelen|dokumentet|filen) (?:\w+ ){0,5}?(?:ble ikke funnet|finnes (?:dessverre )?ikke"
            r"|eksisterer ikke|er (?:blitt )?(?:fjernet|slettet))"),
            r"\b(?:finner|fant) (?:dessverre )?ikke siden",
        ),
        keys="ikke fjernet slettet",
    ),
    Language(
        code="fi",
        sure="sivua ei löydy/sivua ei löytynyt/sivua ei ole/sivua ei ole olemassa/artikkelia ei löydy"
        "/hakemaasi sivua ei löydy/hakemaasi sivua ei löytynyt/etsimääsi sivua ei löydy/sivu ei ole saatavilla",
        bare="ei löydy/ei löytynyt",
        sentences=(
            (r"\b(?:sivua|artikkelia|sisältöä|dokumenttia) (?:\w+ ){0,4}?ei (?:valitettavasti )?(?:löydy|löytynyt"
            r"|ole olemassa|ole enää)"),
        ),
        keys="ei",
    ),
    Language(
        code="pl",
        sure="strona nie została znaleziona/nie znaleziono strony/strona nie istnieje/brak strony"
        "/strona nie znaleziona/nie ma takiej strony/podana strona nie istnieje/ta strona nie istnieje"
        "/strona niedostępna/artykuł nie został znaleziony/nie znaleziono pliku/nie odnaleziono strony"
        "/nie znaleziono artykułu/strona nie odnaleziona/szukana strona nie istnieje",
        bare="nie znaleziono/niedostępne/nie istnieje",
        sentences=(
            (r"\b(?:strona|strony|artykuł|dokument|plik|podstrona|adres) (?:\w+ ){0,6}?(?:nie (?:została?|mogła być)"
            r" (?:odnalezion|znalezion)[ay]|nie istnieje|nie jest (?:już )?dostępn[ay]|została? usunięt[ay])"),
            r"\bnie (?:można|mogliśmy|udało się|możemy) (?:odnaleźć|znaleźć) (?:\w+ )?(?:strony|pliku|artykułu)",
        ),
        keys="nie usunięta usunięty",
    ),
    Language(
        code="cs",
        sure="stránka nenalezena/stránka nebyla nalezena/stránka neexistuje/požadovaná stránka neexistuje"
        "/tato stránka neexistuje/stránku se nepodařilo najít/článek nenalezen/soubor nenalezen"
        "/požadovaná stránka nebyla nalezena/stránka nebola nájdená/stránka sa nenašla",
        bare="nenalezeno/neexistuje",
        sentences=(
            (r"\b(?:stránka|stránku|článek|dokument|soubor) (?:\w+ ){0,5}?(?:nebyla? (?:\w+ )?nalezena?|neexistuje"
            r"|byla? (?:smazána?|odstraněna?)|není (?:již )?k dispozici|se nepodařilo najít|nenašla|nebola nájdená)"),
        ),
        keys="nebyla nebyl neexistuje není nepodařilo smazána smazán odstraněna odstraněn nenašla nebola",
    ),
    Language(
        code="ro",
        sure="pagina nu a fost găsită/pagina nu a fost gasita/pagina nu există/pagina nu exista/pagină negăsită"
        "/această pagină nu există/pagina inexistentă/articolul nu a fost găsit",
        bare="negăsit/nu a fost găsit",
        sentences=(
            (r"\b(?:pagina|articolul|documentul|fișierul) (?:\w+ ){0,6}?(?:nu a fost (?:găsit|gasit)[ăa]?"
            r"|nu (?:mai )?exist[ăa]|nu (?:mai )?este disponibil[ăa]?|a fost (?:ștears|eliminat|stears)[ăa]?)"),
        ),
        keys="nu șters ștearsă eliminat eliminată sters stearsa",
    ),
    Language(
        code="hu",
        sure="az oldal nem található/oldal nem található/a lap nem található/a keresett oldal nem található"
        "/nincs ilyen oldal/az oldal nem létezik/a keresett oldal nem létezik/a cikk nem található"
        "/a kért oldal nem található",
        bare="nem található/nem létezik",
        sentences=(
            r"\b(?:oldal|cikk|lap|dokumentum|tartalom) (?:\w+ ){0,4}?(?:nem (?:található|létezik|elérhető)|törölték)",
        ),
        keys="nem törölték",
    ),
    Language(
        code="hr",
        sure="stranica nije pronađena/stranica nije pronadjena/stranica ne postoji/stranica nije nađena"
        "/tražena stranica ne postoji/tražena stranica nije pronađena",
        bare="nije pronađeno/ne postoji",
        sentences=(
            (r"\bstranic[aue] (?:\w+ ){0,5}?(?:nije (?:pronađena|pronadjena|nađena|dostupna)|ne postoji|je (?:uklonjena"
            r"|obrisana|izbrisana))"),
        ),
        keys="nije ne uklonjena obrisana izbrisana",
    ),
    Language(
        code="sr",
        sure="страница није пронађена/страница не постоји/тражена страница не постоји"
        "/тражена страница није пронађена",
        bare="није пронађено/не постоји",
        sentences=(r"\bстраниц[ау] (?:\w+ ){0,5}?(?:није (?:пронађена|доступна)|не постоји|је (?:уклоњена|обрисана))",),
        keys="није не уклоњена обрисана",
    ),
    Language(
        code="sl",
        sure="stran ni bila najdena/stran ne obstaja/strani ni mogoče najti/stran ni najdena/strani nismo našli"
        "/iskana stran ne obstaja",
        bare="ni najdeno/ne obstaja",
        sentences=(
            r"\bstrani? (?:\w+ ){0,5}?(?:ne obstaja|ni (?:bila )?(?:najdena|mogoče najti|na voljo)|nismo našli)",
        ),
        keys="ni ne nismo",
    ),
    Language(
        code="lt",
        sure="puslapis nerastas/puslapis neegzistuoja/tokio puslapio nėra/ieškomas puslapis nerastas"
        "/puslapio rasti nepavyko",
        bare="nerasta/neegzistuoja",
        sentences=(r"\bpuslapi(?:s|o) (?:\w+ ){0,5}?(?:nerastas|neegzistuoja|nėra|nepavyko|pašalintas|ištrintas)",),
        keys="nerastas neegzistuoja nėra nepavyko pašalintas ištrintas",
    ),
    Language(
        code="lv",
        sure="lapa nav atrasta/lapa netika atrasta/lapa neeksistē/meklētā lapa nav atrasta/šāda lapa neeksistē",
        bare="nav atrasts/neeksistē",
        sentences=(r"\blapa (?:\w+ ){0,5}?(?:nav (?:atrasta|pieejama)|netika atrasta|neeksistē|ir dzēsta)",),
        keys="nav netika neeksistē dzēsta",
    ),
    Language(
        code="et",
        sure="lehte ei leitud/lehekülge ei leitud/lehte ei ole/lehekülge ei ole/otsitavat lehte ei leitud"
        "/leht puudub/lehte ei eksisteeri",
        bare="ei leitud/ei eksisteeri",
        sentences=(r"\b(?:lehte|lehekülge|artiklit) (?:\w+ ){0,4}?ei (?:leitud|leia|ole|eksisteeri)",),
        keys="ei puudub",
    ),
    Language(
        code="ca",
        sure="pàgina no trobada/la pàgina no existeix/aquesta pàgina no existeix/no sha trobat la pàgina"
        "/la pàgina no sha trobat/pàgina no disponible",
        bare="no trobat/no trobada/no existeix",
        sentences=(
            (r"\b(?:la|aquesta) pàgina (?:\w+ ){0,6}?(?:no existeix|no sha (?:pogut trobar|trobat)|no està disponible"
            r"|ha estat (?:eliminada|esborrada))"),
        ),
        keys="no eliminada esborrada",
    ),
    Language(
        code="el",
        sure="η σελίδα δεν βρέθηκε/σελίδα δεν βρέθηκε/η σελίδα δεν υπάρχει/δεν βρέθηκε η σελίδα"
        "/το άρθρο δεν βρέθηκε/η σελίδα που ζητήσατε δεν βρέθηκε/η σελίδα που αναζητάτε δεν βρέθηκε",
        bare="δεν βρέθηκε/δεν υπάρχει",
        sentences=(
            r"\bσελίδα (?:\w+ ){0,5}?δεν (?:βρέθηκε|υπάρχει|είναι διαθέσιμη|μπορεί να βρεθεί)",
        ),
        keys="δεν",
    ),
    Language(
        code="ru",
        sure="страница не найдена/страница не существует/страницы не существует/такой страницы нет"
        "/нет такой страницы/страница удалена/данная страница не найдена/запрашиваемая страница не найдена"
        "/документ не найден/файл не найден/материал не найден/статья не найдена/запрошенная страница не найдена"
        "/страница недоступна/такой страницы не существует/эта страница не существует/новость не найдена"
        "/видео недоступно/страница не найдена или удалена/мы не нашли эту страницу/запись не найдена",
        bare="не найдено/не найдена/не найден/недоступно/ничего не найдено",
        sentences=(
            (r"\b(?:страниц[аыу]|документ|материал|стать[яи]|файл|запись|публикация|адрес) (?:\w+ ){0,6}?"
            r"(?:не (?:был[аои]? )?(?:найден[ао]?|существует|доступн[ао])|был[ао]? удал[её]н[ао]?|удал[её]н[ао]?"
            r"|недоступ[её]?н[ао]?)"),
            (r"\b(?:запрошенн\w+|запрашиваем\w+|искомая|такой|такая) (?:вами )?страниц\w (?:\w+ ){0,4}?"
            r"(?:не|нет|отсутствует)\b"),
            (r"\bне (?:смогли|удалось|можем|нашли) (?:найти )?(?:эту |такую |нужную |запрошенную )?"
            r"(?:страниц|документ|стать)"),
        ),
        keys="не нет удалена удален удалён удалено отсутствует недоступна недоступен недоступно",
    ),
    Language(
        code="uk",
        sure="сторінку не знайдено/сторінка не знайдена/сторінка не існує/такої сторінки не існує/сторінки не існує"
        "/такої сторінки немає/запитувана сторінка не знайдена/матеріал не знайдено/статтю не знайдено"
        "/файл не знайдено/запитану сторінку не знайдено",
        bare="не знайдено/не існує",
        sentences=(
            (r"\b(?:сторінк[аиу]|документ|матеріал|статт[яю]|файл) (?:\w+ ){0,6}?(?:не (?:бул[оа] )?(?:знайден[оаи]?"
            r"|існує|доступн[ао])|була? видален[аои]?|видален[аои]|немає)"),
        ),
        keys="не немає видалена видалено видалений",
    ),
    Language(
        code="bg",
        sure="страницата не е намерена/страницата не съществува/страницата не беше намерена/няма такава страница"
        "/страницата не е открита",
        bare="не е намерено/не е намерена",
        sentences=(
            (r"\bстраницата (?:\w+ ){0,5}?(?:не (?:е|беше|може да бъде) (?:намерена|открита)|не съществува"
            r"|е (?:премахната|изтрита))"),
        ),
        keys="не премахната изтрита",
    ),
    Language(
        code="tr",
        sure="sayfa bulunamadı/sayfa bulunamadi/aradığınız sayfa bulunamadı/böyle bir sayfa yok/sayfa mevcut değil"
        "/içerik bulunamadı/haber bulunamadı/dosya bulunamadı/bu sayfa mevcut değil/aradığınız sayfa mevcut değil"
        "/bu sayfa kullanılamıyor",
        bare="bulunamadı/mevcut değil",
        sentences=(
            (r"\b(?:sayfa|sayfaya|sayfayı|içerik|haber|dosya|sayfanız) (?:\w+ ){0,4}?(?:bulunamadı|bulunamıyor"
            r"|mevcut değil|kaldırılmış|silinmiş|bulamadık|yayından kaldırıl\w+|ulaşılamıyor)"),
        ),
        keys="bulunamadı bulunamıyor mevcut kaldırılmış silinmiş bulamadık yayından ulaşılamıyor",
    ),
    Language(
        code="id",
        sure="halaman tidak ditemukan/halaman tidak tersedia/halaman tidak ada/halaman ini tidak ada"
        "/artikel tidak ditemukan/berkas tidak ditemukan/konten tidak ditemukan/laman tidak ditemukan"
        "/halaman tidak dijumpai/halaman yang anda cari tidak ditemukan",
        bare="tidak ditemukan/tidak tersedia/tidak dijumpai",
        sentences=(
            (r"\b(?:halaman|laman|artikel|konten|berita) (?:\w+ ){0,6}?(?:tidak (?:dapat )?(?:ditemukan|tersedia"
            r"|dijumpai|ada)|(?:telah|sudah) (?:dihapus|dipindahkan atau))"),
        ),
        keys="tidak dihapus dipindahkan",
    ),
    Language(
        code="vi",
        sure="không tìm thấy trang/trang không tồn tại/không tìm thấy trang này/trang không tìm thấy"
        "/trang này không tồn tại/không tìm thấy nội dung/bài viết không tồn tại/không tìm thấy bài viết"
        "/trang không khả dụng/trang bạn tìm không tồn tại",
        bare="không tìm thấy/không tồn tại",
        sentences=(
            (r"\b(?:trang|bài viết|nội dung|đường dẫn|địa chỉ) (?:\w+ ){0,8}?(?:không (?:tồn tại|tìm thấy|có sẵn"
            r"|khả dụng|còn)|đã bị (?:xóa|xoá|gỡ))"),
            r"\bkhông (?:thể )?tìm thấy (?:trang|bài viết|nội dung)",
        ),
        keys="không xóa xoá gỡ",
    ),
    Language(
        code="ar",
        sure="الصفحة غير موجودة/لم يتم العثور على الصفحة/هذه الصفحة غير موجودة/الصفحة المطلوبة غير موجودة"
        "/الصفحة غير متوفرة/الصفحة غير متاحة/المقال غير موجود/صفحة غير موجودة/لا يمكن العثور على الصفحة"
        "/المحتوى غير موجود/المحتوى غير متوفر",
        bare="غير موجود/غير موجودة/غير متوفر",
        sentences=(
            (r"(?:الصفحة|المقال|المحتوى|الرابط|صفحة) (?:\w+ ){0,6}?(?:غير (?:موجودة?|متوفرة?|متاحة?)"
            r"|لم (?:يتم|يعد|تعد)|تم حذفها?|لا يمكن العثور)"),
            r"(?:لم (?:يتم|نتمكن من|نعثر)|لا يمكن|تعذر) (?:العثور )?(?:على )?(?:هذه )?(?:الصفحة|المحتوى|المقال)",
        ),
        keys="غير لم لا تم تعذر",
    ),
    Language(
        code="fa",
        sure="صفحه یافت نشد/صفحه مورد نظر یافت نشد/صفحه پیدا نشد/صفحه مورد نظر پیدا نشد/این صفحه وجود ندارد"
        "/صفحه وجود ندارد/صفحه مورد نظر شما یافت نشد/مطلب یافت نشد",
        bare="یافت نشد/پیدا نشد",
        sentences=(
            (r"(?:صفحه|مطلب|آدرس|محتوا) (?:\w+ ){0,8}?(?:یافت نشد|پیدا نشد|وجود ندارد|حذف شده|موجود نیست"
            r"|در دسترس نیست)"),
        ),
        keys="نشد ندارد شده نیست",
    ),
    Language(
        code="he",
        sure="הדף לא נמצא/העמוד לא נמצא/דף לא נמצא/עמוד לא נמצא/הדף המבוקש לא נמצא/העמוד המבוקש לא נמצא"
        "/הדף אינו קיים/העמוד אינו קיים/הדף אינו נמצא/הכתבה לא נמצאה",
        bare="לא נמצא/לא נמצאה",
        sentences=(r"(?:הדף|העמוד|הכתבה|התוכן) (?:\w+ ){0,5}?(?:לא נמצאה?|אינו קיים|לא קיים|הוסר|אינו זמין)",),
        keys="לא אינו הוסר",
    ),
    Language(
        code="hi",
        sure="पृष्ठ नहीं मिला/पेज नहीं मिला/यह पेज मौजूद नहीं है/पेज उपलब्ध नहीं है/पृष्ठ उपलब्ध नहीं है/यह पृष्ठ मौजूद नहीं है"
        "/पेज मौजूद नहीं है",
        bare="नहीं मिला/उपलब्ध नहीं",
        sentences=(r"(?:पृष्ठ|पेज|लेख) (?:\S+ ){0,6}?(?:नहीं मिला|नहीं मिल|मौजूद नहीं|उपलब्ध नहीं|हटा दिया)",),
        keys="नहीं हटा",
    ),
    Language(
        code="ur",
        sure="صفحہ نہیں ملا/صفحہ موجود نہیں/صفحہ دستیاب نہیں/مطلوبہ صفحہ نہیں ملا/یہ صفحہ موجود نہیں ہے",
        bare="نہیں ملا/موجود نہیں",
        sentences=(r"صفحہ (?:\w+ ){0,6}?(?:نہیں ملا|موجود نہیں|دستیاب نہیں|ہٹا دیا)",),
        keys="نہیں ہٹا",
    ),
    Language(
        code="ta",
        sure="பக்கம் கிடைக்கவில்லை/பக்கம் காணப்படவில்லை/பக்கத்தைக் காணவில்லை/இந்தப் பக்கம் இல்லை",
        bare="கிடைக்கவில்லை/காணப்படவில்லை",
        sentences=(r"பக்கம் (?:\S+ ){0,4}?(?:கிடைக்கவில்லை|காணப்படவில்லை|நீக்கப்பட்டது|இல்லை)",),
        keys="கிடைக்கவில்லை காணப்படவில்லை காணவில்லை நீக்கப்பட்டது இல்லை",
    ),
    Language(
        code="bn",
        sure="পৃষ্ঠাটি পাওয়া যায়নি/পাতাটি পাওয়া যায়নি/পেজটি পাওয়া যায়নি/পৃষ্ঠা পাওয়া যায়নি/পাতা পাওয়া যায়নি",
        bare="পাওয়া যায়নি",
        sentences=(r"(?:পৃষ্ঠা|পাতা|পেজ)\S* (?:\S+ ){0,6}?(?:পাওয়া যায়নি|পাওয়া যাচ্ছে না|মুছে ফেলা)",),
        keys="যায়নি/যাচ্ছে না/মুছে", apart=False,
    ),
    Language(
        code="th",
        sure="ไม่พบหน้า/ไม่พบหน้าที่คุณต้องการ/ไม่พบหน้านี้/ไม่พบหน้าเว็บ/ไม่พบหน้าที่ต้องการ/ไม่พบหน้าที่ค้นหา/ไม่พบเพจ",
        bare="ไม่พบ/ไม่พบข้อมูล",
        sentences=(r"ไม่(?:พบ|มี)(?:หน้า|เพจ|บทความ|เนื้อหา)", r"(?:หน้า|เพจ|บทความ)\S{0,30}?(?:ไม่มีอยู่|ถูกลบ|ไม่พบ)"),
        keys="ไม่/ถูกลบ", apart=False,
    ),
    Language(
        code="zh",
        sure="页面未找到/页面不存在/找不到页面/该页面不存在/您访问的页面不存在/未找到页面/网页不存在/页面找不到了"
        "/页面没有找到/找不到该页面/此页面不存在/内容不存在/文章不存在/页面已删除/页面不存在或已删除/无法找到该页"
        "/找不到网页/页面走丢了/頁面不存在/找不到頁面/找不到網頁/此頁面不存在/網頁不存在/找不到此頁面/找不到該頁面"
        "/頁面未找到/该内容已被删除/该内容不存在/您要找的页面不存在/無法找到網頁/找不到您要的頁面/抱歉页面不存在",
        bare="未找到/找不到/不存在/已删除/已刪除",
        sentences=(
            (r"(?:页面|网页|内容|文章|頁面|網頁|內容|网址|網址|链接|連結)\s?(?:\w{0,8})?(?:不存在|未找到|找不到|没有找到"
            r"|沒有找到|已(?:经|經)?被?(?:删除|刪除|移除|下架)|已失效|无法找到|無法找到)"),
            (r"(?:找不到|未找到|没有找到|沒有找到|无法找到|無法找到)(?:了)?(?:您|你|该|該|此|这个|這個|要|请求|請求|访问|訪問)*"
            r"(?:\w{0,6})?(?:页面|网页|頁面|網頁|内容|內容|文章)"),
        ),
        keys="不存在/找不到/未找到/没有找到/沒有找到/删除/刪除/移除/下架/失效/无法找到/無法找到", apart=False,
    ),
    Language(
        code="ja",
        sure="ページが見つかりません/ページが見つかりませんでした/お探しのページは見つかりません"
        "/お探しのページは見つかりませんでした/お探しのページが見つかりません/お探しのページが見つかりませんでした"
        "/ページは存在しません/ページが存在しません/このページは存在しません/記事が見つかりません"
        "/指定されたページが見つかりません/指定されたページは存在しません/ファイルが見つかりません"
        "/お探しのページは存在しません/該当するページが見つかりません/記事は削除されました",
        bare="見つかりません/見つかりませんでした/存在しません",
        sentences=(
            (r"(?:ページ|記事|ファイル|コンテンツ|url|動画)(?:は|が|を)?\s?(?:\w{0,20})?(?:見つかりません"
            r"|見つけることができません|存在しません|存在しない|削除された|削除されました|見つけられません|ございません)"),
        ),
        keys="見つ/存在し/削除/ございません", apart=False,
    ),
    Language(
        code="ko",
        sure="페이지를 찾을 수 없습니다/요청하신 페이지를 찾을 수 없습니다/존재하지 않는 페이지입니다"
        "/페이지가 존재하지 않습니다/찾을 수 없는 페이지입니다/존재하지 않는 페이지/페이지를 찾을 수 없음"
        "/삭제된 게시물입니다/삭제된 페이지입니다/존재하지 않는 게시물입니다/해당 페이지를 찾을 수 없습니다"
        "/기사를 찾을 수 없습니다/찾을 수 없는 페이지/존재하지 않는 기사입니다",
        bare="찾을 수 없습니다/찾을 수 없음/존재하지 않습니다",
        sentences=(
            (r"(?:페이지|게시물|기사|문서|파일|콘텐츠|주소)(?:를|을|가|이|는|은)? (?:\w+ ){0,6}?"
            r"(?:찾을 수 없|존재하지 않|삭제되었|삭제된)"),
            r"(?:존재하지 않는|삭제된|찾을 수 없는) (?:페이지|게시물|기사|주소)",
        ),
        keys="수 없/존재하지/삭제", apart=False,
    ),
)

# Words around a phrase that carry no meaning of their own: "Oops! Error 404: page not found" is "page not found".
ERROR_WORDS = (
    "error errors http https status code fehler erreur erro errore fout fel feil fejl virhe błąd chyba eroare hiba"
    " σφάλμα ошибка помилка грешка hata kesalahan lỗi 错误 錯誤 エラー 오류 خطأ خطا שגיאה त्रुटि"
)
FILLERS = (
    "oops ooops whoops sorry uh oh hmm ouch err the this that your requested a an leider entschuldigung hoppla ups"
    " désolé oups lo sentimos uups desculpe spiacenti siamo beklager valitettavasti przepraszamy извините к сожалению"
    " üzgünüz maaf 抱歉 对不起 很抱歉 申し訳ございません 죄송합니다 عذرا عفوا"
)
