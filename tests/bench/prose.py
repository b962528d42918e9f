"""Sentences, names and lists written for this measurement, drawn at random: no third party's text is needed to run it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

_NEWS = Path(__file__).parents[1] / "data" / "town_news.txt"

_ZH = {
    "when": "昨天下午 今年春天 上个星期 去年年底 这几天 开会以后 天还没亮的时候 入冬以来 雨停了之后 放假那天 按照计划 从九月开始".split(),
    "who": "图书馆的管理员 负责修路的工人 住在河边的几户人家 县里的医生 一位退休的老师 来参观的客人 卖菜的大姐 气象台的值班员"
    " 我们班的同学 研究水稻的小组 邮局的司机 剧团的年轻演员 村委会 项目的设计人员".split(),
    "how": "一起 慢慢地 按时 终于 再一次 不得不 很高兴地 认真地 顺利地 悄悄 提前".split(),
    "did": "修好了 讨论了 介绍了 检查了 送来了 整理出 种下了 看完了 记录了 准备好 买到了 公布了 找到了".split(),
    "what": "那座旧桥 新的时间表 两百多本书 今年的收成 一份详细的报告 孩子们画的画 过冬用的柴 山上的水管 三种不同的办法 明天要用的材料"
    " 门口的路灯 一张老照片 关于用水的规定".split(),
    "also": "大家都说这样比以前方便得多 不过费用还没有算清楚 下一步怎么做要等会上再定 附近的人可以免费来看 结果比原来想的好一些"
    " 他说自己只是做了该做的事 因为天气的关系又推迟了两天 路上花的时间少了一半 这在当地还是第一次".split(),
}  # fmt: skip
_JA = {
    "when": "昨日の午後、 今年の春、 先週から、 去年の暮れに、 雨がやんだあと、 会議のあとで、 休みの日には、 予定どおり、 九月になって、".split(),
    "who": "図書館の人が 駅前の店の主人が 川のそばに住む家族が 町の医者が 退職した先生が 見学に来た人たちが 天気を調べる係が"
    " 米を研究しているグループが 若い俳優たちが 設計を担当した人が".split(),
    "what": "古い橋を 新しい時間割を 二百冊の本を 今年の収穫を くわしい報告書を 子どもたちの絵を 山の水道を 三つの方法を 明日の材料を"
    " 入口の明かりを 昔の写真を".split(),
    "did": "直した。 話し合った。 紹介した。 調べた。 届けてくれた。 まとめた。 植えた。 記録している。 準備しておいた。 発表した。 ようやく見つけた。".split(),
    "also": "みんな前より便利になったと言っている。 費用はまだ決まっていない。 次の会で決めるそうだ。 近くの人なら無料で見られる。"
    " 思ったよりよい結果だった。 天気のせいで二日遅れた。 この町では初めてのことだ。".split(),
}  # fmt: skip
_EN = {
    "when": ("Yesterday", "This spring", "Last week", "After the meeting", "By the end of the year", "On most days",
             "Before sunrise", "When the rain stopped", "As planned", "Since September"),
    "who": ("the librarian", "two workers from the road crew", "a family that lives by the river", "the town doctor",
            "a retired teacher", "the visitors", "the woman at the market", "our neighbours", "the weather office",
            "a small group of farmers", "the driver of the mail van", "some of the younger actors"),
    "did": ("repaired", "talked about", "showed us", "went through", "brought back", "wrote down", "planted", "found",
            "prepared", "published", "paid for", "asked for"),
    "what": ("the old bridge", "a new timetable", "more than two hundred books", "this year's harvest",
             "a long and careful report", "the drawings of the children", "wood for the winter", "three other ways",
             "everything that will be needed tomorrow", "the lamps at the gate", "a photograph of the square"),
    "also": ("and everyone says it is easier now than it was", "but nobody has worked out what it costs",
             "and what comes next will be decided in the council", "which people nearby can see for free",
             "and it turned out a little better than they had hoped", "because the weather had held them up for two days",
             "so that the way to work takes half as long", "which had not been done here before"),
}  # fmt: skip

Sentence = Callable[[Random], str]


def chinese(rng: Random) -> str:
    """One Chinese sentence."""
    when, who, how, did, what, also = (rng.choice(_ZH[slot]) for slot in ("when", "who", "how", "did", "what", "also"))
    year = f"（{rng.randrange(1950, 2026)}年）" if rng.random() < 0.1 else ""
    return f"{when}，{who}{year}{how}{did}{what}，{also}。"


def japanese(rng: Random) -> str:
    """One or two Japanese sentences."""
    sentence = "".join(rng.choice(_JA[slot]) for slot in ("when", "who", "what", "did"))
    return sentence + rng.choice(_JA["also"]) if rng.random() < 0.6 else sentence


def english(rng: Random) -> str:
    """One English sentence."""
    when, who, did, what, also = (rng.choice(_EN[slot]) for slot in ("when", "who", "did", "what", "also"))
    year = f" in {rng.randrange(1950, 2026)}" if rng.random() < 0.1 else ""
    return f"{when} {who} {did} {what}{year}, {also}."


SENTENCES: dict[str, Sentence] = {"zh": chinese, "en": english, "ja": japanese}
JOINTS = {"zh": "", "en": " ", "ja": ""}


def paragraph(rng: Random, lang: str, n_sentences: int) -> str:
    """Some sentences on one line."""
    return JOINTS[lang].join(SENTENCES[lang](rng) for _ in range(n_sentences))


def short_line(rng: Random, lang: str) -> str:
    """A line that ends no sentence, as menus and headings do."""
    slots = {"zh": _ZH, "en": _EN, "ja": _JA}[lang]
    line = JOINTS[lang].join(rng.choice(slots[slot]) for slot in ("who", "what"))
    return line if lang == "en" else line[: rng.randrange(4, 18)]


@cache
def place_names() -> tuple[str, ...]:
    """The names of the injected list in ``tests/data/town_news.txt``."""
    last = _NEWS.read_text("utf-8").splitlines()[-1]
    return tuple(name.strip() for name in last.split("|") if len(name.strip()) > 1)


def place_list(rng: Random, n: int, separator: str = "| ") -> str:
    """A list of place names drawn at random, as injected ones are."""
    return separator.join(rng.choice(place_names()) for _ in range(n))


def bare_words(rng: Random, n: int) -> str:
    """Chinese words without function words, glued to each other."""
    words = [*_ZH["what"], *_ZH["who"], *place_names()]
    return "".join(rng.choice(words) for _ in range(n)).replace("的", "")
