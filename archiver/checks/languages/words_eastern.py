"""The words of error pages: eastern and southern Europe, and Turkish. Data only."""

from __future__ import annotations

from archiver.checks.languages.kinds import Vocabulary

WORDS: tuple[Vocabulary, ...] = (
    Vocabulary(
        code="ru",
        things="страниц* документ* материал* стать* файл* запис* публикаци* новост* видео ролик товар* тем*"
        " пользовател* аккаунт* профил* объявлени* ваканси* пост контент* раздел* адрес* ссылк* фото изображени*"
        " сообщени* продукт*",
        fates="не найдена/не найдено/не найден/не найдены/не существует/больше не существует/не существуют/удалена"
        "/удален/удалён/удалено/была удалена/был удален/был удалён/было удалено/недоступна/недоступен/недоступно"
        "/больше не доступна/больше не доступен/больше недоступна/больше недоступен/снята с публикации"
        "/снят с публикации/снято с публикации/снято/снят с продажи/нет/отсутствует/не нашли/не удалось найти"
        "/не можем найти/в архиве/закрыта/неактуально",
        reader="сожалению извините простите вы вас вами вашему ваш запрашиваем* запрошенн* искомая искомый ищете"
        " искали указанн* данн* пытаетесь пытались попасть открыть мы нам упс ой такой такая такого",
        help="главн* поиск* поискать вернуться вернитесь перейти перейдите набран* опечатк* ошиблись перемещен*"
        " перенес* перенесена неправильн* неверн* попробуйте возможно проверьте каталог* похожие посмотрите"
        " воспользуйтесь меню ссылк* устарел*",
        glue="к на в во и или же но с со по из от до за для о об не ни нет это эта этот эту этой он она оно они"
        " который которую которой которая был была было были быть больше уже либо сайте сайта пользователем автором"
        " владельцем ошибка 404 410 адрес другие другой его ее её что как вам можете начать себя существует",
    ),
    Vocabulary(
        code="uk",
        things="сторінк* документ* матеріал* статт* файл* запис* публікаці* новин* відео товар* тем* користувач*"
        " акаунт* профіл* оголошенн* ваканс* допис контент* розділ* адрес* посиланн* фото",
        fates="не знайдено/не знайдена/не знайдений/не існує/більше не існує/видалена/видалено/видалений"
        "/була видалена/був видалений/було видалено/недоступна/недоступний/недоступне/більше не доступний"
        "/більше не доступна/більше недоступна/немає/відсутня/не знайшли/не вдалося знайти/знято з публікації"
        "/знятий з продажу",
        reader="жаль вибачте перепрошуємо ви вас вами ваш запитуван* запитан* шукану шукаєте шукали такої такого"
        " така вказан* ми нам ой",
        help="головн* пошук* повернутися поверніться перейти перейдіть набран* помилились переміщен* неправильн*"
        " спробуйте можливо перевірте каталог* схожі подивіться меню",
        glue="на в у і й та або але з зі по від до за для про не ні це ця цей цю цього він вона воно які яку яка"
        " який була був було бути більше вже сайті користувачем автором помилка 404 410",
    ),
    Vocabulary(
        code="bg",
        things="страниц* стать* статия статията документ* файл* материал* новин* видео видеото продукт* потребител*"
        " тем* обяв* адрес*",
        fates="не е намерена/не е намерен/не е намерено/не беше намерена/не съществува/вече не съществува/е изтрита"
        "/е изтрит/е изтрито/е премахната/е премахнат/е премахнато/вече не е достъпна/вече не е достъпен"
        "/не е достъпна/не е налична/не е наличен/не се предлага/вече не се предлага/няма",
        reader="съжаляваме съжаление за вие ви търсите търсената търсеният търсения търсеното заявената такава",
        help="начална началната търсене върнете обратно адрес подобни преместена",
        glue="на в и или не е се вече тази този това която който което да от с по бе бил била грешка 404",
    ),
    Vocabulary(
        code="sr",
        things="страниц* чланак чланка видео производ корисник тема оглас датотека вест",
        fates="није пронађена/није пронађен/није пронађено/не постоји/више не постоји/није доступна/није доступан"
        "/више није доступна/више није доступан/је уклоњена/је уклоњен/је обрисана/је обрисан/обрисан/обрисана",
        reader="нажалост жао нам тражена тражени тражите тражили ви",
        help="почетна почетну претрага претражите назад адреса",
        glue="је на и или у коју који која која се да не више ова овај ово грешка 404",
    ),
    Vocabulary(
        code="hr",
        things="stranic* članak članka video proizvod* korisnik korisnika tema teme oglas oglasa datoteka vijest"
        " vest sadržaj objava",
        fates="nije pronađena/nije pronađen/nije pronađeno/nije pronadjena/ne postoji/više ne postoji/nije dostupna"
        "/nije dostupan/nije dostupno/više nije dostupna/više nije dostupan/je uklonjena/je uklonjen/je obrisana"
        "/je obrisan/je izbrisana/je izbrisan/obrisan/obrisana/uklonjen/uklonjena/istekao",
        reader="nažalost žao nam oprostite tražena traženi tražite tražili vi vas",
        help="početna početnu naslovnica naslovnicu pretraga pretražite natrag nazad adresa slične premještena",
        glue="je na i ili u koju koji koja koje se da ne više ova ovaj ovo greška pogreška 404 smo bila bio",
    ),
    Vocabulary(
        code="sl",
        things="stran strani članek članka video izdelek uporabnik tema oglas datoteka vsebina novica",
        fates="ni bila najdena/ni najdena/ni najden/ni bilo mogoče najti/ni mogoče najti/ne obstaja/ne obstaja več"
        "/ni na voljo/ni več na voljo/je bila odstranjena/je bil odstranjen/je bila izbrisana/je bil izbrisan"
        "/nismo našli",
        reader="žal oprostite iskana iskani iščete vi vas",
        help="domov domačo domača iskanje nazaj naslov podobne",
        glue="je na in ali v ki se da ne več ta to napaka 404 smo bila bil",
    ),
    Vocabulary(
        code="pl",
        things="strona strony stronę artykuł artykułu dokument plik pliku treść podstrona adres film filmu wideo"
        " produkt produktu towar temat tematu użytkownik użytkownika profil konto ogłoszenie ogłoszenia oferta"
        " oferty wpis wpisu zdjęcie aukcja wydarzenie przepis materiał wiadomość news link",
        fates="nie znaleziono/nie odnaleziono/nie została znaleziona/nie został znaleziony/nie została odnaleziona"
        "/nie został odnaleziony/nie istnieje/już nie istnieje/nie jest dostępny/nie jest dostępna"
        "/nie jest dostępne/nie jest już dostępny/nie jest już dostępna/nie jest już dostępne/niedostępna"
        "/niedostępny/niedostępne/została usunięta/został usunięty/zostało usunięte/usunięta/usunięty/usunięte"
        "/wygasła/wygasło/nieaktualne/nieaktualna/nie ma/nie można odnaleźć/nie można znaleźć/nie udało się znaleźć"
        "/nie znaleźliśmy/zakończona/zakończone/wycofany",
        reader="przepraszamy przykro niestety szukasz szukana szukany szukanej szukałeś wybrany wybrana żądana"
        " podana podany której którego ups twoja pan pani ci nam",
        help="główna główną głównej strony wyszukać wyszukaj wyszukiwarka wyszukiwarki wróć powrót podobne zobacz"
        " przeniesiona przeniesiony adres błędny sprawdź wpisany kontakt menu tutaj spróbuj spróbujesz może możliwe",
        glue="nie jest już na w we z ze do od i lub albo że to ten ta te tego tej tu nic się o po przez dla która"
        " który które została został wygląda być użytkownika autora właściciela błąd 404 410 inne czy masz istnieje",
    ),
    Vocabulary(
        code="cs",
        things="stránka stránku stránky článek článku dokument soubor obsah video videa produkt produktu zboží téma"
        " uživatel uživatele profil inzerát nabídka příspěvek fotografie akce recept odkaz adresa url",
        fates="nenalezena/nenalezen/nenalezeno/nebyla nalezena/nebyl nalezen/nebylo nalezeno/neexistuje"
        "/již neexistuje/už neexistuje/byla smazána/byl smazán/bylo smazáno/byla odstraněna/byl odstraněn"
        "/bylo odstraněno/smazán/smazána/smazáno/odstraněn/odstraněna/odstraněno/není k dispozici"
        "/již není k dispozici/již není dostupný/již není dostupná/není dostupná/není dostupný/není dostupné"
        "/již není v nabídce/není v nabídce/se nepodařilo najít/vypršel/vypršela/se nenašla/nelze najít",
        reader="omlouváme bohužel promiňte hledáte hledaná hledaný hledali požadovaná požadovaný požadované jste"
        " vás vámi jejda",
        help="hlavní úvodní domů hledat vyhledávání zpět podobné adresa přesunuta přesunut zkontrolujte zadali"
        " kontakt menu zde zkuste možná pravděpodobně",
        glue="se ale na v ve z ze a nebo či i tato tento toto ta ten to která který které byla byl bylo byly být"
        " již už není uživatelem autorem chyba 404 410 k o do pro si",
    ),
    Vocabulary(
        code="sk",
        things="stránka stránku stránky článok článku dokument súbor obsah video produkt tovar téma používateľ"
        " užívateľ profil inzerát ponuka príspevok odkaz adresa",
        fates="sa nenašla/sa nenašiel/sa nenašlo/nebola nájdená/nebol nájdený/neexistuje/už neexistuje"
        "/bola odstránená/bol odstránený/bolo odstránené/bola vymazaná/bol vymazaný/odstránený/odstránená/vymazaný"
        "/vymazaná/nie je k dispozícii/už nie je k dispozícii/už nie je dostupný/už nie je dostupná/nie je dostupná"
        "/už nie je v ponuke/sa nepodarilo nájsť",
        reader="ľutujeme bohužiaľ prepáčte hľadáte hľadaná hľadaný požadovaná požadovaný požadované ste vás",
        help="hlavnú hlavná úvodnú domov hľadať vyhľadávanie späť podobné adresa presunutá",
        glue="sa ale na v vo z zo a alebo či táto tento toto ktorá ktorý ktoré bola bol bolo už nie je používateľom"
        " chyba 404 410 k do pre",
    ),
    Vocabulary(
        code="ro",
        things="pagina pagină articolul articol documentul fișierul conținutul videoclipul videoclip clipul"
        " produsul produs subiectul utilizatorul profilul contul anunțul oferta știrea imaginea adresa evenimentul"
        " rețeta linkul",
        fates="nu a fost găsită/nu a fost găsit/nu a fost gasita/nu a fost gasit/nu există/nu mai există/nu exista"
        "/nu mai exista/nu este disponibil/nu este disponibilă/nu mai este disponibil/nu mai este disponibilă"
        "/indisponibil/indisponibilă/a fost șters/a fost ștearsă/a fost eliminat/a fost eliminată/a expirat"
        "/inexistentă/inexistent/negăsită/negăsit/nu am găsit/nu mai este activ",
        reader="ne pare rău scuze căutați cauți căutată căutat cerută cerut solicitată solicitat dumneavoastră hopa"
        " ups regretăm",
        help="acasă principală prima căutare căutați înapoi similare adresa adresă nimic greșită mutată verificați"
        " meniu aici încercați poate",
        glue="a fost nu mai este și sau la de pe în din cu care pe o un această acest aceasta că se pare nimic"
        " găsit ați am utilizator autorul eroare 404 410 există",
    ),
    Vocabulary(
        code="hu",
        things="oldal oldalt cikk cikket lap lapot dokumentum fájl tartalom tartalmat videó videót termék terméket"
        " téma felhasználó felhasználót profil hirdetés hirdetést állás bejegyzés bejegyzést kép hír recept esemény"
        " link cím",
        fates="nem található/nem találjuk/nem létezik/már nem létezik/nem elérhető/már nem elérhető/nem érhető el"
        "/már nem érhető el/törölték/törölve/törölt/eltávolították/eltávolította/lejárt/megszűnt/már nem kapható"
        "/nem kapható/nem aktív/nincs",
        reader="sajnáljuk sajnos elnézést keresett kért kérjük ön önt hoppá ilyen",
        help="főoldal főoldalra kezdőlap keresés keresőt vissza hasonló cím áthelyezték ellenőrizze itt próbálja"
        " talán lehet",
        glue="a az ez ezt egy és vagy nem már el is hogy amelyet amit felhasználó szerző hiba 404 410 oldalon van"
        " volt törölték létezik",
    ),
    Vocabulary(
        code="el",
        things="σελίδα άρθρο αρχείο έγγραφο περιεχόμενο βίντεο προϊόν χρήστησ θέμα αγγελία προφίλ ανάρτηση είδηση"
        " φωτογραφία διεύθυνση σύνδεσμοσ εκδήλωση",
        fates="δεν βρέθηκε/δεν βρέθηκαν/δεν υπάρχει/δεν υπάρχει πλέον/δεν υπάρχει πια/δεν είναι διαθέσιμη"
        "/δεν είναι διαθέσιμο/δεν είναι πλέον διαθέσιμο/δεν είναι πλέον διαθέσιμη/έχει διαγραφεί/έχει αφαιρεθεί"
        "/διαγράφηκε/αφαιρέθηκε/δεν μπορεί να βρεθεί/δεν βρήκαμε/έχει λήξει/δεν μπορέσαμε να βρούμε/μη διαθέσιμο",
        reader="λυπούμαστε συγγνώμη ζητήσατε αναζητάτε αναζητήσατε ψάχνετε σασ ωχ ουπσ εσείσ",
        help="αρχική αναζήτηση επιστροφή πίσω παρόμοια διεύθυνση μετακινηθεί ελέγξτε εδώ δοκιμάστε ίσωσ μενού",
        glue="η ο το τη την τον του τησ τισ τα οι στην στη στο από και ή που αυτό αυτή αυτόσ έχει είναι πλέον πια"
        " δεν να ότι χρήστη σφάλμα 404 410 για σε",
    ),
    Vocabulary(
        code="tr",
        things="sayfa sayfaya sayfayı sayfanın içerik haber habere haberi dosya video ürün kullanıcı konu ilan"
        " ilanı profil hesap yazı makale bağlantı adres fotoğraf etkinlik tarif mesaj",
        fates="bulunamadı/bulunamıyor/bulunmuyor/bulunmamaktadır/bulamadık/mevcut değil/mevcut değildir"
        "/artık mevcut değil/kaldırıldı/kaldırılmış/kaldırılmıştır/silindi/silinmiş/silinmiştir/yayından kaldırıldı"
        "/yayından kaldırılmıştır/yok/yoktur/erişilemiyor/ulaşılamıyor/kullanılamıyor/süresi doldu"
        "/satıştan kaldırılmıştır/satışta değil",
        reader="üzgünüz maalesef aradığınız ulaşmak istediğiniz görüntülemek talep ettiğiniz özür dileriz hay aksi"
        " ups girdiğiniz böyle",
        help="ana anasayfa anasayfaya sayfaya dönmek dön tıklayın arama adresi adresini yanlış kontrol taşınmış"
        " benzer menü buradan deneyin belki olabilir yazmış",
        glue="bu bir ve veya ya da için tarafından kullanıcı artık olan olarak değil hata 404 410 ne en"
        " çalıştığınız olabilirsiniz edin geri",
    ),
)
