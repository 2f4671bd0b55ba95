"""Better text: an Article in, an Article out; the stages stand in chain.py."""
