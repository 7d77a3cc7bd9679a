from __future__ import annotations

from tests.support.campaign_desk import campaign_officer
from tests.support.notice_desk import desk_office
from tests.support.office_desk import intranet, office, template

__all__ = ["campaign_officer", "desk_office", "intranet", "office", "template"]
