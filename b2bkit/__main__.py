"""Let `python -m b2bkit` be the `b2bkit` command."""

from b2bkit.cli import main

main(prog_name="b2bkit")
