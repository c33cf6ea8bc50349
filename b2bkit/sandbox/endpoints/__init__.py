"""The endpoints that the sandbox emulates, one module per family; `registry` lists them."""
