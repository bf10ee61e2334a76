"""The words of error pages: English, and the languages of western Europe and the Americas. Data only."""

from __future__ import annotations

from archiver.checks.languages.kinds import Vocabulary

WORDS: tuple[Vocabulary, ...] = (
    Vocabulary(
        code="en",
        things="page pages article articles story post posts document file content video videos clip url link"
        " address resource item entry topic thread product products record listing posting job vacancy ad advert"
        " advertisement offer event user account profile member channel blog recipe album gallery playlist petition"
        " podcast episode webpage auction property position",
        fates="not found/cannot be found/could not be found/cant be found/couldnt be found/can not be found"
        "/was not found/wasnt found/does not exist/doesnt exist/did not exist/no longer exists/no longer exist"
        "/does not exist anymore/not available/isnt available/no longer available/isnt available anymore"
        "/not available anymore/has been removed/have been removed/has been deleted/have been deleted/was removed"
        "/was deleted/been taken down/been withdrawn/been unpublished/is gone/has gone/has expired"
        "/is no longer online/no longer online/no longer active/is closed/has ended/isnt here/is not here/removed"
        "/deleted/unavailable/is not published/no longer for sale/been filled/no longer sold/been discontinued"
        "/been filled/been archived and is no longer/cant find/couldnt find/cannot find/could not find"
        "/unable to find",
        reader="sorry unfortunately you your youre youve requested oops looking apologies apologise apologize",
        help="search home homepage front back similar browse try return go bookmark typed mistyped spelling"
        " outdated check contact incorrect incorrectly misspelled moved renamed menu navigation below link here"
        " instead help may might maybe perhaps possible",
        glue="we the a an this that these those is are was were be been has have had it its of to for in on at by"
        " from with or and but not no longer any more anymore now looks like seems appears which what something"
        " anything nothing our us can cannot could doesnt does do did if used using click please visit take look"
        " let find view see other others else entered following followed trying reach want wanted uploader author"
        " owner publisher administrator admin error 404 410 http code status has temporarily permanently either"
        " already exist exists found available",
    ),
    Vocabulary(
        code="de",
        things="seite seiten webseite internetseite artikel beitrag beiträge inhalt inhalte datei dokument adresse"
        " url video videos clip produkt produkte artikels thema themas benutzer nutzer mitglied profil konto"
        " anzeige stellenanzeige stelle stellenangebot angebot inserat eintrag meldung nachricht veranstaltung"
        " termin foto bild objekt forum rezept sendung folge blog kanal immobilie ausschreibung",
        fates="nicht gefunden/nicht mehr gefunden/nicht gefunden werden/existiert nicht/existiert nicht mehr"
        "/existiert leider nicht/existiert leider nicht mehr/nicht existiert/nicht mehr existiert/gibt es nicht"
        "/gibt es leider nicht/gibt es nicht mehr/nicht verfügbar/nicht mehr verfügbar/nicht vorhanden"
        "/nicht mehr vorhanden/nicht mehr online/gelöscht/entfernt/wurde gelöscht/wurde entfernt/deaktiviert"
        "/nicht mehr im sortiment/nicht mehr erhältlich/nicht mehr lieferbar/abgelaufen/nicht mehr aktiv"
        "/nicht abrufbar/nicht mehr abrufbar/depubliziert/nicht finden/nichts mehr zu finden/nichts zu finden"
        "/bereits vergeben/offline genommen",
        reader="leider sie du ihr ihre ihrer ihnen dir dein gesuchte gesuchten gesuchter angeforderte angeforderten"
        " gewünschte gewünschten aufgerufene aufgerufenen gewählte ausgewählte ausgewählten angegebene suchen"
        " suchst entschuldigung ups hoppla wir uns tut",
        help="startseite homepage suche suchfunktion zurück ähnliche ähnlichen link lesezeichen vertippt tippfehler"
        " eingabe überprüfen prüfen verschoben umgezogen umbenannt adresse hier navigation menü kontakt versuche"
        " versuchen möglicherweise vielleicht eventuell veraltet falsch weiter übersicht sitemap rechtlichen"
        " gründen verweildauer durften",
        glue="die der das den dem des ein eine einer einen diese dieser dieses diesen ist sind war wurde wurden"
        " worden werden konnte konnten kann können es und oder aber auch an am auf aus bei für in im mit nach nicht"
        " mehr noch nur von vom zu zum zur unter dieser stelle mehr nichts haben hat als so wie was da dass"
        " schiefgelaufen etwas finden gefunden angezeigt existiert gibt wäre sieht aktuelle uns nutzer betreiber"
        " autor verfasser eigentümer bitte gehen gelangen fehler 404 410 sein aufgrund rechtlichen gründen weitere"
        " andere",
    ),
    Vocabulary(
        code="fr",
        things="page pages article articles contenu document fichier adresse url ressource publication vidéo vidéos"
        " produit produits sujet discussion utilisateur membre profil compte annonce offre offres emploi fiche lien"
        " image photo actualité billet événement recette émission épisode chaîne blog forum larticle lannonce"
        " loffre limage ladresse lutilisateur",
        fates="introuvable/introuvables/non trouvé/non trouvée/nexiste pas/nexiste plus/nexistent plus/inexistant"
        "/inexistante/indisponible/nest pas disponible/nest plus disponible/na pas été trouvé/na pas été trouvée"
        "/na pas pu être trouvé/na pas pu être trouvée/a été supprimé/a été supprimée/supprimé/supprimée"
        "/a été retiré/a été retirée/retiré/retirée/plus disponible/non disponible/a expiré/expirée"
        "/nest plus en ligne/nest plus accessible/nest plus commercialisé/a disparu/est clos/nest plus active",
        reader="désolé désolés vous votre vos tu ta cherchez cherchiez recherchez recherchée recherché demandez"
        " demandée demandé demandiez souhaitez oups malheureusement nous regret regrettons excuses navrés hélas",
        help="accueil daccueil recherche rechercher retour retourner similaires similaire lien déplacée déplacé"
        " adresse vérifier vérifiez saisie erronée incorrecte contactez menu ici plan découvrez essayez peut être"
        " obsolète",
        glue="la le les l un une des du de d à a au aux ce cet cette ces est sont été être en sur par pour dans et"
        " ou où que qui quoi ne n pas plus na nest il elle semble rien trouvé trouvée cet emplacement avec nos"
        " lauteur auteur utilisateur lutilisateur propriétaire vente la boutique peut pourrait soit ait avoir"
        " dautres autres erreur 404 410 se s y ont nexiste tapé suivi",
    ),
    Vocabulary(
        code="es",
        things="página pagina páginas artículo articulo contenido documento archivo dirección enlace recurso nota"
        " noticia vídeo video producto productos tema usuario perfil cuenta miembro anuncio oferta publicación"
        " entrada imagen foto evento receta foro canal blog programa inmueble vacante empleo url",
        fates="no encontrado/no encontrada/no se encontró/no se encuentra/no se ha encontrado"
        "/no se ha podido encontrar/no se pudo encontrar/no existe/ya no existe/no disponible/no está disponible"
        "/ya no está disponible/ya no se encuentra/no se encuentra disponible/inexistente/ha sido eliminado"
        "/ha sido eliminada/fue eliminado/fue eliminada/eliminado/eliminada/borrado/borrada/ha sido borrado"
        "/ha sido borrada/fue borrado/fue borrada/ha sido retirado/ha sido retirada/ha caducado/ha expirado"
        "/expirado/caducada/no hemos encontrado/no encontramos/no hemos podido encontrar/no podemos encontrar"
        "/no fue encontrada/no fue encontrado/descatalogado",
        reader="lo sentimos siento perdón disculpe disculpa buscas busca buscaba buscabas solicitada solicitado"
        " solicita solicitas intenta acceder algo salió mal haya cambiado estás estabas buscando tratando intentas"
        " ups vaya usted tu su nos hemos lamentamos desea deseas está",
        help="inicio portada buscar búsqueda buscador volver regresar similares enlace dirección incorrecta"
        " incorrecto movida movido trasladada compruebe comprueba verifique escrita contacte menú aquí probar"
        " prueba quizá quizás posible puede pudo mapa principal",
        glue="la el los las lo un una unos de del a al en que qué se ha sido fue es está este esta esto estos no ya"
        " más y o u por para con sin su sus nuestra nuestro tienda parece nada ubicación encontró quieres otra otro"
        " otros usuario autor propietario hay ser haber a error 404 410 página se te le encontrado encontrar existe"
        " disponible",
    ),
    Vocabulary(
        code="pt",
        things="página pagina páginas artigo conteúdo documento arquivo ficheiro endereço link notícia matéria"
        " vídeo produto produtos tópico tema usuário utilizador perfil conta membro anúncio oferta publicação"
        " postagem imagem foto evento receita fórum canal blog programa vaga imóvel url recurso item texto",
        fates="não encontrado/não encontrada/não foi encontrado/não foi encontrada/não foi possível encontrar"
        "/não foi localizada/não foi localizado/não existe/já não existe/não existe mais/não está disponível"
        "/não está mais disponível/já não está disponível/não se encontra mais disponível"
        "/não se encontra disponível/indisponível/não disponível/inexistente/foi removido/foi removida/removido"
        "/removida/foi excluído/foi excluída/excluído/excluída/foi apagado/foi apagada/apagado/apagada"
        "/foi eliminado/foi eliminada/eliminado/eliminada/expirou/expirado/saiu do ar/não conseguimos encontrar"
        "/não encontramos",
        reader="desculpe desculpa lamentamos você voce procura procurava procurou solicitada solicitado solicitou"
        " ops opa seu sua infelizmente pedimos deseja tentou acessar aceder nós está",
        help="início inicial busca pesquisa pesquisar buscar voltar regressar semelhantes similares endereço"
        " incorreto movida movido verifique digitou digitado digitada contato contacte menu aqui tentar tente"
        " talvez pode principal mapa link",
        glue="a o as os um uma de do da dos das em no na nos nas que se foi é está esta este essa esse isso não já"
        " mais e ou por pelo pela para com sem ter sido ser nosso nossa site loja parece nada encontrado local tal"
        " uma outro outra outros usuário utilizador autor proprietário erro 404 410 existe encontra disponível foi"
        " removida",
    ),
    Vocabulary(
        code="it",
        things="pagina pagine articolo larticolo contenuto documento file indirizzo lindirizzo risorsa notizia"
        " video prodotto prodotti argomento largomento discussione utente lutente profilo account annuncio"
        " lannuncio offerta lofferta immagine limmagine foto evento levento ricetta forum canale blog puntata post"
        " link url",
        fates="non trovato/non trovata/non è stato trovato/non è stata trovata/non esiste/non esiste più"
        "/inesistente/non esistente/non disponibile/non è disponibile/non è più disponibile/non più disponibile"
        "/non è più presente/è stato rimosso/è stata rimossa/rimosso/rimossa/è stato eliminato/è stata eliminata"
        "/eliminato/eliminata/è stato cancellato/è stata cancellata/cancellato/cancellata/scaduto/scaduta/è scaduto"
        "/è scaduta/impossibile trovare/non riusciamo a trovare/non abbiamo trovato/non è più online"
        "/non è più attivo",
        reader="spiacenti siamo dispiace ci scusa scusate stai cercando cerchi cercata cercato cercavi richiesta"
        " richiesto hai tua tuo purtroppo ops oops vi voi tu",
        help="home homepage ricerca cerca cercare torna tornare indietro simili simile indirizzo errato spostata"
        " spostato verifica controlla digitato contatta menu qui prova forse potrebbe iniziale principale mappa"
        " guarda link",
        glue="la il lo i gli le l un una uno di del della dei a al alla in nel nella che si è stato stata stati"
        " questa questo questi non più e o da dal dalla dallutente per con sul nostro nostra sito negozio sembra"
        " nulla sia trovato posizione altra altro utente autore proprietario errore 404 410 essere esiste"
        " disponibile ha stai",
    ),
    Vocabulary(
        code="nl",
        things="pagina paginas webpagina artikel artikelen inhoud bestand document adres video filmpje product"
        " producten onderwerp gebruiker lid profiel account advertentie vacature aanbieding bericht nieuwsbericht"
        " foto afbeelding evenement recept forum kanaal blog aflevering woning url link item",
        fates="niet gevonden/niet gevonden worden/niet worden gevonden/kan niet gevonden worden"
        "/kon niet worden gevonden/bestaat niet/bestaat niet meer/bestaat helaas niet/bestaat helaas niet meer"
        "/niet beschikbaar/niet meer beschikbaar/is verwijderd/verwijderd/is helaas verwijderd/niet meer leverbaar"
        "/niet meer online/verlopen/is verlopen/is offline gehaald/niet meer te vinden/niet vinden/niet meer actief"
        "/bestaat niet langer/niet langer beschikbaar",
        reader="helaas sorry u uw je jouw jij zoekt zocht gezochte opgevraagde gevraagde gekozen oeps excuses wij"
        " we",
        help="homepage startpagina voorpagina zoeken zoek terug vergelijkbare soortgelijke verplaatst adres"
        " verkeerd controleer getypt contact menu hier probeer probeert misschien mogelijk bekijk link",
        glue="de het een deze dit die dat is zijn was werd wordt worden kan kon kunnen er niets niet meer en of op"
        " in van voor met door naar om te aan bij uit lijkt erop locatie plek waar waarnaar naar gebruiker auteur"
        " eigenaar fout 404 410 bestaat gevonden beschikbaar andere ons onze heeft hebben",
    ),
    Vocabulary(
        code="ca",
        things="pàgina article larticle contingut document adreça ladreça notícia vídeo producte tema usuari"
        " lusuari anunci lanunci",
        fates="no trobat/no trobada/no sha trobat/no sha pogut trobar/no existeix/ja no existeix/no està disponible"
        "/ja no està disponible/no disponible/ha estat eliminat/ha estat eliminada/ha estat esborrat"
        "/ha estat esborrada/eliminat/eliminada",
        reader="ho sentim cerqueu busqueu sollicitada demaneu esteu vostè ho cerques busques",
        help="inici portada cercar cerca tornar adreça similars menú",
        glue="la el els les l un una de del que a al en ha estat aquest aquesta no ja més i o per per error 404 heu",
    ),
)
