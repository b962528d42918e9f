"""datatrove: a filter that annotates, cleans or drops documents, scored together a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

from unstuff.errors import InputError
from unstuff.filter import Filter
from unstuff.integrations import scoring
from unstuff.integrations.extras import extra
from unstuff.integrations.scoring import Outcome

with extra("datatrove"):
    from datatrove.data import Document
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.writers.disk_base import DiskWriter

Mode = Literal["annotate", "clean", "drop"]
# Of the caps, those beyond which text is not read; beyond the others it lacks reasons, words or rules that hide it.
_LEFT_UNREAD = {"document_chars", "document_paragraphs", "markup_chars", "markup_tags", "end_tag_steps", "parse_s"}
Kept = bool | tuple[bool, str]


class UnstuffFilter(BaseFilter):
    """Annotates every document under ``metadata["unstuff"]``; cleans or drops those with keyword blocks if asked.

    Parameters
    ----------
    mode
        "annotate" keeps every document as it is. "clean" takes keyword blocks out of ``text``, and drops a document of
        which nothing is left for the reason "only_keyword_blocks", unless some of it was not read ("cut_by"). "drop"
        drops a document with keyword blocks for the reason "keyword_block".
    drop_share
        With "drop", documents with keyword blocks go that have at least this share in [0, 1] of their non-space
        characters in them: the annotation's "flagged_share", which is of all of a text, and of what was read of a page.
    html
        ``text`` is HTML, as ``WarcReader`` gives it; ``metadata["url"]`` is its address. Spans refer to
        ``unstuff.Page.from_html(text, url).text``.
    found_only
        Only the verdicts on keyword blocks are put into the metadata, not those on every paragraph.
    model, point, threshold, gazetteer
        As in :class:`unstuff.Filter`. The model is loaded by the worker, with its first batch.
    exclusion_writer, batch_size
        As in datatrove's own filters. Dropped documents keep their text.

    A document that cannot be scored is kept, with ``metadata["unstuff"] = {"error": ...}``, and counted as "unscored".
    """

    name = "🧹 Unstuff"

    def __init__(
        self,
        mode: Mode = "annotate",
        *,
        drop_share: float = 0.0,
        html: bool = False,
        found_only: bool = True,
        model: str | None = None,
        point: str | None = None,
        threshold: float | None = None,
        gazetteer: str | None = None,
        exclusion_writer: DiskWriter | None = None,
        batch_size: int = scoring.BATCH_DOCUMENTS,
    ) -> None:
        if mode not in get_args(Mode):
            raise InputError(f"mode {mode!r} is unknown; give one of {', '.join(get_args(Mode))}")
        scoring.check_share("drop_share", drop_share)
        super().__init__(exclusion_writer, batch_size)
        self.mode = mode
        self.drop_share = drop_share
        self.html = html
        self.found_only = found_only
        self.model = model
        self.point = point
        self.threshold = threshold
        self.gazetteer = gazetteer
        self._scorer: Filter | None = None

    @property
    def scorer(self) -> Filter:
        """The Filter, loaded when it is first asked for; it does not travel to workers."""
        if self._scorer is None:
            self._scorer = Filter(self.model, self.point, self.threshold, self.gazetteer)
        return self._scorer

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_scorer": None}

    def filter(self, doc: Document) -> Kept:
        """Whether a document is kept, or (False, reason); what was found of it is in its metadata then."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: Sequence[Document]) -> list[Kept]:
        """As :meth:`filter`, of documents scored together."""
        urls = [doc.metadata.get("url") for doc in batch]
        texts = [doc.text for doc in batch]
        outcomes = scoring.score(self.scorer, texts, html=self.html, urls=urls, found_only=self.found_only)
        return [self._decide(doc, outcome) for doc, outcome in zip(batch, outcomes, strict=True)]

    def _decide(self, doc: Document, outcome: Outcome) -> Kept:
        note = scoring.annotation(outcome)
        doc.metadata["unstuff"] = note
        if outcome.page is None:
            self.stat_update("unscored")
            return True
        if not note["n_flagged"]:
            return True
        self.stat_update("flagged")
        self.stat_update("flagged_paragraphs", value=note["n_flagged"])
        if self.mode == "drop":
            return (False, "keyword_block") if outcome.flagged_share >= self.drop_share else True
        return self._clean(doc, outcome) if self.mode == "clean" else True

    def _clean(self, doc: Document, outcome: Outcome) -> Kept:
        if outcome.flagged_share == 1 and not _LEFT_UNREAD.intersection(doc.metadata["unstuff"]["cut_by"]):
            return False, "only_keyword_blocks"
        try:
            doc.text = scoring.clean(doc.text, outcome)
            self.stat_update("cleaned")
        except Exception as error:
            doc.metadata["unstuff"]["error"] = f"cannot be cleaned: {error!r}"
            self.stat_update("not_cleaned")
        return True
