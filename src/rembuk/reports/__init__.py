"""Reports that an office owes the public: the evaluation of a programme, and what a unit did in a quarter or a year.

Drafted from the data of all domains, edited by staff, published with the figures of that moment, which never change
afterwards. Start at ``models``; figures are gathered in ``evaluation`` and ``accountability``.
"""
