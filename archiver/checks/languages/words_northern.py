"""The words of error pages: Scandinavia, Finland, the Baltic. Data only."""

from __future__ import annotations

from archiver.checks.languages.kinds import Vocabulary

WORDS: tuple[Vocabulary, ...] = (
    Vocabulary(
        code="sv",
        things="sidan sida artikeln artikel dokumentet filen innehållet inlägget videon klippet produkten varan"
        " användaren profilen kontot annonsen platsannonsen tjänsten ämnet tråden länken bilden adressen"
        " evenemanget receptet avsnittet nyheten",
        fates="hittades inte/hittas inte/kunde inte hittas/kan inte hittas/finns inte/finns inte längre/finns ej"
        "/inte tillgänglig/inte längre tillgänglig/är inte tillgänglig/är inte längre tillgänglig"
        "/är inte tillgängligt/är inte längre tillgängligt/har tagits bort/togs bort/är borttagen/är borttaget"
        "/borttagen/borttaget/raderad/har raderats/har gått ut/inte längre aktiv/är inte längre aktiv/saknas"
        "/har utgått/är inte aktiv/hittar inte/inte hitta",
        reader="tyvärr ursäkta förlåt du dig din ditt ni söker sökte letar efterfrågade begärda hoppsan oj vi",
        help="startsidan startsida hem sök söka sökning tillbaka liknande flyttats flyttad adress fel kontrollera"
        " stavat kontakta meny här prova försök kanske länk",
        glue="den det de en ett denna detta här där är var har inte längre och eller som till från på av för att"
        " med om i kan kunde verkar ingenting hittades användaren författaren ägaren fel 404 410 andra blivit finns"
        " se",
    ),
    Vocabulary(
        code="da",
        things="siden side artiklen artikel dokumentet filen indholdet indlægget videoen produktet varen brugeren"
        " profilen kontoen annoncen jobbet jobopslaget emnet tråden linket billedet adressen arrangementet"
        " opskriften",
        fates="blev ikke fundet/ikke fundet/kunne ikke findes/kan ikke findes/findes ikke/findes ikke længere"
        "/findes desværre ikke/eksisterer ikke/eksisterer ikke længere/er ikke tilgængelig"
        "/er ikke længere tilgængelig/ikke længere tilgængelig/er ikke tilgængeligt/er ikke længere tilgængeligt"
        "/er fjernet/er blevet fjernet/er slettet/er blevet slettet/fjernet/slettet/er udløbet/udløbet/er udgået"
        "/ikke finde/er ikke længere aktiv",
        reader="desværre beklager undskyld du dig din i jer leder søger ledte ønskede efterspurgte ups vi",
        help="forsiden forside søg søgning tilbage lignende flyttet adresse forkert tjek stavet kontakt menu her"
        " prøv måske link",
        glue="den det de en et denne dette her der er var har blev blevet ikke længere og eller som til fra på af"
        " for at med om i kan kunne ser ud intet fundet efter brugeren forfatteren ejeren fejl 404 410 andre findes"
        " være",
    ),
    Vocabulary(
        code="no",
        things="siden side artikkelen artikkel dokumentet filen innholdet innlegget videoen produktet varen"
        " brukeren profilen kontoen annonsen stillingen emnet tråden lenken bildet adressen arrangementet"
        " oppskriften saken",
        fates="ble ikke funnet/ikke funnet/kunne ikke finnes/finnes ikke/finnes ikke lenger/finnes dessverre ikke"
        "/eksisterer ikke/eksisterer ikke lenger/er ikke tilgjengelig/er ikke lenger tilgjengelig"
        "/ikke lenger tilgjengelig/er fjernet/er blitt fjernet/er slettet/er blitt slettet/fjernet/slettet"
        "/er utløpt/utløpt/er utgått/finner ikke/fant ikke/er ikke lenger aktiv",
        reader="dessverre beklager unnskyld du deg din leter søker ønskede forespurte oi ups vi",
        help="forsiden forside søk tilbake lignende flyttet adresse feil sjekk stavet kontakt meny her prøv kanskje"
        " lenke",
        glue="den det de en et denne dette her der er var har ble blitt ikke lenger og eller som til fra på av for"
        " at med om i kan kunne etter brukeren forfatteren eieren feil 404 410 andre finnes være",
    ),
    Vocabulary(
        code="fi",
        things="sivu sivua sivulla artikkeli artikkelia tiedostoa dokumenttia sisältö sisältöä video videota videon"
        " tuote tuotetta käyttäjä käyttäjää profiilia ilmoitus ilmoitusta työpaikka aihetta viestiketjua linkki"
        " osoite uutinen uutista juttu juttua resepti tapahtumaa",
        fates="ei löydy/ei löytynyt/ei löydetty/ei ole/ei ole olemassa/ei ole enää/ei ole saatavilla"
        "/ei ole enää saatavilla/ei ole enää olemassa/on poistettu/on poistanut/poistettu/on poistunut"
        "/on vanhentunut/ei ole enää voimassa/puuttuu",
        reader="valitettavasti pahoittelut pahoittelemme anteeksi etsimäsi etsimääsi hakemasi hakemaasi haluamaasi"
        " hups pyytämääsi sinun",
        help="etusivulle etusivu etusivun haku hakua hae takaisin samankaltaisia siirretty osoite väärin tarkista"
        " menu valikko tästä kokeile ehkä linkki",
        glue="tämä tämän tätä se sen on ei ole enää ja tai vaan että olla voi tämän käyttäjä kirjoittaja"
        " valikoimasta virhe 404 410 saatavilla poistanut poistettu löydy löytynyt",
    ),
    Vocabulary(
        code="lt",
        things="puslapis puslapio puslapį straipsnis straipsnio vaizdo įrašas prekė vartotojas skelbimas tema",
        fates="nerastas/nerasta/neegzistuoja/nebeegzistuoja/nėra/pašalintas/pašalinta/ištrintas/ištrinta/nebėra"
        "/neprieinamas/nebeprieinamas",
        reader="atsiprašome deja jūs jūsų ieškomas ieškote ieškoto",
        help="pradinį pradinis paieška grįžti adresas",
        glue="šis ši to toks tokio buvo yra arba ir į bei klaida 404 kurio",
    ),
    Vocabulary(
        code="lv",
        things="lapa raksts rakstu video prece lietotājs sludinājums tēma",
        fates="nav atrasta/nav atrasts/netika atrasta/neeksistē/vairs neeksistē/nav pieejama/nav pieejams/ir dzēsta"
        "/ir dzēsts/dzēsts/dzēsta",
        reader="diemžēl atvainojiet jūs meklētā meklētais meklējat",
        help="sākumlapa sākumlapu meklēšana atgriezties adrese",
        glue="šī šis šāda kuru ir vai un kļūda 404 vairs",
    ),
    Vocabulary(
        code="et",
        things="leht lehte lehekülg lehekülge artikkel artiklit video videot toode toodet kasutaja kasutajat"
        " kuulutus kuulutust teema",
        fates="ei leitud/ei leia/ei ole/ei ole olemas/ei eksisteeri/on kustutatud/on eemaldatud/pole saadaval"
        "/ei ole saadaval/puudub",
        reader="kahjuks vabandame teie otsitav otsitavat otsitud soovitud",
        help="avalehele avaleht otsing tagasi aadress",
        glue="see seda selle või ja on ei viga 404 enam",
    ),
)
