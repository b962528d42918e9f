"""Parser events as a list, and the list as markup again. Parsing what is written gives the same events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from unstuff.html.paragraphs import FALLBACKS, VOID, Builder

_RAW = frozenset(("script", "style", "xmp", "plaintext"))
_TEXT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", '"': "&quot;"})


class Event(NamedTuple):
    """One event of the parser; ``text`` is the element's name, or what the event holds."""

    what: Literal["start", "end", "data", "comment", "doctype"]
    text: str
    attributes: Mapping[str, str] = {}


class Recorder:
    """A parser target that keeps every event and passes it on to a builder."""

    def __init__(self, builder: Builder) -> None:
        self.events: list[Event] = []
        self.data: Callable[[str], None] = self._data
        self._builder = builder
        builder.sink = self

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.events.append(Event("start", tag, dict(attributes)))
        self._builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        """The innermost element ends."""
        if tag in FALLBACKS and not self._builder.nested:
            # The builder parses the text it took, and the events of that come here in its place.
            while self.events[-1].what == "data":
                self.events.pop()
        self._builder.end(tag)
        self.events.append(Event("end", tag))

    def _data(self, text: str) -> None:
        self.events.append(Event("data", text))
        self._builder.data(text)

    def comment(self, text: str) -> None:
        """A comment, or what browsers take for one."""
        self.events.append(Event("comment", text))

    def doctype(self, name: str | None, public: str | None, system: str | None) -> None:
        """The document type declaration."""
        words = [name or "html"]
        if public:
            words.append(f"PUBLIC {_quoted(public)}")
        elif system:
            words.append("SYSTEM")
        if system:
            words.append(_quoted(system))
        self.events.append(Event("doctype", " ".join(words)))

    def close(self) -> None:
        """The input is over."""
        self._builder.close()


def write(events: Iterable[Event]) -> str:
    """Markup of balanced events."""
    pieces: list[str] = []
    tags: list[str] = []
    n_fallbacks = 0
    before = ""
    for what, text, attributes in events:
        if what == "start":
            tags.append(text)
            n_fallbacks += text in FALLBACKS
            pieces.append(_start_tag(text, attributes))
        elif what == "end":
            tags.pop()
            n_fallbacks -= text in FALLBACKS
            if before == "start" and (text == "plaintext" or (text in FALLBACKS and n_fallbacks)):
                # An end tag would be text to the one, and end an outer iframe too early.
                pieces[-1] = pieces[-1][:-1] + "/>"
            elif text == "plaintext":
                # Nothing ends it: what follows would become its text.
                break
            elif text not in VOID:
                pieces.append(f"</{text}>")
        elif what == "data":
            inner = tags[-1] if tags else ""
            is_raw = inner in _RAW or (inner in FALLBACKS and n_fallbacks > 1)
            pieces.append(text if is_raw else text.translate(_TEXT_ESCAPES))
        else:
            pieces.append(_declaration(what, text))
        before = what
    return "".join(pieces)


def _start_tag(tag: str, attributes: Mapping[str, str]) -> str:
    written = [f' {name}="{value.translate(_ATTRIBUTE_ESCAPES)}"' for name, value in attributes.items()]
    return f"<{tag}{''.join(written)}>"


def _declaration(what: str, text: str) -> str:
    if what == "doctype":
        return f"<!DOCTYPE {text}>"
    if ">" not in text:
        # <?xml ... ?> and <?php ... ?>, comments to a browser, keep their meaning to others.
        if text.startswith("?"):
            return f"<{text}>"
        # Text in drawings and formulas.
        if text.startswith("[CDATA[") and text.endswith("]]"):
            return f"<!{text}>"
    return f"<!--{text}-->"


def _quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'
