"""Fuzzing by coverage: ``python -m tests.fuzz TARGET``. A target checks promises, not only that nothing is raised."""
