"""Names of MediaWiki's templates and of their parameters, in the languages of the larger wikis."""

from __future__ import annotations

import re

NAMESPACES = frozenset({
    "file", "image", "media", "datei", "bild", "fichier", "archivo", "imagen", "bestand", "afbeelding", "immagine",
    "ficheiro", "imagem", "plik", "grafika", "файл", "изображение", "fil",
})  # fmt: skip
LISTS = frozenset({
    "external links", "further reading", "weblinks", "einzelnachweise", "liens externes", "literatur",
    "enlaces externos", "collegamenti esterni", "bibliografía", "bibliografia", "externe links", "ligações externas",
    "ссылки", "литература",
})  # fmt: skip
# What makes a note, and the group that it is in.
NOTES = {
    "efn": "lower-alpha",
    "efn-la": "lower-alpha",
    "efn-ua": "upper-alpha",
    "efn-lr": "lower-roman",
    "efn-ur": "upper-roman",
    "efn-lg": "lower-greek",
    "refn": "",
    "notetag": "note",
    "note de bas de page": "",
    "#tag:ref": "",
}
BODIES = ("text", "texte", "content", "1")
GROUPS = ("group", "groupe", "grupo", "gruppo", "g")
# What lists notes, and the group that it lists when it names none.
LISTINGS = {
    "reflist": "",
    "reflist-talk": "",
    "references": "",
    "refs": "",
    "references list": "",
    "refliste": "",
    "listaref": "",
    "références": "",
    "notelist": "lower-alpha",
    "notelist-la": "lower-alpha",
    "notelist-ua": "upper-alpha",
    "notelist-lr": "lower-roman",
    "notelist-ur": "upper-roman",
    "notelist-lg": "lower-greek",
    "notefoot": "note",
    "примечания": "",
    "referências": "",
    "notas": "",
}
LISTED = frozenset({"refs", "1", "notes", "références", "referencias", "refs1", "liste"})
REUSES = frozenset({"r", "ref label"})
NUMBERED = frozenset({"sfn", "sfnp", "sfnm", "sfnmp"})
SHORT = NUMBERED | {
    "harvnb", "harv", "harvtxt", "harvcol", "harvcolnb", "harvcoltxt", "harvp", "harvsp", "harvsp2", "harvard citation",
    "harvard citation no brackets",
}  # fmt: skip
DEAD = frozenset({
    "dead link", "deadlink", "broken link", "dead", "toter link", "lien brisé", "lien mort", "enlace roto", "dl",
    "collegamento interrotto", "ligação inativa", "недоступная ссылка", "dode link",
})  # fmt: skip
CITES = re.compile(
    r"(?!.*\b(?:needed|style|quote|check|missing|requested|necessaire|nécessaire|requerida|necessaria)\b)"
    r"(?:cite|citation|cita|citar|citeer|internetquelle|lien (?:web|arxiv|vidéo|archive|news)|ouvrage|article|chapitre"
    r"|literatur|webarchiv|webarchive|vcite|vancite|source|ref-web|книга|статья|cytuj)\b"
)
ANNOUNCING = frozenset({
    "cite web", "internetquelle", "lien web", "cita web", "citar web", "citeer web", "cytuj stronę", "webarchive",
})  # fmt: skip
SITES = frozenset({
    "url", "official website", "official site", "official", "website", "offizielle website", "site officiel",
    "sitio web oficial", "web oficial", "página oficial", "oficial", "sito ufficiale", "официальный сайт",
})  # fmt: skip
_YOUTUBE = "https://www.youtube.com/watch?v="
# Templates and parameters that make an address of a name or number.
VIDEOS = {
    "youtube": _YOUTUBE,
    "youtube video": _YOUTUBE,
    "vimeo": "https://vimeo.com/",
    "dailymotion": "https://www.dailymotion.com/video/",
}
MADE = {
    "doi": "https://doi.org/",
    "hdl": "https://hdl.handle.net/",
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC",
    "ssrn": "https://ssrn.com/abstract=",
    "imdb title": "https://www.imdb.com/title/tt",
    "imdb name": "https://www.imdb.com/name/nm",
    "imdb": "https://www.imdb.com/title/",
    "internet archive": "https://archive.org/details/",
    "gutenberg": "https://www.gutenberg.org/ebooks/",
    "facebook": "https://www.facebook.com/",
    "twitter": "https://twitter.com/",
    "instagram": "https://www.instagram.com/",
}
# How each must look: what does not is something else, or a mistake.
SHAPES = {
    "doi": r"10\.\d{4,9}/\S{1,300}",
    "hdl": r"\d[\w.]{1,30}/\S{1,200}",
    "arxiv": r"(?:arxiv:)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)",
    "jstor": r"(?:10\.2307/)?([\w.]{3,30})",
    "pmid": r"\d{1,9}",
    "pmc": r"(?:PMC)?(\d{1,9})",
    "ssrn": r"\d{4,9}",
    "imdb title": r"(?:tt)?(\d{5,10})",
    "imdb name": r"(?:nm)?(\d{5,10})",
    "imdb": r"tt\d{5,10}",
    "gutenberg": r"\d{1,7}",
}
ARGUMENTS = ("id", "no", "1")
IDS = ("doi", "hdl", "arxiv", "jstor", "pmc", "pmid", "ssrn")
TITLES = (
    "title", "titel", "titre", "título", "titulo", "titolo", "script-title", "chapter", "заглавие", "tytuł",
)  # fmt: skip
WORDS = ("text",)  # the words of a link, in templates that are one
SEEN = (
    "access-date", "accessdate", "abruf", "zugriff", "consulté le", "fechaacceso", "fecha-acceso", "acessodata",
    "accesso", "bezochtdatum", "datum-abruf", "dataaccesso", "data dostępu",
)  # fmt: skip
# Parts of a note, in the order in which it has them; of each the first name that is given counts.
PEOPLE = ("author", "autor", "auteur", "autore", "people", "автор", "author1", "auteur1", "autor1")
FAMILY = (
    "last", "last1", "surname", "surname1", "nom", "nom1", "apellidos", "apellido", "cognome", "sobrenome", "último",
)  # fmt: skip
GIVEN = ("first", "first1", "given", "given1", "prénom", "prénom1", "nombre", "nome", "primeiro")
WORKS = (
    "work", "website", "newspaper", "journal", "magazine", "werk", "site", "obra", "sitioweb", "périodique",
    "sammelwerk", "pubblicazione", "publicación", "sito", "periodical", "encyclopedia", "издание",
)  # fmt: skip
PUBLISHERS = ("publisher", "éditeur", "editorial", "editore", "verlag", "hrsg", "editora", "издательство")
DATED = ("date", "datum", "fecha", "data", "year", "année", "año", "anno", "jahr", "ano", "год")
YEARS = ("year", "année", "año", "anno", "jahr", "ano", "год", "date", "datum", "fecha", "data")
OVER = re.compile(r"(?:dead|yes|ja|oui|sí|si|sì|sim|usurped|unfit|usurpado)", re.IGNORECASE)
STATES = ("url-status", "dead-url", "deadurl", "offline", "brisé le", "urlmorto")
