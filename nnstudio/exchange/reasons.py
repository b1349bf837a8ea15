"""Why a disk refused, in words instead of the system's codes."""

import errno

from nnstudio.i18n import QT_TRANSLATE_NOOP, translate

REASONS = {
    errno.ENOENT: QT_TRANSLATE_NOOP("Reason", "it isn't there"),
    errno.EACCES: QT_TRANSLATE_NOOP("Reason", "permission denied"),
    errno.EPERM: QT_TRANSLATE_NOOP("Reason", "permission denied"),
    errno.EROFS: QT_TRANSLATE_NOOP("Reason", "the disk can only be read"),
    errno.ENOSPC: QT_TRANSLATE_NOOP("Reason", "the disk is full"),
    errno.EDQUOT: QT_TRANSLATE_NOOP("Reason", "the disk is full"),
    errno.EISDIR: QT_TRANSLATE_NOOP("Reason", "it is a folder"),
    errno.ENOTDIR: QT_TRANSLATE_NOOP("Reason", "a part of the path is not a folder"),
    errno.ENAMETOOLONG: QT_TRANSLATE_NOOP("Reason", "the name is too long"),
    errno.EIO: QT_TRANSLATE_NOOP("Reason", "the disk reports an error"),
}


def reason(error: OSError) -> str:
    """Return why it failed, as a part of a sentence."""
    if error.errno in REASONS:
        return translate("Reason", REASONS[error.errno])
    return error.strerror or type(error).__name__
