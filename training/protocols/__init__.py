"""Harder splits than by group: what a model finds of a family, and flags of a source, that it never saw.

Owns which generated families imitate which real ones, and what is left out of a fit. Figures are measured as in
:mod:`training.evaluate`, at operating points chosen anew for each fit by the same rule.
"""
