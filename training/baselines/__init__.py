"""What other tools find of the same blocks, at the same share of clean paragraphs flagged.

``python -m training.baselines --data DIR`` prints the tables; :func:`training.baselines.comparison.rows` gives them as
objects. A baseline is a :class:`~training.baselines.method.Method`: a score a paragraph and its own threshold.
"""
