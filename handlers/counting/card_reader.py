"""Read what the ledger says of imports, patrols and the cards' days, of campaigns and trainings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.counting.facts import Held, Imported, Noted, Patrol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.counting.facts import Stamp

    Data = Mapping[str, Any]

HANDLING = ("accepted", "finished")
PUBLICATION = ("received", "effective", "due", "published")


class CardReader:
    """Gathers imports, patrols and notes of cards; what was taken back is known at the end."""

    def __init__(self) -> None:
        self.patrols: list[Patrol] = []
        self.imports: list[Imported] = []
        self.undone: set[int] = set()
        self.trainings: list[Held] = []
        self._campaigns: dict[str, Held] = {}
        self._handled: list[Noted] = []
        self._published: list[Noted] = []

    @property
    def handled(self) -> dict[str, Callable[[Stamp, str, Data], None]]:
        """What is done with an entry, by its act."""
        return {
            "patrolled": self._patrol,
            "imported": self._import,
            "import_undone": self._undo,
            "handling_noted": self._handling,
            "publication_noted": self._publication,
            "training_held": self._training,
            "campaign_started": self._start_campaign,
            "campaign_cancelled": self._cancel_campaign,
        }

    @property
    def campaigns(self) -> tuple[Held, ...]:
        """The campaigns, in the order they were started."""
        return tuple(self._campaigns.values())

    @property
    def noted_handling(self) -> tuple[Noted, ...]:
        """What imports that still stand say of handling times, the newest of each case."""
        return self._newest(self._handled)

    @property
    def noted_publication(self) -> tuple[Noted, ...]:
        """What imports that still stand say of publication, the newest of each case."""
        return self._newest(self._published)

    def _newest(self, noted: list[Noted]) -> tuple[Noted, ...]:
        return tuple(
            {one.case_no: one for one in noted if one.snapshot not in self.undone}.values()
        )

    def _patrol(self, stamp: Stamp, day: str, data: Data) -> None:
        del day
        self.patrols.append(
            Patrol(
                stamp,
                int(data["cases"]),
                data.get("by_type", {}),
                data.get("pending", {}),
                data.get("added", {}),
                data.get("snapshot"),
            )
        )

    def _import(self, stamp: Stamp, number: str, data: Data) -> None:
        kinds = tuple(one["kind"] for one in data["files"])
        day = date.fromisoformat(data["day"])
        self.imports.append(
            Imported(stamp, int(number), day, kinds, baseline=bool(data["baseline"]))
        )

    def _undo(self, stamp: Stamp, number: str, data: Data) -> None:
        del stamp, data
        self.undone.add(int(number))

    def _handling(self, stamp: Stamp, number: str, data: Data) -> None:
        self._handled += [_noted(stamp, number, one, HANDLING) for one in data["cases"]]

    def _publication(self, stamp: Stamp, number: str, data: Data) -> None:
        self._published += [_noted(stamp, number, one, PUBLICATION) for one in data["cases"]]

    def _training(self, stamp: Stamp, day: str, data: Data) -> None:
        del data
        self.trainings.append(Held(stamp, day))

    def _start_campaign(self, stamp: Stamp, number: str, data: Data) -> None:
        self._campaigns[number] = Held(stamp, number, int(data.get("drawn") or 0))

    def _cancel_campaign(self, stamp: Stamp, number: str, data: Data) -> None:
        del data
        known = self._campaigns.get(number)
        if known is not None:
            self._campaigns[number] = known._replace(cancelled=stamp)


def _noted(stamp: Stamp, number: str, one: Data, keys: tuple[str, ...]) -> Noted:
    days = {key: date.fromisoformat(one[key]) if one[key] else None for key in keys}
    return Noted(
        stamp,
        int(number),
        one["case_no"],
        one["case_type"],
        one["department"],
        days,
        state=one.get("state"),
        reasoned=bool(one.get("reasoned")),
        minor=bool(one.get("minor")),
    )
