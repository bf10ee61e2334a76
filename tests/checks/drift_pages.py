"""Invented texts, and the ways in which sites dress them: for comparing a page with what it was."""

from __future__ import annotations

from html import escape

FERRY = """The ferry between the old harbour and Lamm Island has stopped running for good. The company told its eleven
employees on Friday evening, half an hour before the last boat, and gave no reason beyond the price of diesel. Passengers
who had waited since four o'clock were driven home by a fisherman named Aake Brunn. “No boat crossed after sunset,” said
the ticket seller, “and nobody had told the island.” For a hundred and six years the crossing had been made nine times a
day, in fog, in war and in the winter of 1947, when the crew walked ahead of the bow with poles and broke the ice.
The council will now ask the county for a replacement. A hydrofoil was rejected two summers ago because the pier cannot
carry it, and the school on the island, with its fourteen pupils, depends on the seven o'clock departure. Until a
decision is taken, the postal launch will carry up to six persons, without luggage, on weekdays only. The shipyard that
built the vessel in 1931 has offered to take it back for its museum."""

FERRY_LATER = FERRY.replace("A hydrofoil was rejected two summers ago because the pier cannot\ncarry it, and the", "The") + """
Update, three days later: the county has promised a bus around the bay, and the shipyard has withdrawn its offer.
The minister said in parliament that she would visit the island herself before the end of the month."""

COUNCIL = """Members of the municipal council voted on Tuesday to sell the former slaughterhouse in Weaver Street to a
foundation that wants to turn the brick halls into studios for ceramics and printing. Nine voted in favour, four against,
and the mayor abstained because her brother owns the adjoining garage. Neighbours fear lorries, dust and evening concerts.
An architect presented drawings with a glazed courtyard, a bakery and a nursery for forty children. The purchase price
remains secret, although the auditor demanded publication. Opponents collected eight hundred signatures against the
contract, arguing that affordable flats are scarcer than potteries. Asbestos must be removed from the roof first, which
the engineer estimates will consume most of the subsidy granted by the ministry. Construction could begin next spring,
provided that the monument office does not object to the demolition of the chimney."""

ORCHIDS = """Orchids of the genus Cypripedium grow on calcareous soil beneath open beech woodland. Seedlings need a fungal
partner for the first four seasons and remain underground, so that a colony may seem extinct while it recovers. Collectors
dug up whole slopes in the nineteenth century; pressed specimens in herbaria prove how abundant the species once was.
Botanists of the regional society map every stem each June, measure petals, and fence off clearings against deer.
Pollination depends on small solitary bees, which enter the pouch by its rim and escape past the anthers. Drought shortens
flowering to barely a week. Reintroduction from laboratory cultures succeeded at three sites out of twenty, always where
hazel scrub had been coppiced beforehand. Hikers are asked to stay on the marked trails and to report blossoms with
photographs rather than coordinates."""

GUITAR = """This tutorial shows how to restring a classical guitar with a tie block bridge. Loosen the tuners slowly, one
peg after another, and remove the nylon from the roller. Wipe the fretboard with lemon oil while it is accessible. Thread
the new treble through the bridge, loop it beneath itself and tuck the tail behind the edge; basses want one twist,
trebles two. Wind neatly towards the gear and stretch each string by hand until the pitch no longer sags. Concert tuning
will hold after roughly two days of playing. Should a knot slip, dab the loose end with chalk, or burn a tiny bead with a
lighter. Replace worn saddles at the same occasion, since intonation suffers when grooves deepen. Never mix steel strings
with such an instrument: the tension would tear the soundboard apart and void every warranty."""

CASINO = """Looking for the best online casino of the season? Our experts compared two hundred operators and ranked welcome
offers, free spins and withdrawal speed. New players receive a no deposit bonus within minutes. Slots with high return,
live roulette tables and daily jackpots make these brands the favourite choice. Read our baccarat guide, claim a casino
bonus code and enjoy responsible betting from your phone. Mobile casino apps are available for every device, and payments
arrive by card, voucher or crypto wallet. VIP members collect cashback each Monday. Compare wagering requirements first,
since some casinos exclude table games. Verified licences, fair random generators and friendly agents around the clock
complete our list of recommended slots rooms."""

