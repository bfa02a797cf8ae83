"""`python -m rembuk.ops`: where the rembuk script hands over."""

from rembuk.ops.commandline import main

main()
