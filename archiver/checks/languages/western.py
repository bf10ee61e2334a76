"""How error pages speak: the languages of western Europe and the Americas. Data only."""

from __future__ import annotations

from archiver.checks.languages.kinds import Language

PHRASES: tuple[Language, ...] = (
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
)
