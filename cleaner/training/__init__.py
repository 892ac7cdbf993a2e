"""The training of scores: labels from gold text, boosting, cross-validation.

It needs the extra `train`; the use of a model does not.
"""
