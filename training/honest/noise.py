"""Lines that are no prose and no list: banners, chatter, settings, tokens."""

from __future__ import annotations

from training.blocks import Draft
from training.draw import Rng, between, chance, pick, weighted
from training.honest import words
from training.slots import FILLER_EN, SYLLABLES
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
