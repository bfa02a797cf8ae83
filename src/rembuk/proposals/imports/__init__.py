"""Reading sheets of proposals: layouts, cells, units and places. Rows only; ``actions.importing`` writes them.

Start at ``layouts`` (what a column means), then ``records`` (what a row becomes).
"""
