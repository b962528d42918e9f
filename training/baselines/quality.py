"""FineWeb2's quality filters for Chinese, applied to each paragraph as a document.

Measures as in datatrove 0.10.1 (Apache-2.0), thresholds as published for ``cmn_Hani``. Written anew, because datatrove
brings 15 packages and spaCy for its words; spaCy's Chinese words are jieba's. On the 14,134 Chinese paragraphs of the
test split both verdicts (with and without the least length) agreed with datatrove's own filters on every one, 2026-11.

Source: huggingface/fineweb-2, configs/cmn_Hani.yml at 05e6729567a5 and fineweb-2-pipeline.py at 7ee60b369387; measures
of datatrove/pipeline/filters/{gopher_repetition,fineweb_quality,gopher_quality}_filter.py.
"""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from tempfile import TemporaryDirectory

import jieba

from training.baselines.method import CHINESE, Method, per_text

# configs/cmn_Hani.yml; its dup_line_frac, new_line_ratio and the pipeline's char_duplicates_ratio need several lines
# and cannot fire on a paragraph.
LINE_PUNCT_THR = 0.106
MIN_AVG_WORD_LENGTH, MAX_AVG_WORD_LENGTH = 1, 5
MIN_ALPHA_WORDS_RATIO = 0.735  # there called max_non_alpha_words_ratio
TOP_N_GRAMS = ((2, 0.256), (3, 0.201), (4, 0.171))
DUP_N_GRAMS = ((5, 0.198), (6, 0.182), (7, 0.167), (8, 0.154), (9, 0.14), (10, 0.127))
STOPWORDS = frozenset("的年在月是和了日於·為有被人中为他與後也而由")
# Defaults of GopherQualityFilter that the pipeline leaves as they are.
MIN_STOP_WORDS = 2
MIN_DOC_WORDS, MAX_DOC_WORDS = 50, 100_000
MAX_SYMBOL_WORD_RATIO = 0.1
# datatrove's TERMINAL_PUNCTUATION has 159 marks; these are the ones of Chinese and Latin text.
TERMINAL = tuple(".!?‼‽⁇⁈⁉⸮。﹒﹖﹗！．？｡")


def chinese_words() -> Callable[[str], list[str]]:
    """A function that cuts a text to jieba's words, blanks left out."""
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    with TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return lambda text: [word for cut in tokenizer.cut(text) if (word := cut.strip())]


def faults(text: str, words: Sequence[str]) -> Iterator[str]:
    """Names of the rules that a paragraph breaks, "short" for too few words."""
    yield from _repetition(text, words)
    if not text.endswith(TERMINAL):  # one line: its share of lines that end well is 0 or 1
        yield "line_punct_ratio"
    yield from _gopher(text, words)


def _repetition(text: str, words: Sequence[str]) -> Iterator[str]:
    for n, most in TOP_N_GRAMS:
        grams = Counter(" ".join(words[i : i + n]) for i in range(len(words) - n + 1))
        if grams:
            gram, count = grams.most_common(1)[0]
            if len(gram) * count / len(text) > most:
                yield f"top_{n}_gram"
    for n, most in DUP_N_GRAMS:
        if repeated_chars(words, n) / len(text) > most:
            yield f"duplicated_{n}_grams"


def repeated_chars(words: Sequence[str], n: int) -> int:
    """Characters in n-grams of words that were there before; a repeated one is stepped over whole."""
    seen: set[str] = set()
    at = repeated = 0
    while at < len(words) - n + 1:
        gram = "".join(words[at : at + n])
        if gram in seen:
            repeated += len(gram)
            at += n
        else:
            seen.add(gram)
            at += 1
    return repeated


def _gopher(text: str, words: Sequence[str]) -> Iterator[str]:
    spoken = [word for word in words if not all(map(_is_symbol, word))]
    if not MIN_DOC_WORDS <= len(spoken) <= MAX_DOC_WORDS:
        yield "short" if len(spoken) < MIN_DOC_WORDS else "long"
    if not spoken:
        yield "no_words"
        return
    if not MIN_AVG_WORD_LENGTH <= sum(map(len, spoken)) / len(spoken) <= MAX_AVG_WORD_LENGTH:
        yield "word_length"
    if max(text.count("#"), text.count("...") + text.count("…")) / len(words) > MAX_SYMBOL_WORD_RATIO:
        yield "symbols"
    if text.startswith(("•", "-")) or text.endswith(("...", "…")):  # of one line: more than 0.9 and 0.3
        yield "bullet_or_ellipsis"
    if sum(any(map(str.isalpha, word)) for word in words) / len(words) < MIN_ALPHA_WORDS_RATIO:
        yield "alpha_ratio"
    if len(STOPWORDS.intersection(words)) < MIN_STOP_WORDS:
        yield "stop_words"


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char)[0] in "PSC"


def fineweb2(cut: Callable[[str], list[str]], any_length: bool) -> Method:
    """The filters as published, or without their rule that a document has 50 words.

    A short paragraph falls even then: any four of its words are more than 17 % of it.
    """
    ignored = {"short"} if any_length else set()
    name = "FineWeb2 cmn_Hani" + (", any length" if any_length else "")
    return Method(
        name,
        0.5,
        per_text(lambda text: bool(set(faults(text, cut(text))) - ignored)),
        fixed="many thresholds, no score",
        langs=CHINESE,
    )
