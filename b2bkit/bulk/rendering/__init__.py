"""Rows through a webhook's Liquid: one context a row, rendered by worker processes.

`row` renders one row and checks what comes out; `worker` is the process that does it block by
block; `crew` starts workers and keeps the blocks in order; `webhook_rows` brings it all together.
Nothing here imports pyarrow where a worker would have to.
"""
