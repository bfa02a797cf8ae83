"""Small things every stratum may use: clock, errors, codes, text, money.

No models, no business words, no HTTP.
"""
