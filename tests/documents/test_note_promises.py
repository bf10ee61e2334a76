"""Words that plainly stood for a link, in many languages; and such as never did. A false alarm is worse than a miss."""

import pytest

from archiver.documents import Raw, read
from archiver.model import Document


def lost(text: str) -> list[bool]:
    document = read(Raw(source="essay.txt", data=text.encode()))
    assert isinstance(document, Document)
    return [one.lost for one in document.citations]


@pytest.mark.parametrize(
    "note",
    [
        "Smith, Tides, available at:", "Full text available at:", "Full text available here", "See the video:",
        "See video here.", "Watch the video here", "Video:", "Link", "[link]", "Read more here.", "Source: link",
        "Smith, 2011. Retrieved from", "Smith 2011 (accessed 3 May 2014) at:", "The report can be found here:",
        "You can read it here", "Her account is here:", "Online at", "On the web at", "URL:",
        "Click here to watch", "Watch it on YouTube:", "The full interview is available on YouTube at", "See:",
        "Available on the council's website at", "Available from:", "Available via", "Download the report here",
        "Downloaded from", "Video available at", "Film, see link", "Transcript at",
        "Cora Lind, Tides. Text online here:", "see here", "See this article:", "More at", "Abrufbar unter:",
        "Online verfügbar unter", "Siehe das Video hier:", "Video hier ansehen", "Hier der Link:",
        "Den Film gibt es hier", "Zum Nachlesen hier:", "Quelle:", "Nachzulesen unter:", "im Internet unter",
        "Online unter", "Voir la vidéo ici", "Disponible en ligne :", "Consulté sur :", "Lien :",
        "La vidéo est visible ici :", "À lire ici", "Disponible sur", "Véase el vídeo aquí:", "Disponible en:",
        "Consultado en", "Ver vídeo aquí", "Enlace:", "Puede verse en", "El texto completo está aquí",
        "Disponibile su:", "Vedi il video qui:", "Consultabile all'indirizzo", "Guarda il video qui",
        "Testo completo qui:", "Link al video:", "Disponível em:", "Veja o vídeo aqui:", "Acesso em:", "Leia aqui",
        "Assista aqui:", "Beschikbaar via:", "Zie de video hier:", "Te vinden op", "Bekijk de video hier",
        "Lees hier:", "Raadpleegbaar via", "Dostępne na:", "Dostępny w Internecie:", "Zobacz film tutaj:",
        "Film dostępny pod adresem", "Czytaj tutaj", "Режим доступа:", "Доступно по ссылке:", "Смотри видео здесь",
        "Видео доступно по адресу:", "Ссылка:", "Полный текст здесь", "См. здесь:", "動画はこちら：", "こちらから",
        "以下のURL：", "動画はこちら", "参照先：", "全文はこちら", "视频见：", "见链接：", "点击这里", "全文见此处", "链接：", "来源：", "视频在这里：", "視頻連結：",
    ],
)
def test_a_note_that_announces_a_target_and_has_none_has_lost_it(note: str) -> None:
    assert lost(f"The harbour was closed.1 It opened again.2\n\n1. See https://b.example/x\n2. {note}\n") == [False, True]


@pytest.mark.parametrize(
    "note",
    [
        "Smith, Tides, p. 3.", "A remark on the map.", "He was here.", "Nobody saw the video.", "See Part II.",
        "See chapter 3", "See note 3 above.", "The council met online.", "Ibid., p. 4.",
        "Interview, 28 April 2014.", "The film was never found.", "He read it from the pulpit",
        "Letter in private hands.", "The video has 3 parts", "She was watching from here to there",
        "As cited in Hale 1999.", "Archived copy in the county library.", "Er war hier.",
        "Das Video zeigt nichts.", "Il est né ici en 1911.", "Nació aquí en 1911.", "Vide supra.",
        "The source of the river", "Available in print only", "Out of print.", "The Westhaven Post, May 3, 1911",
        "From the author's notes", "Dostępny był tylko druk.", "Здесь он родился в 1911 году.", "彼はここで生まれた。",
        "他在这里出生。", "Not available online.", "No longer available", "Zie hoofdstuk 3.", "No link was given.",
        "Personal communication.", "See the author's first book", "He lived here", "Smith, The Source",
        "He was last seen here.", "It rained here", "The letter is lost.", "Zeitung von hier", "Er wohnte hier",
        "Elle habite ici",
    ],
)
def test_a_remark_never_had_one(note: str) -> None:
    assert lost(f"The harbour was closed.1 It opened again.2\n\n1. See https://b.example/x\n2. {note}\n") == [False, False]


@pytest.mark.parametrize(
    "words",
    [
        "Watch the video here.", "Click here to read the report.", "It was a long night (link).",
        "He sang it. [video]", "The full text is available here:", "Watch the full interview here",
        "See the video below: [video]", "You can read the whole story here.", "For more, click here.",
        "Read the full report here.", "(video here)", "Zum Video hier klicken.",
        "Hier klicken, um das Video zu sehen.", "Das ganze Interview gibt es hier.", "Den Artikel lesen Sie hier.",
        "Cliquez ici pour voir la vidéo.", "Voir la vidéo ici.", "Haga clic aquí para ver el vídeo.",
        "Vea el vídeo aquí.", "Clicca qui per il video.", "Guarda il video qui.", "Clique aqui para ver.",
        "Veja o vídeo aqui.", "Klik hier om de video te bekijken.", "Bekijk de video hier.",
        "Kliknij tutaj, aby zobaczyć film.", "Zobacz film tutaj.", "Нажмите здесь, чтобы посмотреть видео.",
        "Смотрите видео здесь.", "動画はこちら。", "動画はこちらをクリック。", "点击这里观看视频。", "点击此处查看全文。", "[видео]", "[Lien]",
        "(enlace)", "[Quelle]", "Full text available at:\n\nThe end.",
    ],
)
def test_words_in_the_text_that_can_only_have_been_a_link(words: str) -> None:
    assert lost(f"It rained all night. {words}\n\nThen it stopped.\n") == [True]


@pytest.mark.parametrize(
    "words",
    [
        "He was here.", "We read it here, in the library.", "There is a link between rain and flood.",
        "The video shows a boat.", "See you here tomorrow.", "Watch out, he said; here it comes.",
        "He stood here and watched the film.", "I find it hard to breathe here.", "They see no future here.",
        "Die Leute leben hier.", "Hier ist das Video kurz.", "Il vit ici.", "Vive aquí.", "Он живёт здесь.",
        "これはここです。", "他住在这里。", "He said [laughs] and [music] played.",
        "Please read this carefully, here and elsewhere.", "It was first seen here in 1911.",
        "We find that here the rule fails.", "See p. 3 here.", "You can see the sea from here.",
        "Watch what happens here.", "He saw a (video) camera.", "(link rot)", "the [sic] word",
        "the missing link.", "You can see the boats here.", "Find peace here.", "Read on. Here is why.",
    ],
)
def test_words_in_the_text_that_never_were_one(words: str) -> None:
    assert lost(f"It rained all night. {words} Then it stopped.\n\nThat was all.\n") == []
