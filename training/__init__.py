"""How the released model is made: sources, tables, labelled corpus, fitting, evaluation, release."""
