"""jusText: boilerplate against content, from length, link density, stopword density and the neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.baselines.method import CHINESE, Method, require
from unstuff.labels import Labelled
from unstuff.normalise import Normaliser
from unstuff.page import Paragraph

STOPLISTS = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ko": "Korean", "lv": "Latvian", "ms": "Malay", "nl": "Dutch", "no": "Norwegian_Bokmal", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip
WITHOUT_SPACES = CHINESE | {"ja"}


class Bounds(NamedTuple):
    """jusText's length (characters) and stopword density bounds."""

    length_low: float = 70
    length_high: float = 200
    stopwords_low: float = 0.30
    stopwords_high: float = 0.32


# jusText's bounds are for words and for scripts of letters. These are the same quantiles: as many clean development
# paragraphs in Chinese lie below each as in English below jusText's (16 %, 17 %, 27 % and 59 %; n = 5,433 and 5,886, at
# most 1,500 a source, 2026-11). Japanese shares them.
CHINESE_BOUNDS = Bounds(35, 67, 0.074, 0.080)


class FunctionCharacters:
    """Function characters of Chinese and Japanese, in any variant; :meth:`density` is their share of letters."""

    def __init__(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self._mapping = Normaliser.from_tables(tables).mapping
        self._chars = frozenset(map(int, tables["function_chars"]))

    def density(self, text: str) -> float:
        """Share of the text's letters and digits that are function characters."""
        letters = [char for char in text if char.isalnum()]
        return sum(int(self._mapping[ord(char)]) in self._chars for char in letters) / max(len(letters), 1)


def justext(name: str, characters: FunctionCharacters, bounds: Bounds) -> Method:
    """jusText with its own bounds, and with those given where words are not set apart by spaces."""
    require("justext", "jusText")
    from justext import get_stoplist

    stoplists = {lang: get_stoplist(full) for lang, full in STOPLISTS.items()}

    def score(documents: Sequence[Labelled]) -> NDArray[np.float64]:
        parts = [
            classify(document.page.paragraphs, document.lang, stoplists, characters, bounds) for document in documents
        ]
        return np.concatenate([np.empty(0), *(np.array(part, np.float64) for part in parts)])

    return Method(name, 0.5, score, fixed="two classes, no score")


def classify(
    paragraphs: Sequence[Paragraph],
    lang: str,
    stoplists: Mapping[str, frozenset[str]],
    characters: FunctionCharacters,
    bounds: Bounds,
) -> list[bool]:
    """Whether jusText calls each paragraph of a page boilerplate.

    A paragraph without a page has no neighbours, which jusText would hold against it: only its context-free "bad"
    counts. A language without a stoplist is read in jusText's language-independent mode.
    """
    from justext.core import classify_paragraphs, revise_paragraph_classification

    own = [_as_justext(paragraph, characters if lang in WITHOUT_SPACES else None) for paragraph in paragraphs]
    stoplist = stoplists.get(lang, frozenset())
    if lang in WITHOUT_SPACES:
        classify_paragraphs(own, stoplist, *bounds)
    elif stoplist:
        classify_paragraphs(own, stoplist)
    else:
        classify_paragraphs(own, stoplist, stopwords_low=0, stopwords_high=0)
    if len(own) == 1:
        return [own[0].cf_class == "bad"]
    revise_paragraph_classification(own)
    return [paragraph.is_boilerplate for paragraph in own]


def _as_justext(paragraph: Paragraph, characters: FunctionCharacters | None) -> Any:
    from justext.paragraph import Paragraph as Block

    path = paragraph.tag_path.replace("/", ".") or "html.body.p"
    block = Block(SimpleNamespace(dom=path, xpath=""))
    block.append_text(paragraph.text)
    block.chars_count_in_links = sum(link.end - link.start for link in paragraph.links)
    if characters is not None:
        density = characters.density(paragraph.text)
        block.stopwords_density = lambda stoplist: density
    return block
