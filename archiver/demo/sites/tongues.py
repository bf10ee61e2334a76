"""Error pages sent as a success, in many languages, and short real pages in the same languages beside them."""

from __future__ import annotations

from html import escape

from archiver.demo.answers import Reply, page
from archiver.demo.script import Case
from archiver.model import Reason, VerdictKind


def _page(language: str, title: str, words: str) -> Reply:
    return page(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)} - Tidewater</title>'
        f"</head><body><nav><a href=/>Tidewater</a></nav><h1>{escape(title)}</h1><p>{escape(words)}</p></body></html>"
    )


# Language, what the error page is called, what it says.
_ERRORS = (
    (
        "en",
        "We can’t find that page",
        "You may have typed the address incorrectly, or you may have used an outdated link.",
    ),
    ("ru", "Материал удалён", "Материал был удалён или снят с публикации."),
    ("es", "El artículo ha sido eliminado", "La noticia que buscas ya no está disponible."),
    ("de", "Dieser Beitrag wurde gelöscht", "Der gewünschte Artikel ist leider nicht mehr verfügbar."),
    ("tr", "Aradığınız haber bulunamadı", "Üzgünüz, haber yayından kaldırıldı."),
    ("fa", "صفحه مورد نظر یافت نشد", "متاسفانه صفحه‌ای که به دنبال آن هستید وجود ندارد."),
    ("fr", "Cet article a été supprimé", "L’article que vous demandez n’est plus disponible."),
    ("ja", "この記事は掲載を終了しました", "お探しの記事は公開期間が終了したか、削除されました。"),
    ("pt", "Conteúdo removido", "Desculpe, a matéria que você procura não está mais disponível."),
    ("zh", "该文章已被删除", "抱歉，您访问的内容不存在或已被删除。"),
    ("zh-Hant", "此文章已被刪除", "很抱歉，您所要瀏覽的網頁不存在或已被移除。"),
    ("vi", "Bài viết đã bị xóa", "Xin lỗi, nội dung bạn yêu cầu không còn nữa."),
    ("it", "L’articolo è stato rimosso", "Siamo spiacenti, l’articolo richiesto non è più disponibile."),
    ("ar", "تم حذف هذا المقال", "عذراً، الصفحة التي تبحث عنها غير موجودة أو تم حذفها."),
    ("el", "Το άρθρο έχει διαγραφεί", "Λυπούμαστε, το άρθρο που ζητήσατε δεν είναι πλέον διαθέσιμο."),
    ("pl", "Artykuł został usunięty", "Przepraszamy, artykuł, którego szukasz, nie jest już dostępny."),
    ("id", "Berita telah dihapus", "Maaf, artikel yang Anda cari sudah tidak tersedia."),
    ("ko", "삭제된 기사입니다", "요청하신 기사가 존재하지 않거나 삭제되었습니다."),
    ("nl", "Dit artikel is verwijderd", "Helaas, het artikel dat u zoekt is niet meer beschikbaar."),
    ("uk", "Статтю видалено", "Сторінка, яку ви шукаєте, не існує або була видалена."),
    ("th", "บทความนี้ถูกลบแล้ว", "ขออภัย ไม่พบหน้าที่คุณกำลังค้นหา"),
    ("cs", "Článek byl smazán", "Omlouváme se, ale požadovaná stránka nebyla nalezena."),
    ("he", "הכתבה הוסרה", "מצטערים, הכתבה המבוקשת אינה זמינה עוד."),
    ("ro", "Articolul a fost șters", "Ne pare rău, articolul pe care îl căutați nu mai este disponibil."),
    ("sv", "Artikeln har tagits bort", "Tyvärr, artikeln du söker är inte längre tillgänglig."),
    ("hu", "A cikket törölték", "Sajnáljuk, a keresett cikk már nem elérhető."),
    ("da", "Artiklen er slettet", "Beklager, artiklen, du leder efter, er ikke længere tilgængelig."),
    ("fi", "Artikkeli on poistettu", "Valitettavasti etsimäsi artikkeli ei ole enää saatavilla."),
    ("bn", "খবরটি মুছে ফেলা হয়েছে", "দুঃখিত, আপনি যে পৃষ্ঠাটি খুঁজছেন তা পাওয়া যায়নি।"),
    ("hi", "यह लेख हटा दिया गया है", "क्षमा करें, आप जिस पेज को खोज रहे हैं वह उपलब्ध नहीं है।"),
)

# Language, what a real page is called, what it says.
_REAL = (
    ("en", "Page removed", "Leaf nine of the register was cut out with a knife; nobody knows by whom."),
    ("ru", "Страница удалена", "Девятый лист журнала вырезал ножом боцман, писал потом его внук."),
    (
        "es",
        "Página no encontrada",
        "Los monjes volvieron a contar: el folio nueve lo cortó un ladrón antes del incendio.",
    ),
    (
        "de",
        "Seite nicht gefunden",
        "Die Mönche zählten noch einmal: Blatt neun hatte ein Dieb vor dem Brand geschnitten.",
    ),
    ("tr", "Ceset bulunamadı", "Dalgıçlar üç gün aradı, ilkbaharda geri gelecekler."),
    ("fr", "L’épave reste introuvable", "Les plongeurs ont cherché trois jours et reviendront au printemps."),
    ("ja", "遺体は見つかりませんでした", "捜索は三日間続き、潜水士は春に戻ると約束した。"),
    ("zh", "失踪男孩未找到", "搜索持续了三天，潜水员说春天再来。"),
    ("it", "Il relitto non è stato trovato", "I sommozzatori hanno cercato tre giorni e torneranno in primavera."),
    ("ar", "لم يتم العثور على الجثة", "بحث الغواصون ثلاثة أيام ووعدوا بالعودة في الربيع."),
    ("pl", "Wraku nie znaleziono", "Nurkowie szukali trzy dni i wrócą na wiosnę."),
    ("nl", "Minister wist berichten", "De berichten zijn maandag verwijderd. Zijn woordvoerder zwijgt."),
    ("ko", "장관, 게시물 삭제", "게시물은 월요일에 사라졌다. 대변인은 침묵했다."),
    ("sv", "Vraket hittades inte", "Dykarna sökte i tre dagar och kommer tillbaka i vår."),
)

CASES = (
    *(
        Case(
            name=f"soft-404-in-{language.lower()}",
            url=f"http://paper-{language.lower()}.demo/news/9417",
            verdict=VerdictKind.DEAD,
            reason=Reason.SOFT_404,
            serve=_page(language, title, words),
            says=f"200 and an error page in language {language}; the host says 404 to other addresses",
        )
        for language, title, words in _ERRORS
    ),
    *(
        Case(
            name=f"trap-in-{language.lower()}",
            url=f"http://paper-{language.lower()}.demo/news/9418",
            verdict=VerdictKind.ALIVE,
            reason=Reason.OK,
            serve=_page(language, title, words),
            says=f"a short real page in language {language} that is called like an error page or tells of a loss",
        )
        for language, title, words in _REAL
    ),
)
