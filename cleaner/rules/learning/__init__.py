"""Rule files from pages: what the pages of a site have in common becomes a first rule file, with the evidence.

A page is surveyed (`survey`) when cleaner has decided its blocks. The surveys of a site's pages are compared
(`places`, `texts`, `fields`), and what is certain enough becomes a `Draft`, which is written with its counts (`draft`).
"""
