"""Rules of other tools to rule files: site configs of Full-Text RSS (`ftr`), filters of ad blockers (`adblock`).

What is read comes from strangers. It is translated line by line; what a rule file cannot say is listed with the reason.
"""
