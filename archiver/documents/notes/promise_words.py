"""Words of many languages for what stands in for a link: things, requests, "here". Data for promises.py.

Each is a piece of a pattern. A word stands in one list only when it means the same in every language that has it.
"""

from __future__ import annotations

# What one can be sent to see, hear or read.
THING = (
    r"(?:videos?|clips?|footage|recordings?|films?|movie|trailer|podcast|episode|interviews?|reports?|articles?|story|account|documents?|pdf"
    r"|letters?|texts?|transcript|tweet|posts?|thread|essay|paper|study|speech|talk|photos?|pictures?|images?|slides|dataset|version|piece"
    r"|statement|page|list|website|review|"
    r"vid[ée]os?|artikel|bericht|beitrag|mitschnitt|aufnahme|rede|studie|dokument|brief|gespr[äa]ch|"
    r"entretien|enregistrement|rapport|reportage|texte|discours|[ée]tude|"
    r"v[íi]deos?|art[íi]culo|entrevista|informe|texto|documento|pel[íi]cula|grabaci[óo]n|"
    r"filmato|intervista|articolo|testo|rapporto|registrazione|"
    r"artigo|relat[óo]rio|grava[çc][ãa]o|filme|"
    r"filmpje|verslag|tekst|opname|"
    r"wideo|wywiad|artyku[łl]|raport|nagranie|"
    r"видео|фильм|интервью|статью|статья|текст|отч[её]т|запись|документ)"
)
HERE = r"(?:here|hier|ici|aqu[íi]|qui|tutaj|здесь|тут|сюда|по ссылке)"
# Requests, as they begin a sentence or stand behind "you can".
REQUEST = (
    r"(?:watch|see|view|listen to|read|find|download|check out|hear|get|"
    r"sehen sie|seht|schauen sie|lesen sie|h[öo]ren sie|siehe|finden sie|"
    r"voir|voyez|regardez|lisez|lire|[ée]coutez|consultez|retrouvez|t[ée]l[ée]chargez|"
    r"vea|v[ée]ase|ver|mire|mira|lea|lee|escuche|escucha|descargue|"
    r"guarda|guardate|vedi|leggi|leggete|ascolta|scarica|"
    r"veja|assista|leia|ou[çc]a|baixe|"
    r"bekijk|zie|lees|luister|download|"
    r"zobacz|obejrzyj|czytaj|przeczytaj|pos[łl]uchaj|"
    r"смотрите|смотри|см\.|читайте|читай|слушайте|посмотреть|прочитать)"
)
CLICK = (
    r"(?:click(?:ing)? (?:on )?(?:here|this link)|hier klicken|klicken sie (?:bitte )?hier|klick(?:t|e)? hier"
    r"|cliquez (?:ici|sur ce lien)|cliquer ici"
    r"|(?:haga|haz|hacer) clic aqu[íi]|pulse aqu[íi]|pincha aqu[íi]|clicca(?:re|te)? qui|cliqu?e aqui|clicar aqui"
    r"|klik hier|kliknij (?:tutaj|tu)\b"
    r"|нажмите (?:здесь|сюда)|кликните (?:здесь|сюда)|жмите сюда)"
)
LINK = (
    r"(?:links?|hyperlink|url|lien|enlace|collegamento|odno[śs]nik|ссылка|链接|連結|リンク)"
)
# Where a thing can be had; what follows would be its address.
AVAILABLE = (
    r"(?:(?:available|accessible|reproduced|retrieved|downloaded|archived|posted|viewable"
    r"|(?:can|may|to)\s+be\s+(?:found|seen|read|viewed|heard|watched|had))"
    r"\s+(?:online\s+|for\s+download\s+)?(?:at|here|from|on|via|under)(?:\s+(?:the\s+|its\s+|their\s+)?(?:[\w’']{1,20}\s+){0,2}?(?:address|link|url|site|website|youtube|vimeo))?(?:\s+at)?"
    r"|(?:found|read|seen|viewed|watched|source|link|more|text|online|on\s+the\s+web|on\s+(?:youtube|vimeo|the\s+internet))\s+(?:online\s+)?(?:at|via)"
    r"|(?:ab|auf)rufbar(?:\s+(?:unter|auf|bei|in))?|(?:verf[üu]gbar|einsehbar|zu\s+finden|online|nachzulesen|nachzuh[öo]ren|zu\s+sehen|im\s+internet|ver[öo]ffentlicht)\s+(?:unter|auf|bei|hier)"
    r"|(?:disponible|consultable|accessible|visible|consult[ée]e?|lisible)\s+(?:en\s+ligne\s+)?(?:[àa](?:\s+l['’]adresse)?|sur|ici|en)"
    r"|disponib(?:le|ile|il)\s+(?:en\s+l[íi]nea\s+|online\s+)?(?:en|su|em|a|at|qui|aqu[íi])|(?:consultado|recuperado|puede\s+(?:verse|leerse|consultarse))\s+(?:en|de)"
    r"|dispon[íi]vel\s+(?:online\s+)?(?:em|aqui)|acess[oí](?:vel)?\s+em|dispon[íi]veis\s+em"
    r"|consultabile\s+(?:su|qui|all['’]indirizzo|al\s+link)|(?:all['’]indirizzo|al\s+link)"
    r"|(?:beschikbaar|raadpleegbaar|te\s+(?:vinden|zien|lezen|bekijken))\s+(?:op|via|hier)"
    r"|dost[ęe]pn[yae]?\s+(?:w\s+internecie|online|na|pod(?:\s+adresem)?|tutaj)"
    r"|доступ(?:но|ен|на)\s+(?:на|по|здесь)(?:\s+(?:адресу|ссылке))?|режим\s+доступа|по\s+адресу)"
)
