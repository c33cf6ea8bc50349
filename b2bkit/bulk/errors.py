"""What can keep a bulk update from being planned or run."""

from b2bkit.errors import B2bkitError


class BulkError(B2bkitError):
    """Root of the errors of this room."""


class FileProblem(BulkError):  # noqa: N818 - the room says what happened
    """Raised for a file that cannot be read as a table: header, encoding, compression."""


class PlanProblem(BulkError):  # noqa: N818 - the room says what happened
    """Raised for an option of a plan that cannot be: a column that is not there, a wrong type."""


class FileChanged(BulkError):  # noqa: N818 - the room says what happened
    """Raised when the file is no longer the one that was planned; nothing of it is given out."""


class RunProblem(BulkError):  # noqa: N818 - the room says what happened
    """Raised when a run cannot be started or taken up: its folder, its options, the findings."""


class FindingsStop(RunProblem):
    """Raised when a webhook has errors, and nobody said to send nevertheless."""


class LedgerProblem(BulkError):  # noqa: N818 - the room says what happened
    """Raised when a run's ledger cannot be read or written, as when the disk is full."""
