"""A private jieba: silent, loaded at the first call, with no file on disk and no share in the process's own jieba.

jieba's default tokenizer prints to stderr, keeps a marshal cache in the shared temporary folder and cuts by whatever
user dictionary the process gave it. This one reads the dictionary that comes with jieba. A cache would not pay: loading
took 1.01 s from the dictionary and 0.96 s from a marshal file. The Markov model for unknown words stays off: it obeys
a list that any ``jieba.del_word`` of the process changes.
"""

from __future__ import annotations

import os
import threading
import warnings
from pathlib import Path
from typing import Any

_lock = threading.Lock()
_tokenizer: Any = None


def cut(text: str) -> list[str]:
    """Words and marks of a text, in order; joined they are the text."""
    return list(_loaded().cut(text, HMM=False))


def knows(word: str) -> bool:
    """Whether the dictionary lists the word."""
    return bool(_loaded().FREQ.get(word))


def _loaded() -> Any:
    global _tokenizer
    if _tokenizer is None:
        with _lock:
            if _tokenizer is None:
                _tokenizer = _load()
    return _tokenizer


def _load() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba imports pkg_resources, which says that it is deprecated
        import jieba
    tokenizer = jieba.Tokenizer()
    with Path(jieba.__file__).with_name("dict.txt").open("rb") as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    return tokenizer


def _forget_lock() -> None:
    """In a forked child: the thread that held the lock is not there to release it."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_lock)
