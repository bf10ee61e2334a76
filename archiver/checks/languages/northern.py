"""How error pages speak: the languages of the north: Scandinavia, Finland, the Baltic. Data only."""

from __future__ import annotations

from archiver.checks.languages.kinds import Language

PHRASES: tuple[Language, ...] = (
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
)