SLOT_ID = """Situs slot gacor terpercaya dengan bonus new member dan deposit pulsa tanpa potongan. Kami menyediakan permainan
slot online dari pragmatic play, live casino, togel, serta judi bola sbobet yang dapat dimainkan dalam satu akun. Daftar
sekarang dan nikmati jackpot setiap hari untuk semua anggota. Layanan pelanggan kami siap membantu selama dua puluh empat
jam dengan ramah. Bandar slot ini memberikan kemenangan tertinggi dan proses penarikan yang cepat. Banyak pemain sudah
membuktikan bahwa situs slot kami adalah pilihan yang aman dan adil untuk bermain bersama teman."""

GERMAN = """Die Fähre zwischen dem alten Hafen und der Insel fährt nicht mehr. Das Unternehmen teilte es seinen elf
Angestellten am Freitagabend mit, eine halbe Stunde vor dem letzten Boot, und nannte als Grund nur den Preis des Diesels.
Wer seit vier Uhr gewartet hatte, wurde von einem Fischer nach Hause gefahren. Seit hundertsechs Jahren wurde die Überfahrt
neunmal täglich gemacht, im Nebel, im Krieg und im Winter, als die Mannschaft mit Stangen vor dem Bug herging und das Eis
brach. Der Rat wird nun den Kreis um Ersatz bitten. Ein Tragflügelboot wurde vor zwei Sommern abgelehnt, weil der Steg es
nicht trägt, und die Schule auf der Insel mit ihren vierzehn Schülern ist auf die Abfahrt um sieben angewiesen. Bis zu
einer Entscheidung nimmt das Postboot an Werktagen bis zu sechs Personen ohne Gepäck mit."""

GERMAN_BEES = """Imkerinnen beobachten seit dem Frühjahr, dass Völker am Stadtrand kräftiger überwintern als jene in
Rapsgebieten. Linden, Robinien und Balkonpflanzen liefern Nektar über Monate, während auf dem Acker nach der Blüte Hunger
herrscht. Der Verein stellte achtzig Kästen auf Dächer von Behörden, Schulen und einem Theater. Gegen Varroamilben hilft
Ameisensäure im Spätsommer; Honigräume müssen vorher geerntet sein. Die Königinnen werden gezeichnet, damit man ihr Alter
erkennt. Anfänger lernen an Wochenenden, Waben zu ziehen und Schwärme einzufangen. Allergiker sollten Abstand halten.
Im Museum zeigt ein gläserner Stock, wie Arbeiterinnen tanzen, um Futterplätze mitzuteilen."""

JAPANESE = """港と島を結ぶ連絡船は、先週の金曜日をもって運航を終了した。会社は最終便の三十分前に従業員十一人へ通知し、
理由として燃料価格の高騰だけを挙げた。午後四時から待っていた乗客は、漁師の船で家まで送られた。百六年の間、霧の日も戦争の
ときも、一日九往復の航路は守られてきた。町議会は県に代替船を求める方針である。島の小学校には十四人の児童が通い、朝七時の
便が欠かせない。決定までは郵便船が平日のみ六人まで乗せる。造船所は博物館に船を引き取ると申し出た。"""

JAPANESE_TEA = """茶葉は摘み取った直後に蒸し、揉みながら乾燥させる。急須に注ぐ湯の温度は八十度前後が良いとされ、渋みを抑えて
甘みを引き出せる。新芽を覆いの下で育てると旨み成分が増え、玉露や抹茶の原料になる。農家は斜面に防霜ファンを設置し、春の遅霜
から芽を守る。近年は海外の愛好家が増え、有機栽培の認証を得る園も多い。製茶機械の更新には費用がかかるため、共同工場を利用
する地域もある。保存には密閉した缶を用い、開封後は早めに飲み切ることが勧められる。"""

RUSSIAN = """Паром между старой гаванью и островом больше не ходит. Компания сообщила об этом одиннадцати работникам в
пятницу вечером, за полчаса до последнего рейса, и назвала причиной лишь цену топлива. Пассажиров, ожидавших с четырёх
часов, развёз по домам рыбак. Сто шесть лет переправа действовала девять раз в день, в туман, в войну и той зимой, когда
экипаж шёл перед носом судна с шестами и ломал лёд. Совет попросит у области замену. Судно на подводных крыльях отвергли
два года назад, поскольку причал его не выдержит, а школа на острове зависит от утреннего рейса в семь часов. До решения
почтовый катер берёт до шести человек без багажа, только по будням."""

