"""What Braze documents, as data: each fact with Braze's page and its date. Look-up, no logic."""
