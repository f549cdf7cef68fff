"""Where results go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO


class OutputError(Exception):
    """The output cannot be written where it should be; the message is one line."""


@contextlib.contextmanager
def writable(path: Path | None) -> Iterator[TextIO]:
    """Standard output as UTF-8 without a ``path``, else a file that gets its name only once it is
    whole; what had the name before stays until then. OutputError when ``path`` cannot be written.
    """
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        yield sys.stdout
        return
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file in it")
    try:
        if path.exists() and not path.is_file():
            device = path.open("w", encoding="utf-8")
        else:
            device = None
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    except OSError as error:
        why = f"{error.strerror or error}; choose another place"
        raise OutputError(f"{path} cannot be written: {why}") from None
    if device is not None:
        # A pipe or a device has no place to keep half a file out of sight.
        with device:
            yield device
        return
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
