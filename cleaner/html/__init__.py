"""The reader of HTML: the only package that knows lxml."""
