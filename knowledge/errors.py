"""Faults that a person reads: every error of the product builds one clear Chinese sentence."""

from __future__ import annotations


class UserFacingError(Exception):
    """What went wrong, where, and what to do, in one sentence; the command line exits with 2."""


class KnowledgeError(UserFacingError):
    """A fault in rules, points, periods, calendars or in what they are asked to compute."""
