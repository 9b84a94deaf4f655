"""`python -m ipplan`."""

from ipplan.cli import main

if __name__ == "__main__":
    main(prog_name="ipplan")
