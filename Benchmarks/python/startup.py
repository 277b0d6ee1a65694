"""Imports the client, as every script of this kind does first."""

import temporalio.client  # noqa: F401
