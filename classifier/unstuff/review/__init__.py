"""Correcting verdicts by hand: which paragraphs are worth a look, a local page to judge them on, the answers' file.

``interest`` says why something is asked, ``subject`` what is asked about and what is written, ``queue`` in which order;
``answers`` keeps what was said, ``server`` and ``layout`` are the page.
"""

from unstuff.review.answers import LABELS, SKIP, Answers
from unstuff.review.layout import Page
from unstuff.review.queue import Queue
from unstuff.review.server import Server
from unstuff.review.subject import Candidate

__all__ = ["LABELS", "SKIP", "Answers", "Candidate", "Page", "Queue", "Server"]
