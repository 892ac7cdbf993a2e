"""How the content score is learnt: labels from gold text, training, cross-validation.

Needs the extra `train`; using a model does not.
"""
