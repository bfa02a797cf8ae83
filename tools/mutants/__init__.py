"""Small faults put into a copy of the project one at a time, to see that the suite notices each: `./rembuk mutants`.

`faults/*.toml` holds the list, one file an area; `faults.py` reads it, `trees.py` makes the copies, `running.py` puts
the faults in and asks the tests, `results.py` remembers what was found. Nothing here touches the checkout itself.
"""