RUSSIAN_CASINO = """Лучшие онлайн казино с быстрыми выплатами собраны в нашем рейтинге. Игровые автоматы, рулетка и покер
доступны круглосуточно, а новички получают фриспины за регистрацию. Ставки на спорт принимает проверенный букмекер. Казино
предлагает бонусы, турниры и программу лояльности. Слоты популярных провайдеров работают на телефоне без загрузки. Вывод
средств занимает несколько минут. Выбирайте казино по отзывам, читайте правила отыгрыша и проверяйте лицензию оператора."""

STUB = """An explosion shook the fertiliser plant in Lamm shortly before noon on Monday. Police asked residents to keep
windows shut and to stay away from Weaver Street. Nothing was known about casualties at first. A column of smoke could be
seen from the island. Firefighters from four districts were on their way, a spokesman said. The cause remains unclear.
Trains between the harbour and the capital were suspended, and the motorway was closed in both directions until further
notice. The company could not be reached for comment. """

WHOLE = """Four workers lost their lives and eleven were injured when an ammonia tank ruptured on the grounds of Brunn
Chemicals. Investigators believe that a valve replaced only last week had been installed upside down. The victims were
between twenty-four and sixty-one; two of them were brothers. Hundreds of people gathered for a vigil outside the church on
Wednesday evening, candles in their hands. The prosecutor has seized maintenance logs and questioned the night shift.
Environmental inspectors measured elevated readings in the river, yet declared tap water safe. The governor promised quick
help to families and announced a commission. Unions accuse management of cutting staff responsible for inspections by half
within a decade. The firm expressed its condolences in a brief statement and declined interviews."""

CHATTER = """Anna: what a loss, I took that boat to school for years. Bernd: the pier was rotten anyway. Carla: write to the
county, all of you! Dan: the bus around the bay takes two hours. Anna: my grandmother cannot climb into the postal launch.
Edith: does anybody have photographs of the winter of 1947? Fritz: yes, three, in the library. """ * 6


def paragraphs(text: str, count: int = 4) -> str:
    sentences = text.replace("\n", " ").split(". ")
    size = -(-len(sentences) // count)
    parts = [". ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]
    return "\n".join(f"<p>{escape(part)}.</p>" for part in parts)


def modern(title: str, text: str, *, site: str = "The Harbour Gazette", lang: str = "en", heading: str | None = None,
           more: str = "", head: str = "", menu: str = "News Sport Culture Weather Subscribe") -> bytes:
    """Print it as a site of today does: with a menu, a banner, things to read next, and a footer."""
    items = "".join(f'<li><a href="/{item.lower()}">{item}</a></li>' for item in menu.split())
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} | {site}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">{head}</head><body>
<header class="site-header"><a href="/">{site}</a><nav><ul>{items}</ul></nav></header>
<main><article class="post"><h1>{heading or title}</h1><div class="entry-content">{paragraphs(text)}{more}</div></article>
</main><aside class="widget"><h3>Most read</h3><ul><li><a href="/a">Swans on the runway</a></li>
<li><a href="/b">A bakery closes</a></li></ul></aside>
<footer><p>© {site}. Imprint, privacy, advertising. Harbour Square 1.</p></footer></body></html>""".encode()


def old(title: str, text: str, *, site: str = "Harbour Gazette Online") -> bytes:
    """Print it as a site did at the turn of the century: with tables and fonts."""
    body = "<br><br>".join(escape(part) for part in text.replace("\n", " ").split(". "))
    return f"""<HTML><HEAD><TITLE>{site} - {title}</TITLE></HEAD><BODY BGCOLOR="#ffffff"><TABLE WIDTH=760><TR>
<TD VALIGN=top WIDTH=120><FONT SIZE=1><A HREF="index.html">Home</A><BR><A HREF="news.html">News</A><BR>
<A HREF="guest.html">Guestbook</A></FONT></TD><TD><FONT FACE="Verdana"><B>{title}</B><BR>{body}</FONT></TD></TR></TABLE>
<HR><FONT SIZE=1>Webmaster</FONT></BODY></HTML>""".encode()


def listing(title: str, headlines: str) -> bytes:
    """Print a page of links."""
    rows = "".join(
        f'<li><h3><a href="/n/{number}">{line.strip()}</a></h3></li>' for number, line in enumerate(headlines.split("."))
        if line.strip()
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<nav><a href="/">Home</a></nav><main><h1>{title}</h1><ul>{rows}</ul></main></body></html>""".encode()


def bare(title: str, body: str, lang: str = "en") -> bytes:
    """Print a page with hardly anything in it."""
    return (f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body>{body}</body></html>").encode()
