"""How a site is started on this machine: the demo, the suite, the address, the compiled texts."""
