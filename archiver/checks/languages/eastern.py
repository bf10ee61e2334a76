"""How error pages speak: the languages of eastern and southern Europe, and Turkish. Data only."""

from __future__ import annotations

from archiver.checks.languages.kinds import Language

PHRASES: tuple[Language, ...] = (
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
)
