"""Words of a text, as drift counts them: stems of words, or pairs of signs where words stand without blanks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from zlib import crc32

TERMS = 2000  # kept of a text, the most frequent
SKETCH = 128  # kept of its shingles
_SHINGLE = 5  # words in a row
_STEM = 6  # letters: "ferry" and "ferries" part only behind them
_TEXT = 200_000  # characters that are read
_LONGEST = 40  # letters of a word

# Scripts that part no words, or glue so much to them that words tell little: pairs of signs are counted there.
_WIDE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"

# What sentences are made of; four letters and more, since shorter words are not counted at all in these scripts.
_COMMON = frozenset(
    """about above after again also although always among another around because been before behind being below
    between both came cannot come could does doing done down during each either else even ever every find first from
    further gave give given going good great have having hence here hers high himself however into itself just keep
    kept know known large last later less like little long look made make many might more most much must near need
    never next none only onto other others over part perhaps quite rather read same seen several shall should show
    side since small some someone something soon still such take taken than that their them then there these they
    thing things think this those though three through time times today together took toward under until upon used
    using very want well went were what when where whether which while whole whom whose will with within without
    would year years your yours said says people news page pages site website home menu search share contact read
    privacy policy cookies cookie terms email click http https
    aber alle allem allen aller alles also andere anderen auch aufgrund bereits beim bevor bist dabei dadurch dafür
    damals damit danach dann darauf daraus darin dass davon dazu denn dennoch deren derer deshalb dessen diese diesem
    diesen dieser dieses doch dort durch eben ebenfalls eine einem einen einer eines einige etwa etwas euch euer finden
    für ganz gegen habe haben hatte hatten heute hier hinter ihre ihrem ihren ihrer immer indem jahr jahre jahren jede
    jedem jeden jeder jedes jedoch jetzt kann kein keine keinem keinen können könnte machen mehr meist mich mein mehrere
    musste nach nachdem nämlich neben nicht nichts noch oder ohne schon sehr sein seine seinem seinen seiner seit selbst
    sich sind sogar solche sollte sondern sonst soweit statt über unter viel viele vielen vielleicht wann waren warum
    wegen weil weiter weitere welche welcher wenn werde werden weshalb wieder wird wurde wurden während zwar zwischen
    ainsi alors apparaît après assez aucun aussi autre autres avait avant avec avoir beaucoup bien cela celle celui
    cependant certains ceux chaque chez cette comme comment contre dans depuis derrière deux devant doit donc dont
    elle elles encore enfin entre était étaient étant être eux fait faire fois font hors ici jamais jusqu leur leurs
    lorsque lors mais malgré même mêmes mieux moins mon notre nous parce parmi pendant peut plus plusieurs pour
    pourquoi près puis quand quel quelle quelques quoi sans selon sera serait ses seulement soit sont sous souvent
    sur tandis tant tous tout toute toutes très trop vers voici vous votre
    algo alguna algunas alguno algunos ante antes aquel aquella aunque bajo bien cada como contra cual cuando cuatro
    cuya cuyo dentro desde después donde durante ella ellas ellos entre eran eres esta estaba estado estar estas este
    esto estos están fueron fuera había hace hacia hasta incluso manera mediante menos mientras misma mismo mucho muchos
    nada nosotros nunca otra otras otro otros para parte pero poco porque primera primero puede pueden pues quien
    quienes según sido siempre sino sobre solo sólo también tanto tener tiene tienen toda todas todo todos tras unas
    unos usted vamos veces vuelto
    abbia abbiamo alcune alcuni allora altra altre altri altro anche ancora aveva avevano bene come comunque cosa così
    dalla dalle dallo dappertutto degli della delle dello dentro dopo dove dunque ecco erano essere fare fino fuori
    gli hanno invece loro meno mentre molti molto nella nelle nello niente noi nostro nulla ogni oltre ovvero perché
    però poco poi prima proprio qualche quale quali quando quanto quasi quella quelle quelli quello questa queste
    questi questo sarà senza siamo solo sono sopra sotto stata stati stato stessa stesso subito sulla sulle tanto
    tutta tutte tutti tutto una uno verso
    ainda antes aquela aquele assim através cada coisa como contra depois desde dessa desse deste dois durante então
    entre essa esse esta estava este estão fazer foram isso isto mais mas mesmo muito muitos nesta neste nossa nosso
    numa onde outra outras outro outros para pela pelas pelo pelos pode porque quais quando quem sempre seria seus
    sobre também tanto tem tinha toda todas todo todos uma umas você vocês
    aangezien alle alleen altijd andere achter bent bij daar daarom deze door echter eerst elke enkele geen geweest
    haar hebben heeft hier hoewel iets jaar kunnen maar meer meest moet moeten naar niet niets nog nooit omdat onder
    onze ook over sinds slechts soms steeds tegen toch toen tussen veel verder vooral voor waar waren wanneer want
    waren wat welke werd werden wordt worden zich zijn zonder zoals zullen
    bara blev blir cirka denna deras dessa detta eller efter endast finns flera från före genom hade hans hela honom
    inte kunde mellan men mycket måste många någon något några också samt sedan sina skall skulle sådan under utan
    vara varit vilka vilken ikke blev efter eller være været hvor hvis noget også skal uden ville
    bardzo będzie było były być chociaż czyli dlatego gdzie jako jednak jego jest jeszcze jeśli kiedy które którego
    której który których lecz może między nawet oraz ponieważ poza przed przez przy tego także tego tylko właśnie
    wszystko żeby
    более больше будет были было быть ведь весь вместо возможно время всегда всего всех где даже деле для долж его если
    есть еще ещё здесь или именно когда который которая которые которого которой между меня может можно надо него нее
    несколько никогда нужно они очень перед после потом потому почти при просто раз сейчас себя своего свои своих
    сказал снова собой совсем также такая такие такой там тем теперь тогда того тоже только хотя чего через чтобы чуть
    этого этой этом этот
    adalah akan anda atau bahwa bagi banyak dalam dapat dari dengan hanya harus ialah juga kami karena kepada ketika
    lebih melalui mereka namun oleh pada para saat saja sangat sebagai sebuah secara sehingga semua seperti serta
    setelah sudah tahun telah tentang tersebut tetapi tidak untuk yaitu yang
    ayrıca bana bazı belki böyle bunu bunun çok çünkü daha değil diye eğer gibi göre hangi hatta henüz hiçbir için
    kadar karşı kendi nasıl neden olan olarak olduğu olsa sadece sonra şekilde tarafından tüm üzere veya yani yine
    """.split(),  # noqa: SIM905 - a page of quotation marks says no more
)


@cache
def _pattern() -> re.Pattern[str]:
    # Vowels of Indian scripts are marks, which end no word; only the two strokes at the end of a sentence do.
    return re.compile(rf"[{_WIDE}]+|[\u0900-\u0963\u0966-\u0dff]+|[^\W_{_WIDE}]+")


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(f"[{_WIDE}]")


def tokens(text: str) -> list[str]:
    """Split a text into words as they stand, folded; a run of a script without blanks is one word of its own."""
    return _pattern().findall(fold(text))


def fold(text: str) -> str:
    """Give a text whose letters compare: one form of Unicode, no case, no marks within Latin words."""
    text = text[:_TEXT]
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", "")


def terms(text: str) -> list[str]:
    """Give the terms of a text that say what it is about, in order and as often as they stand there."""
    found: list[str] = []
    for word in tokens(text):
        if _wide().match(word):
            found += [word[at : at + 2] for at in range(len(word) - 1)] or [word]
        elif word not in _COMMON and len(word) <= _LONGEST and (len(word) > 3 or not _is_short_word(word)):
            found.append(word[:_STEM])
    return found


def _is_short_word(word: str) -> bool:
    """Tell whether so short a word says little: where it is letters only. "1987" and "x11" say much."""
    return word.isalpha()


def count(found: list[str]) -> int:
    """Count terms as words: of a script without blanks there are about two pairs of signs to a word."""
    pairs = sum(_wide().match(term) is not None for term in found)
    return len(found) - pairs + pairs // 2


def bag(found: list[str]) -> dict[str, int]:
    """Count terms; of very many the most frequent are kept, in one order whatever the text's."""
    counted = Counter(found)
    kept = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:TERMS]
    return dict(kept)


