"""`python -m rembuk.ops`: where the rembuk script hands over."""

from rembuk.ops.commandline import main

if __name__ == "__main__":  # the processes of `serve` read this file again
    main()
