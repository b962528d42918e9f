"""NeMo Curator: the methods of its ``DocumentFilter``, which stages such as ``ScoreFilter`` call.

Made without NeMo Curator: mix it with the host's base class, as the recipe in README.md does.
"""

from __future__ import annotations

from unstuff.integrations import scoring


class KeywordBlockShare:
    """Scores a document by the share in [0, 1] of its non-space characters that are injected.

    ``max_share`` is the largest share of a document that is kept; ``model``, ``point``, ``threshold`` and ``gazetteer``
    are those of :class:`unstuff.Filter`. A document that cannot be scored, None included, has the score NaN and is
    kept.
    """

    def __init__(
        self,
        max_share: float = 0.0,
        model: str | None = None,
        point: str | None = None,
        threshold: float | None = None,
        gazetteer: str | None = None,
    ) -> None:
        super().__init__()
        scoring.check_share("max_share", max_share)
        self._name = "unstuff"
        self._max_share = max_share
        self._settings = scoring.Settings(model, point, threshold, gazetteer)

    def load_model(self) -> None:
        """Load the model; stages call this once in a worker."""
        scoring.scorer(self._settings)

    def score_document(self, text: str) -> float:
        """The share of a document that is injected."""
        return scoring.score(scoring.scorer(self._settings), [text], found_only=True)[0].flagged_share

    def keep_document(self, scores: float) -> bool:
        """Whether a document of this score is kept."""
        return not scores > self._max_share  # NaN is not greater than anything