def sketch(found: list[str]) -> tuple[int, ...]:
    """Give a sample of the rows of terms in a text, the same sample of the same rows (smallest hashes, Broder 1997)."""
    rows = {crc32(" ".join(found[at : at + _SHINGLE]).encode()) for at in range(len(found) - _SHINGLE + 1)}
    return tuple(sorted(rows)[:SKETCH])


# ---------------------------------------------------------------- languages, as far as two texts are kept apart by them

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("kana", "\u3040-\u30ff"), ("hangul", "\uac00-\ud7af"), ("han", "\u3400-\u9fff"), ("cyrillic", "\u0400-\u052f"),
    ("greek", "\u0370-\u03ff"), ("arabic", "\u0600-\u06ff"), ("hebrew", "\u0590-\u05ff"), ("thai", "\u0e00-\u0e7f"),
    ("indic", "\u0900-\u0dff"), ("georgian", "\u10a0-\u10ff"), ("armenian", "\u0530-\u058f"),
)
# The shortest words, which no text does without and few languages share.
_LATIN = {
    "en": "the of and to in is that for was with as on are by this from be at have not his her it or an were which",
    "de": "der die und das den von zu mit sich des auf ist im dem nicht ein eine als auch es an werden aus er hat dass",
    "fr": "le les et des est du une que dans qui pour au sur pas plus par avec ce il sont aux cette ou mais ont elle",
    "es": "el los las del que en un una por con para se es lo como más su al pero sus le ya fue este muy sin sobre",
    "pt": "o os as do da dos das em um uma que não com para por mais se na no foi ao ele sua como mas são pelo pela",
    "it": "il di che la per un una è con non sono del della nel gli dei alla si anche le da al come più delle dal",
    "nl": "de het een van en in dat is op te voor zijn met niet aan er die ook als bij maar door naar om dan uit wordt",
    "sv": "och att det som en är av för på med den till inte om ett han var från men sig vid har eller kan så ut nu",
    "da": "og at det er en til af på med for ikke den der som et de han var fra men sig ved har eller kan jeg blev",
    "pl": "w i na się z do nie to że jest o jak po co za od dla przez przy ale tego czy są był oraz tym już tak jego",
    "cs": "a se na je v že s z do to o si ve jako za pro by po jsou ale od při podle tak jeho být i k už nebo byl",
    "ro": "și de la în a cu că pe nu un o din mai pentru sau este care au fost lui ale sunt prin dar ca se al după",
    "hu": "a az és hogy nem is egy van ez volt meg csak de már mint azt ki még el ha vagy fel lesz szerint után",
    "fi": "ja on ei se että hän oli ovat kun mutta myös niin tai mukaan sen joka kuin ole jo nyt vain sitä mitä oma",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi kadar sonra ne ise en o var ama her ki değil mi olduğu",
    "id": "yang dan di dengan untuk ini dari dalam itu pada adalah akan tidak ke oleh juga atau karena ada dapat",
    "vi": "và của là có các được một cho với trong không này những đã người để khi về như từ tại nhưng ra vào cũng",
}


