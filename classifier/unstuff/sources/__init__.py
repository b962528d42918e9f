"""What the command line reads: files, folders, stdin, remote paths -> documents, streamed; and documents -> bytes.

One file a format: ``files`` (text, HTML), ``jsonl``, ``parquet``, ``warc``. The form of an input is told by its
content; a name only settles what the content leaves open. A document that cannot be read becomes a
:class:`Document` with an error in its place, never an exception that ends the stream.
"""

from unstuff.extras import need
from unstuff.json_line import dumps, escape_surrogates
from unstuff.sources.document import (
    STDIN,
    Body,
    Chunk,
    Document,
    Form,
    Kept,
    Placed,
    Position,
    Reading,
    Result,
    Source,
    Written,
    removed,
)
from unstuff.sources.finding import HTML_SUFFIXES, JSONL_SUFFIXES, PACKED_SUFFIXES, SUFFIXES, find, is_address, message
from unstuff.sources.jsonl import JsonField
from unstuff.sources.reading import placed, read, score, score_together
from unstuff.sources.text import Html, PlainText

__all__ = [
    "HTML_SUFFIXES",
    "JSONL_SUFFIXES",
    "PACKED_SUFFIXES",
    "STDIN",
    "SUFFIXES",
    "Body",
    "Chunk",
    "Document",
    "Form",
    "Html",
    "JsonField",
    "Kept",
    "Placed",
    "PlainText",
    "Position",
    "Reading",
    "Result",
    "Source",
    "Written",
    "dumps",
    "escape_surrogates",
    "find",
    "is_address",
    "message",
    "need",
    "placed",
    "read",
    "removed",
    "score",
    "score_together",
]
