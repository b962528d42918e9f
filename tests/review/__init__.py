"""The review: which paragraphs it asks about, what it writes, who may talk to it, and the page in a browser."""
