"""data-juicer: the method of its batched ``Mapper``, over samples as a dict of lists.

Made without data-juicer: mix it with the host's base class, as the recipe in README.md does.
"""

from __future__ import annotations

from typing import Any

from unstuff.errors import InputError
from unstuff.integrations import scoring
from unstuff.sources import dumps


class KeywordBlockMapper:
    """Annotates samples, or cleans their text.

    ``mode`` is "annotate" or "clean"; ``model``, ``point``, ``threshold`` and ``gazetteer`` are those of
    :class:`unstuff.Filter`; other arguments go on to data-juicer's operator. Each sample gets two fields:
    "unstuff_share", the share in [0, 1] of its non-space characters that are injected (NaN where it could not be
    scored), and "unstuff", what was found or ``{"error"}``, with offsets into the text as it was; as JSON, since
    columns of a data set have one type.
    """

    _batched_op = True
    text_key: str = "text"

    def __init__(
        self,
        *args: Any,
        mode: str = "annotate",
        model: str | None = None,
        point: str | None = None,
        threshold: float | None = None,
        gazetteer: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if mode not in ("annotate", "clean"):
            raise InputError(f"mode {mode!r} is unknown; give annotate or clean")
        self.mode = mode
        self.settings = scoring.Settings(model, point, threshold, gazetteer)

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Samples with the field, and with cleaned texts if asked."""
        texts = samples[self.text_key]
        outcomes = scoring.score(scoring.scorer(self.settings), texts, found_only=True)
        notes = [scoring.annotation(outcome) for outcome in outcomes]
        samples["unstuff"] = [dumps(note).decode().rstrip() for note in notes]
        samples["unstuff_share"] = [outcome.flagged_share for outcome in outcomes]
        if self.mode == "clean":
            samples[self.text_key] = [scoring.clean(*pair) for pair in zip(texts, outcomes, strict=True)]
        return samples
