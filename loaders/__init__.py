"""How it gets known: articles in, readings out, one stage a module."""
