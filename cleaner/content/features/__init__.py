"""What the content score looks at: a row for each block of a page, a column for each feature.

`block_features` puts the columns together. Every other module makes some of them and says in `MEANINGS` what they
mean; `docs/scores.md` lists them.
"""
