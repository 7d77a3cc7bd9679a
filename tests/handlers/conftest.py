from __future__ import annotations

from tests.support.office_desk import intranet, office, template

__all__ = ["intranet", "office", "template"]
