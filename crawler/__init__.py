"""Asks politely, reads, hands on, reports."""
