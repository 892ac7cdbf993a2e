"""Parts of learnt scores: trees, hashed words, character classes, and the tables of features that scores look at."""
