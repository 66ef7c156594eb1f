"""How it is asked and shown: the query library, the page and the command line."""
