"""unstuff inside other people's crawlers and corpus pipelines: one module a host, none imported by ``import unstuff``.

A module imports its host when it is imported, and answers with the pip command when that is not installed.
"""
