"""Imports the client, as every script of this kind does first."""

import os

import temporalio.client  # noqa: F401

# As the other scripts end; see ending.py.
os._exit(0)
