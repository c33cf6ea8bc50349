"""Open JupyterLab on the notebooks: lay them down (`materials`), start the server (`jupyter`)."""

from b2bkit.lab.jupyter import open_lab
from b2bkit.lab.materials import Laid, lay_down

__all__ = ["Laid", "lay_down", "open_lab"]
