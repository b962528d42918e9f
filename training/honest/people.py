"""People, works and results, and the days of a month."""

from __future__ import annotations

from training.blocks import Draft
from training.draw import Rng, between, chance, digits, pick, size, some
from training.honest import words
from training.honest.layout import lay_out
from training.vocabulary import Vocabulary


def person(rng: Rng) -> str:
    """Return a name in Latin letters."""
    return f"{pick(rng, words.FIRST_NAMES)} {pick(rng, words.SURNAMES)}"


def person_cn(rng: Rng) -> str:
    """Return a Chinese name."""
    return pick(rng, words.SURNAMES_CN) + "".join(pick(rng, words.GIVEN_CN) for _ in range(between(rng, 1, 2)))


def names(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Authors, committees, prize winners."""
    make = person_cn if chance(rng, 0.5) else person
    items = [make(rng) for _ in range(size(rng, 3, 60, 12))]
    return lay_out(
        rng,
        items,
        heads=("作者", "Authors", "编委会", "获奖名单", "Members", "参加人员", "拟录取名单", "Editorial board"),
    )


def _reference(rng: Rng, row: int) -> str:
    subject = "".join(some(rng, words.PAPER_WORDS["zh"], 2))
    where = f"{pick(rng, words.JOURNALS_CN)},{between(rng, 1990, 2025)},{between(rng, 1, 60)}({between(rng, 1, 12)})"
    pages = f"{between(rng, 1, 90)}-{between(rng, 91, 200)}"
    return f"[{row}] {person_cn(rng)},{person_cn(rng)}.{subject}研究[J].{where}:{pages}."


def _reference_world(rng: Rng) -> str:
    first, second = some(rng, words.PAPER_WORDS["en"], 2)
    return f"{person(rng)}, {person(rng)} ({between(rng, 1970, 2025)}). {first.capitalize()} and {second}."


def bibliography(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """References."""
    rows = range(1, between(rng, 3, 15))
    chinese = chance(rng, 0.5)
    items = [_reference(rng, row) if chinese else _reference_world(rng) for row in rows]
    return lay_out(rng, items, {"\n": 6, " ": 2}, ("参考文献", "References"))


def works(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Books and films."""
    return lay_out(
        rng,
        some(rng, words.TITLES, size(rng, 3, 28, 9)),
        {"、": 3, "\n": 3, ", ": 2, "": 1.5, " ": 2, " | ": 1, " / ": 1},
        ("代表作品", "推荐书目", "Books", "片单", "主要作品", "Further reading"),
    )


def _match(rng: Rng) -> str:
    home, away = some(rng, words.TEAMS, 2)
    return f"{home} {between(rng, 0, 5)}{pick(rng, (':', '-', ' - '))}{between(rng, 0, 5)} {away}"


def _lottery_draw(rng: Rng) -> str:
    drawn = " ".join(f"{between(rng, 1, 35):02d}" for _ in range(between(rng, 3, 7)))
    return f"{pick(rng, words.LOTTERIES)} {between(rng, 2015, 2026)}{digits(rng, 3, 3)}: {drawn}"


def _standing(rng: Rng, rank: int, team: str) -> str:
    return f"{rank} {team} {between(rng, 10, 38)} {between(rng, 0, 30)} {between(rng, 0, 90)}"


def results(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Matches, league tables and lottery draws."""
    style = between(rng, 0, 2)
    if style == 0:
        items = [_match(rng) for _ in range(between(rng, 3, 12))]
    elif style == 1:
        teams = some(rng, words.TEAMS, between(rng, 5, 30))
        items = [_standing(rng, rank, team) for rank, team in enumerate(teams, 1)]
    else:
        items = [_lottery_draw(rng) for _ in range(between(rng, 1, 10))]
    heads = ("比赛结果", "Results", "积分榜", "开奖公告", "Ergebnisse", "Clasificación")
    return lay_out(rng, items, {"\n": 6, " ": 2, ", ": 1, " | ": 1, "；": 1}, heads)


def calendar(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A month, an alphabet or page numbers."""
    style = between(rng, 0, 2)
    if style == 0:
        items = [*words.WEEKDAYS[pick(rng, list(words.WEEKDAYS))], *map(str, range(1, between(rng, 29, 32)))]
    elif style == 1:
        items = [*(["#"] if chance(rng, 0.3) else []), *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    else:
        items = [
            pick(rng, ("上一页", "Prev", "«", "前へ")),
            *map(str, range(1, between(rng, 5, 30))),
            pick(rng, ("下一页", "Next", "»", "次へ")),
        ]
    return lay_out(rng, items, {" ": 6, " | ": 2, "|": 1, "\n": 2, "": 0.5, " · ": 0.5})
