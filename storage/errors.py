"""Faults of storage, each with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from pathlib import Path


class StorageError(UserFacingError):
    """A fault in what is kept or in what is asked of it."""


class DatabaseUnusableError(StorageError):
    """The database cannot be opened or written."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"数据库 {where} 无法使用：{reason}。请检查磁盘空间、权限或连接后重试")


class BadAddressError(StorageError):
    """An address names no database: it cannot be read, or no driver for it is there."""

    def __init__(self) -> None:
        super().__init__(
            "数据库地址不可用。sqlite 请留空，PostgreSQL 请写 postgresql+psycopg://用户@主机/库名"
        )


class DatabaseBusyError(StorageError):
    """Another writer did not finish in time."""

    def __init__(self, where: str, seconds: float) -> None:
        super().__init__(
            f"数据库 {where} 正被占用，等待 {seconds:g} 秒仍未空出。请稍后重试，"
            "或检查是否有另一个方圆进程在运行"
        )


class SchemaTooNewError(StorageError):
    """The database was made by a newer release."""

    def __init__(self, where: str) -> None:
        super().__init__(f"数据库 {where} 由更新版本的方圆建立，本版本不能使用。请升级后再启动")


class ForeignDatabaseError(StorageError):
    """The database holds the tables of another program."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"数据库 {where} 里是其他程序的数据，方圆没有改动它。请在配置中改用一个空的数据库"
        )


class BackupError(StorageError):
    """A backup could not be made, is damaged, or cannot be put back."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"备份 {path} 不可用：{reason}。请换一份备份，或检查磁盘后重新备份")


class BackupUnwritableError(BackupError):
    """A backup, or the database made of one, cannot be written where it should lie."""

    def __init__(self, path: Path, reason: str) -> None:
        StorageError.__init__(self, f"{path} 没有写成：{reason}。请检查目录、权限和磁盘空间后重试")


class DamagedDatabaseError(BackupError):
    """What was to be backed up is damaged itself: a copy of it would not come back."""

    def __init__(self, where: str) -> None:
        StorageError.__init__(
            self,
            f"数据库 {where} 的文件已损坏，没有备份。请停止使用，保留这个文件，并恢复最近的备份",
        )


class WrongPassphraseError(BackupError):
    """An encrypted backup does not open: another passphrase, or a damaged file."""

    def __init__(self, path: Path) -> None:
        StorageError.__init__(
            self,
            f"备份 {path} 打不开：口令不对，或文件已损坏。请核对口令文件，仍打不开的请换一份备份",
        )


class TargetTakenError(StorageError):
    """A file stands where a backup or a restored database would be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 已存在，没有覆盖。请换一个位置，或先把原文件移走")


class BackupEngineError(StorageError):
    """Backups made here are of SQLite only."""

    def __init__(self) -> None:
        super().__init__(
            "backup、restore 只用于 SQLite；PostgreSQL 请用 pg_dump 和 pg_restore，"
            "还原后再运行 fangyuan ledger verify"
        )


class LedgerFileError(StorageError):
    """An exported ledger cannot be read or written at all."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"流水文件 {path} 无法读写：{reason}。请检查路径、权限和磁盘空间")


class ExportTargetError(StorageError):
    """An export would be written over something that is no earlier export of its kind."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"没有导出，{path} {reason}。请换一个文件名")


class NotTheChainError(StorageError):
    """A file was given to be checked that never was the chain file of an export."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(f"{path} 是{kind}，不能核验。请给出导出的流水（JSON 行）或数据库文件")


class HeadCopyError(StorageError):
    """The head of the ledger cannot be written into the second folder."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"流水校验值无法写入第二存放处 {folder}：{reason}。请检查挂载和权限，此后会自动补写"
        )


class HeadFileError(StorageError):
    """A file of heads cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"校验值文件 {path} 不可用：{reason}。请检查路径，或改用 --head 逐个给出")


class PassphraseError(StorageError):
    """A passphrase for backups cannot be used, or is needed and was not given."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"备份口令文件 {path} 不可用：{reason}。请把口令写在文件的第一行后重试")


class EncryptedBackupError(StorageError):
    """An encrypted backup was to be restored without its passphrase."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"备份 {path} 是加密的。请用 --decrypt 给出存有口令的文件")
