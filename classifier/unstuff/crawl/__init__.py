"""Whole crawls: chunks of documents through workers into files, to be resumed where they were interrupted.

``work`` is what happens to a chunk, here or in a worker of ``pool``; ``lines``, ``table`` and ``cleaning`` are what is
written of it; ``outputs`` are the files, ``manifest`` where a run stands, ``progress`` what is said meanwhile.
"""
