"""``python -m unstuff``."""

from unstuff.cli import main

if __name__ == "__main__":
    main(prog_name="unstuff")
