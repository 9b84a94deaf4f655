"""`python -m ipplan`."""

from ipplan.cli import main

main(prog_name="ipplan")