@cache
def _short_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in _LATIN.items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _letters(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{signs}]")


def language_of(text: str, *, least: int = 6) -> str:
    """Guess the language of a text by its shortest words, or its script; nothing when it cannot be told."""
    sample = fold(text[:6000])
    letters = sum(map(str.isalpha, sample)) or 1
    if not sample.isascii():
        for name, signs in _SCRIPTS:
            # Japanese has more Chinese signs than its own, and names in Latin letters stand in every text.
            if len(_letters(signs).findall(sample)) > letters * (0.1 if name == "kana" else 0.35):
                return name
    counted: Counter[str] = Counter()
    for word in tokens(sample):
        for language in _short_words().get(word, ()):
            counted[language] += 1
    ranked = counted.most_common(2)
    if not ranked or ranked[0][1] < least or (len(ranked) > 1 and ranked[1][1] * 1.3 > ranked[0][1]):
        return ""
    return ranked[0][0]


def mangled(text: str) -> bool:
    """Tell whether a text was decoded in a wrong way: what it says cannot be compared."""
    sample = text[:20_000]
    if sample.isascii():
        return False
    odd = sum(sample.count(sign) for sign in ("\ufffd", "Ã", "Â", "â€", "Ð", "Ñ", "Ă", "ĂŠ", "ÐŸ"))
    return odd * 60 > len(sample)
