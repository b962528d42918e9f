"""Lines that are no prose and no list: banners, chatter, settings, tokens."""

from __future__ import annotations

from functools import cache

from training.blocks import Draft
from training.draw import Rng, between, chance, pick, size, some, weighted
from training.honest import words
from training.slots import FILLER_EN, SYLLABLES, terms
from training.trades import TRADES, Trade
from training.vocabulary import Vocabulary


def banner(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A line drawn with characters, with or without a few words, as in old mail and code."""
    mark = pick(rng, ("*", "-", "=", "_", "#", "~", ".", "+", "—", "·", "*-", "=-", "-+", ". ", "* ", "x"))
    rule = mark * between(rng, 8, 60)
    text = " ".join(pick(rng, FILLER_EN).capitalize() for _ in range(between(rng, 1, 10)))
    items = pick(
        rng, ([rule], [rule, text], [rule, text, rule], [text, rule], [mark * between(rng, 2, 5), text, mark * 3])
    )
    return Draft(items, " ", honest=True)


def chatter(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A word said again and again, as people do in comments and songs."""
    said = [pick(rng, words.CHATTER) for _ in range(between(rng, 1, 3))]
    items = [pick(rng, said) + pick(rng, ("", "", "!", "?", "…")) for _ in range(between(rng, 3, 14))]
    if chance(rng, 0.4):
        items[-1] += pick(rng, ("😂", "😂😂", "🤣🤣", "👍", "❤️", "🎉🎉🎉", "!!!", "...")) * between(rng, 1, 8)
    return Draft(items, weighted(rng, {" ": 5.0, ", ": 3.0, " ... ": 0.5, "": 0.5}), honest=True)


def settings_line(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A line of code, a log or a settings file with placeholders."""
    name = "".join(pick(rng, SYLLABLES) for _ in range(2))
    value = pick(
        rng, ("xxx.xxx.xxx.xxx", "127.0.0.1", "/usr/local/bin", "True", "null", "0x00ff", "%(name)s", "10.0.0.0/8")
    )
    shape = pick(
        rng, ("{n} : {v}", "{n} = {v}", "export {n}={v}", "print({n} + '{v}')", "{n}->{n}#{n} {v}", "[{n}]({v}/{n})")
    )
    items = [shape.format(n=name, v=value) for _ in range(between(rng, 1, 4))]
    return Draft(items, pick(rng, (" ", "; ", " && ")), honest=True)


def token(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Identifiers, hashes and encoded state, as hidden form fields hold them."""
    alphabet = pick(rng, ("0123456789abcdef", _BASE64, _BASE64, _BASE64 + "+/", _BASE64 + "-_"))
    parts = ["".join(pick(rng, alphabet) for _ in range(between(rng, 16, 90))) for _ in range(between(rng, 1, 3))]
    parts[0] = (
        pick(rng, ("", "", "form-", "token:", "/wEPDwUK", "sid=", "id_")) + parts[0] + pick(rng, ("", "", "=", "=="))
    )
    return Draft(parts, pick(rng, (" ", "-", ".", "_")), honest=True)


_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


_HIERARCHIES = terms(
    "alt;alt;comp;rec;sci;soc;misc;news;talk;org.apache;com.example;java.util;de.comp;fr.rec;uk.local;net.core;io.file"
)
_BRANCHES = terms(
    "animals;pets;dogs;cats;music;guitar;food;wine;travel;cars;bikes;photo;movies;books;games;chess;poker;health;diet;law;"
    "jobs;crafts;garden;lang;os;sys;text;web;mail;crypt;stats;math;physics;bio;history;religion;culture;radio;video;home"
)
_HEADERS = terms("From: {a};Email: {a};To: {a};Cc: {a};Reply-To: {a};Sender: {a}")
_GROUP_HEADERS = terms("Newsgroups:;Groups:;Xref:;Followup-To:")


def _trade_words() -> tuple[str, ...]:
    """Words of what trades sell: newsgroups and packages are named after the same things."""
    return _words_of(tuple(trade for trade in TRADES if trade.language == "en"))


@cache
def _words_of(trades: tuple[Trade, ...]) -> tuple[str, ...]:
    heads = [head for trade in trades for head in TRADES[trade].slots["head"]]
    return tuple(dict.fromkeys(word.lower() for head in heads for word in head.split() if word.isalpha()))


def _dotted(rng: Rng, stem: str) -> str:
    words_of = _BRANCHES if chance(rng, 0.4) else _trade_words()
    return ".".join((stem, *some(rng, words_of, between(rng, 1, 4))))


def dotted_names(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Newsgroups, packages and settings: names of parts joined by dots, headers of mail before them now and then."""
    stem = pick(rng, _HIERARCHIES)
    if chance(rng, 0.5):
        stem += "." + pick(rng, _trade_words())
    stems = [stem] if chance(rng, 0.6) else some(rng, _HIERARCHIES, 4)
    items = [_dotted(rng, pick(rng, stems)) for _ in range(size(rng, 1, 40, 8))]
    lead = pick(rng, _GROUP_HEADERS) + " " if chance(rng, 0.6) else pick(rng, ("", "import ", "See also: "))
    if chance(rng, 0.5):
        lead = pick(rng, _HEADERS).format(a=_address(rng)) + pick(rng, (" ", "\n")) + lead
    return Draft([lead + items[0], *items[1:]], pick(rng, (", ", ", ", ",", " ", "; ")), position="middle", honest=True)


def _address(rng: Rng) -> str:
    """A mail address, cut as archives cut it now and then, with the writer's name before it or alone."""
    name = "".join(pick(rng, SYLLABLES) for _ in range(between(rng, 2, 4)))
    address = name + pick(rng, ("", "", "...")) + "@" + pick(rng, SYLLABLES) + pick(rng, SYLLABLES)
    address += pick(rng, (".com", ".net", ".org", ".co.uk", ".edu"))
    return pick(rng, (address, f"<{address}>", f'"{name.title()}" <{address}>', f"{name.title()} <{address}>"))
