"""Identities evaluated, and what must be disclosed."""
