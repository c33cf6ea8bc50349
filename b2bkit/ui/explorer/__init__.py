"""The Explorer: choose a use case, fill in names and fields, look at the request, send it.

`draft` and `look` are pure: what was chosen and typed, and what it comes to. `target` and `sending`
hold where it goes, with which key, and what came of it. `model` joins the two for the view. The
view is one module for each step: `choose`, `fill`, `review`, `send`, put together in `view`. What
they say is worked out without widgets too: `notes`, `outcome`, `results`.
"""
