"""Files that are a document each, text or HTML; small ones come together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from unstuff.errors import InputError
from unstuff.sources.document import ByteChunk, Document, Form, Reading, Source
from unstuff.sources.text import Html, PlainText


class File(NamedTuple):
    """A whole input, or why it cannot be read."""

    source: Source
    content: bytes
    form: Form
    error: str = ""


@dataclass(frozen=True, slots=True)
class Files(ByteChunk):
    """Inputs that are a document each."""

    separate: ClassVar[bool] = False

    files: Sequence[File]

    @property
    def source(self) -> Source:
        """The first file's."""
        return self.files[0].source

    @property
    def n_bytes(self) -> int:
        """Their size."""
        return sum(len(file.content) for file in self.files)

    def __len__(self) -> int:
        return len(self.files)

    def part(self, start: int, end: int) -> Files:
        """Some of the files."""
        return Files(self.files[start:end])

    def documents(self, reading: Reading) -> list[Document]:
        """A document a file."""
        return [_read(file, reading) for file in self.files]

    def unread(self, error: str) -> list[Document]:
        """The files as documents that cannot be read."""
        return [Document(file.source.name, file.source, file.content, None, error) for file in self.files]


def _read(file: File, reading: Reading) -> Document:
    source, content, form, error = file
    if error:
        return Document(source.name, source, b"", None, error, lost=True)
    try:
        if form == "html":
            return Document(source.name, source, content, Html(content, reading.encoding or None))
        return Document(source.name, source, content, PlainText.decode(content, reading.encoding))
    except InputError as refused:
        return Document(source.name, source, b"", None, str(refused), lost=True)
