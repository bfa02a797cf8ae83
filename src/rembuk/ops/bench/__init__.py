"""`./rembuk bench`: what pages, votes and the database cost, as ratios within one run on one machine.

Here: filled sites (``sites``), the programs that make the load (``tools``), CPU and memory of processes (``processes``),
the served site (``server``), what is measured (``readers``, ``writers``, ``storm``, ``growth``), and the table (``table``).
``running`` is the command; it begins before Django, since each site has a database of its own. What needs Django runs
as `./rembuk manage bench PART` with the settings of a site (``inside``). No figure is ever asserted; drift of tallies is.
"""
