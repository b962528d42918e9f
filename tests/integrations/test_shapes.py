"""NeMo Curator and data-juicer: their recipes on base classes of the shapes that the hosts document."""

import json
from abc import ABC, abstractmethod
from typing import Any

import pytest

from unstuff import Filter, InputError
from unstuff.integrations.data_juicer import KeywordBlockMapper
from unstuff.integrations.nemo_curator import KeywordBlockShare


class DocumentFilter(ABC):
    """NeMo Curator's base class of filters."""

    def __init__(self) -> None:
        super().__init__()
        self._name = self.__class__.__name__

    @property
    def name(self) -> str:
        return self._name

    @abstractmethod
    def score_document(self, text: str) -> float: ...

    @abstractmethod
    def keep_document(self, scores: float) -> bool: ...


class Operator:
    """data-juicer's base class of operators."""

    _batched_op = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.text_key = kwargs.get("text_key", "text")


class Mapper(Operator):
    """data-juicer's base class of mappers, which calls the batched method where there is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = self.process_batched if self._batched_op else self.process_single

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        raise NotImplementedError

    def process_single(self, sample: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError


class Blocks(KeywordBlockShare, DocumentFilter):
    pass


class Cleaner(KeywordBlockMapper, Mapper):
    pass


def test_a_document_filter_keeps_documents_up_to_a_share(town_news: str) -> None:
    blocks = Blocks(max_share=0.3)
    assert isinstance(blocks, DocumentFilter)
    assert blocks.name == "unstuff"
    blocks.load_model()
    block = town_news.splitlines()[-1]
    documents: list[Any] = ["fine", block, town_news, None]
    scores = [blocks.score_document(each) for each in documents]
    assert scores[0] == 0
    assert scores[1] == 1
    assert 0 < scores[2] <= 0.3
    assert [blocks.keep_document(score) for score in scores] == [True, False, True, True]


def test_a_mapper_cleans_the_texts_of_samples(scorer: Filter, town_news: str) -> None:
    mapper = Cleaner(mode="clean", text_key="content")
    texts = [town_news, "fine", None]
    samples = mapper.process({"content": list(texts), "id": [1, 2, 3]})
    assert samples["content"] == [scorer.clean_text(town_news), "fine", None]
    assert samples["id"] == [1, 2, 3]
    notes = [json.loads(note) for note in samples["unstuff"]]
    assert [note.get("n_flagged") for note in notes] == [1, 0, None]
    assert notes[2] == {"error": "is null"}
    assert [share > 0 for share in samples["unstuff_share"]] == [True, False, False]


def test_a_mapper_annotates_unless_asked(town_news: str) -> None:
    samples = Cleaner().process({"text": [town_news]})
    assert samples["text"] == [town_news]
    assert json.loads(samples["unstuff"][0])["n_flagged"] == 1
    with pytest.raises(InputError, match="mode 'drop' is unknown"):
        Cleaner(mode="drop")


@pytest.mark.parametrize("share", ["a", None, 20, float("nan")])
def test_what_is_no_share_is_refused(share: Any) -> None:
    with pytest.raises(InputError, match=r"max_share .* is no number in \[0, 1\]"):
        Blocks(max_share=share)
