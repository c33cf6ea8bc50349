"""What can be wrong with a campaign or a Canvas before anybody launches it."""

from b2bkit.errors import B2bkitError


class CampaignError(B2bkitError):
    """Raised for a campaign or a Canvas that Braze could not have, or a file that declares one."""
