"""What the scores for text look at: a row for each line of a document, a column for each feature.

A *line* is a block of the text with its hard wraps undone. Nothing here knows a language: a word is a run of letters,
and what is counted is its length and its case. `line_features` puts the columns together. Every other module makes
some of them and says in `MEANINGS` what they mean; `docs/scores.md` lists them.
"""
