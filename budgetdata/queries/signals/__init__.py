"""Signals on performance targets: named rules that anyone can run again."""
