"""Words around a phrase that carry no meaning of their own. Data only."""

from __future__ import annotations

# Words around a phrase that carry no meaning of their own: "Oops! Error 404: page not found" is "page not found".
ERROR_WORDS = (
    "error errors http https status code fehler erreur erro errore fout fel feil fejl virhe błąd chyba eroare hiba"
    " σφάλμα ошибка помилка грешка hata kesalahan lỗi 错误 錯誤 エラー 오류 خطأ خطا שגיאה त्रुटि"
)
FILLERS = (
    "oops ooops whoops sorry uh oh hmm ouch err the this that your requested a an leider entschuldigung hoppla ups"
    " désolé oups lo sentimos uups desculpe spiacenti siamo beklager valitettavasti przepraszamy извините к сожалению"
    " üzgünüz maaf 抱歉 对不起 很抱歉 申し訳ございません 죄송합니다 عذرا عفوا"
)
