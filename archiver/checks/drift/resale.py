"""Words by which pages are known that stand on names bought for their good repute: gambling, pills, loans, escorts."""

from __future__ import annotations

import re
from functools import cache

from archiver.checks.drift.words import fold

_ENOUGH = 3  # times that such words stand in a text
_MOST = 50  # that are counted


@cache
def _offers() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:casinos?|kasino|cassinos?|slots?|gacor|togel|judi|sbobet|pragmatic play|bandar|baccarat|bacar[áa]"
        r"|roulette|free spins?|freispiele|tours gratuits|giros gratis|no deposit|jackpots?|sportsbooks?"
        r"|bookmakers?|betting|wetten|scommesse|paris sportifs|apuestas|apostas|bahis|iddaa|poker|viagra|cialis"
        r"|levitra|kamagra|payday loans?|escorts?|porn\w*|xxx|hentai|essay writing service"
        r"|replica (?:watches|bags)|cbd gumm\w+|казино|ставк\w+|букмекер\w*|рулетк\w+|слот\w*)\b"
        r"|娱乐城|博彩|赌场|彩票|棋牌|百家乐|娛樂城|カジノ|バカラ|카지노|바카라|토토|คาสิโน|สล็อต|บาคาร่า|แทงบอล"
        r"|nhà cái|cá cược|كازينو"
    )


def offers(text: str, *, least: int = _ENOUGH) -> int:
    """Count the words of such offers, where there are enough of them to be more than a mention."""
    count = 0
    for _ in _offers().finditer(fold(text[:20_000])):
        count += 1
        if count >= _MOST:
            break
    return count if count >= least else 0
