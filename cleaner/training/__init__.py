"""How the scores of `content.py` are learnt: labels from gold text, training, cross-validation. Needs the extra `train`."""
