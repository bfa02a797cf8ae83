"""Commands for the operator, and what they run. No rules, no pages."""
