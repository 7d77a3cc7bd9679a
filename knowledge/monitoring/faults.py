"""What can be wrong with a file of points, campaigns, focus areas or risks, in one sentence."""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class MonitoringFileError(KnowledgeError):
    """A file is refused; names file, line, reason and what to do."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"监控设置 {name} 第 {line} 行：{reason}。请改正后重新启动")
        self.line = line
