"""Real pages of many languages that sound like error pages: news of losses, literature, notices. Data only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from error_pages import Rows

# Title, heading, text.
TRAPS: dict[str, Rows] = {
    "en": (
        ("Missing girl found", "Missing girl found", "The girl who had been missing since Sunday was found at her aunt’s house, police said."),
        ("The page that was removed", "The page that was removed", "Leaf nine of the register has been removed, with a knife, and nobody knows by whom."),
        ("Council deletes 400 posts", "Council deletes 400 posts", "The posts were deleted on Monday. The mayor did not comment."),
        ("Page not found", "Page not found", "The monks counted again: folio nine had been cut out by a thief, long before the fire."),
        ("Lost", "Lost", "Grey cat, white paws, near the quay."),
    ),
    "ru": (
        ("Тело не найдено", "Тело не найдено", "Поиски продолжались три дня. Водолазы обещали вернуться весной."),
        ("Страница удалена", "Страница удалена", "Девятый лист журнала вырезал ножом боцман, писал потом его внук."),
        ("Министр удалил твиты", "Министр удалил твиты", "Записи были удалены в понедельник. Пресс-служба молчит."),
        ("Пропавший без вести", "Пропавший без вести", "Рассказ в трёх частях о шкипере, который не вернулся."),
    ),
    "es": (
        ("Página no encontrada", "Página no encontrada", "Los monjes volvieron a contar: el folio nueve lo cortó un ladrón antes del incendio."),
        ("El documento fue eliminado", "El documento fue eliminado", "Según el juez, el alcalde ordenó quemar el contrato en marzo."),
        ("Niña desaparecida no fue encontrada", "Niña desaparecida no fue encontrada", "La policía sigue con la búsqueda en el río."),
        ("Se fue", "Se fue", "Se fue la barca, se fue la luz, y el muelle quedó solo."),
    ),
    "de": (
        ("Seite nicht gefunden", "Seite nicht gefunden", "Die Mönche zählten noch einmal: Blatt neun hatte ein Dieb vor dem Brand herausgeschnitten."),
        ("Minister löscht Beiträge", "Minister löscht Beiträge", "Die Beiträge wurden am Montag gelöscht. Sein Sprecher schweigt."),
        ("Vermisste nicht gefunden", "Vermisste nicht gefunden", "Die Suche im Fluss wurde am Abend abgebrochen."),
        ("Weg", "Weg", "Das Boot ist weg, das Licht ist weg, der Steg steht allein."),
        ("Der Artikel wurde entfernt", "Der Artikel wurde entfernt", "So begründete das Gericht, warum der Vertrag ohne Artikel 9 gilt."),
    ),
    "tr": (
        ("Ceset bulunamadı", "Ceset bulunamadı", "Dalgıçlar üç gün aradı, ilkbaharda geri gelecekler."),
        ("Sayfa bulunamadı", "Sayfa bulunamadı", "Keşişler yeniden saydı: dokuzuncu yaprağı yangından önce bir hırsız kesmişti."),
        ("Bakan paylaşımlarını sildi", "Bakan paylaşımlarını sildi", "Pazartesi günü silinmiş paylaşımlar için açıklama yapılmadı."),
    ),
    "fa": (
        ("جسد پیدا نشد", "جسد پیدا نشد", "غواصان سه روز گشتند و قول دادند بهار برگردند."),
        ("قایق گم شد", "قایق گم شد", "قایق رفت، چراغ رفت، و اسکله تنها ماند."),
    ),
    "fr": (
        ("Page introuvable", "Page introuvable", "Les moines recomptèrent : un voleur avait coupé le feuillet neuf avant l’incendie."),
        ("Le ministre supprime ses messages", "Le ministre supprime ses messages", "Les messages ont été supprimés lundi. Son cabinet se tait."),
        ("L’épave reste introuvable", "L’épave reste introuvable", "Les plongeurs ont cherché trois jours et reviendront au printemps."),
        ("Disparu", "Disparu", "Le bateau a disparu, la lumière aussi, et le quai reste seul."),
    ),
    "ja": (
        ("遺体は見つかりませんでした", "遺体は見つかりませんでした", "捜索は三日間続き、潜水士は春に戻ると約束した。"),
        ("大臣が投稿を削除", "大臣が投稿を削除", "投稿は月曜日に削除された。広報は沈黙している。"),
        ("消えた船", "消えた船", "船は消え、灯も消え、桟橋だけが残った。"),
    ),
    "pt": (
        ("Página não encontrada", "Página não encontrada", "Os monges contaram de novo: um ladrão cortou o fólio nove antes do incêndio."),
        ("Ministro apaga publicações", "Ministro apaga publicações", "As publicações foram apagadas na segunda. O gabinete não comenta."),
        ("Corpo não encontrado", "Corpo não encontrado", "Os mergulhadores procuraram três dias e voltam na primavera."),
    ),
    "zh": (
        ("失踪男孩未找到", "失踪男孩未找到", "搜索持续了三天，潜水员说春天再来。"),
        ("部长删除微博", "部长删除微博", "相关微博周一已被删除，发言人没有回应。"),
        ("消失的船", "消失的船", "船走了，灯灭了，只剩下码头。"),
    ),
    "zh-Hant": (
        ("遺體找不到", "遺體找不到", "搜索持續三天，潛水員說春天再來。"),
        ("部長刪文", "部長刪文", "貼文週一已刪除，發言人沒有回應。"),
    ),
    "vi": (
        ("Không tìm thấy thi thể", "Không tìm thấy thi thể", "Thợ lặn tìm ba ngày và hẹn mùa xuân trở lại."),
        ("Bộ trưởng xóa bài", "Bộ trưởng xóa bài", "Các bài đăng đã bị gỡ hôm thứ hai. Văn phòng im lặng."),
    ),
    "it": (
        ("Pagina non trovata", "Pagina non trovata", "I monaci ricontarono: un ladro aveva tagliato il foglio nove prima dell’incendio."),
        ("Il ministro cancella i messaggi", "Il ministro cancella i messaggi", "I messaggi sono stati cancellati lunedì. Il suo ufficio tace."),
        ("Il relitto non è stato trovato", "Il relitto non è stato trovato", "I sommozzatori hanno cercato tre giorni e torneranno in primavera."),
    ),
    "ar": (
        ("لم يتم العثور على الجثة", "لم يتم العثور على الجثة", "بحث الغواصون ثلاثة أيام ووعدوا بالعودة في الربيع."),
        ("الوزير يحذف تغريداته", "الوزير يحذف تغريداته", "حذفت التغريدات يوم الاثنين ولم يعلق مكتبه."),
    ),
    "el": (
        ("Το ναυάγιο δεν βρέθηκε", "Το ναυάγιο δεν βρέθηκε", "Οι δύτες έψαξαν τρεις μέρες και θα γυρίσουν την άνοιξη."),
        ("Ο υπουργός διέγραψε αναρτήσεις", "Ο υπουργός διέγραψε αναρτήσεις", "Το γραφείο του σιωπά από τη Δευτέρα."),
    ),
    "pl": (
        ("Wraku nie znaleziono", "Wraku nie znaleziono", "Nurkowie szukali trzy dni i wrócą na wiosnę."),
        ("Nie znaleziono strony", "Nie znaleziono strony", "Mnisi policzyli raz jeszcze: kartę dziewiątą wyciął złodziej przed pożarem."),
        ("Minister usunął wpisy", "Minister usunął wpisy", "Wpisy zostały usunięte w poniedziałek. Biuro milczy."),
    ),
    "id": (
        ("Jenazah tidak ditemukan", "Jenazah tidak ditemukan", "Penyelam mencari tiga hari dan akan kembali bulan depan."),
        ("Menteri hapus unggahan", "Menteri hapus unggahan", "Unggahan itu dihapus Senin lalu. Kantornya diam."),
    ),
    "ko": (
        ("시신을 찾을 수 없었다", "시신을 찾을 수 없었다", "잠수부들은 사흘을 찾았고 봄에 돌아오겠다고 했다."),
        ("장관, 게시물 삭제", "장관, 게시물 삭제", "게시물은 월요일에 사라졌다. 대변인은 침묵했다."),
    ),
    "nl": (
        ("Pagina niet gevonden", "Pagina niet gevonden", "De monniken telden opnieuw: een dief had blad negen voor de brand weggesneden."),
        ("Minister wist berichten", "Minister wist berichten", "De berichten zijn maandag verwijderd. Zijn woordvoerder zwijgt."),
        ("Wrak niet gevonden", "Wrak niet gevonden", "Duikers zochten drie dagen en komen in het voorjaar terug."),
    ),
    "uk": (
        ("Тіло не знайдено", "Тіло не знайдено", "Водолази шукали три дні й обіцяли повернутися навесні."),
        ("Міністр видалив дописи", "Міністр видалив дописи", "Дописи видалено в понеділок. Речник мовчить."),
    ),
    "th": (
        ("ไม่พบร่างผู้สูญหาย", "ไม่พบร่างผู้สูญหาย", "นักประดาน้ำค้นหาสามวันและจะกลับมาอีก"),
    ),
    "cs": (
        ("Vrak nenalezen", "Vrak nenalezen", "Potápěči hledali tři dny a vrátí se na jaře."),
        ("Ministr smazal příspěvky", "Ministr smazal příspěvky", "Příspěvky byly smazány v pondělí. Mluvčí mlčí."),
        ("Stránka nenalezena", "Stránka nenalezena", "Mniši počítali znovu: devátý list vyřízl zloděj před požárem."),
    ),
    "he": (
        ("הגופה לא נמצאה", "הגופה לא נמצאה", "הצוללנים חיפשו שלושה ימים ויחזרו באביב."),
    ),
    "ro": (
        ("Epava nu a fost găsită", "Epava nu a fost găsită", "Scafandrii au căutat trei zile și se întorc la primăvară."),
        ("Ministrul a șters postările", "Ministrul a șters postările", "Biroul lui tace de luni."),
    ),
    "sv": (
        ("Vraket hittades inte", "Vraket hittades inte", "Dykarna sökte i tre dagar och kommer tillbaka i vår."),
        ("Sidan saknas", "Sidan saknas", "Munkarna räknade igen: en tjuv hade skurit ut blad nio före branden."),
    ),
    "hu": (
        ("A roncs nem található", "A roncs nem található", "A búvárok három napig kutattak, tavasszal visszatérnek."),
    ),
    "da": (
        ("Vraget blev ikke fundet", "Vraget blev ikke fundet", "Dykkerne ledte i tre dage og vender tilbage til foråret."),
    ),
    "fi": (
        ("Hylkyä ei löytynyt", "Hylkyä ei löytynyt", "Sukeltajat etsivät kolme päivää ja palaavat keväällä."),
    ),
    "hi": (
        ("शव नहीं मिला", "शव नहीं मिला", "गोताखोरों ने तीन दिन खोजा और वसंत में लौटेंगे।"),
    ),
    "bn": (
        ("মরদেহ পাওয়া যায়নি", "মরদেহ পাওয়া যায়নি", "ডুবুরিরা তিন দিন খুঁজেছেন, বসন্তে ফিরবেন।"),
    ),
}

# Title and text.
MORE_TRAPS: tuple[tuple[str, str], ...] = (
    ("Anzeige gelöscht",
     "Der Bürgermeister nahm die Anzeige in der Zeitung zurück, weil ein Wort darin nicht stimmte."),
    ("Video entfernt", "Das Lied gehörte nicht uns. Am Freitag zeigen wir die neue Fassung im Klub."),
    ("Nicht gefunden", "Ein Roman in drei Teilen über den Lotsen, der nie zurückkam."),
    ("Article supprimé", "Le conseil a voté la suppression de l’article 9, et le maire a quitté la salle."),
    ("Contrat introuvable", "Le notaire a cherché tout le jour ; la veuve se taisait."),
    ("Vidéo supprimée", "La chanson n’était pas à nous. Une nouvelle version sera montrée vendredi."),
    ("Documento eliminado", "El alcalde lo quemó en el patio, dijo la criada, y nadie preguntó más."),
    ("No encontrado", "Novela en tres partes sobre el piloto que no volvió."),
    ("Vídeo removido", "A música não era nossa. Na sexta mostramos outra versão no clube."),
    ("Документ не найден", "Нотариус искал весь день, вдова молчала, а часы шли."),
    ("Файл удалён", "Повесть о писаре, который стёр собственное имя."),
    ("Usunięto artykuł", "Rada skreśliła dziewiąty artykuł, a burmistrz wyszedł z sali."),
    ("Bestand verwijderd", "Een vertelling over de klerk die zijn eigen naam wiste."),
    ("Dokument saknas", "Notarien letade hela dagen medan änkan teg."),
    ("Document non trovato", "Il notaio cercò tutto il giorno, e la vedova taceva."),
    ("Belge bulunamadı", "Noter bütün gün aradı, dul kadın sustu."),
    ("文件不存在", "公证人找了一整天，寡妇一言不发。"),
    ("記事は削除された", "市長は夜のうちに原稿を燃やし、誰も何も聞かなかった。"),
    ("문서를 찾을 수 없습니다", "공증인은 하루 종일 찾았고 미망인은 말이 없었다."),
    ("الوثيقة غير موجودة", "بحث كاتب العدل طوال النهار وصمتت الأرملة."),
    ("Profile deleted", "She drew her own face each morning, and rubbed it out at night."),
    ("User not found", "A play for two clerks and a telephone that nobody answers."),
    ("This page is gone", "Torn out by the mate in a storm, to light the stove."),
)
