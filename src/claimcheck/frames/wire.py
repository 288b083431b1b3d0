"""Frames between processes, through a pipe: nothing of a claim is written to a file.

A message is a line of JSON with the sizes of the frames that follow it, each in Arrow format.

>>> import io
>>> pipe = io.BytesIO()
>>> send(pipe, {"done": True}, [pl.DataFrame({"units": [1, 2]})])
>>> _ = pipe.seek(0)
>>> head, [frame] = receive(pipe)
>>> head, frame["units"].to_list(), receive(pipe)
({'done': True}, [1, 2], None)
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

import polars as pl

__all__ = ["receive", "send"]


def send(pipe: BinaryIO, head: dict[str, Any], frames: Iterable[pl.DataFrame] = ()) -> None:
    """Writes a message. BrokenPipeError if the reader is gone."""
    packed = [_packed(frame) for frame in frames]
    pipe.write(json.dumps({"head": head, "sizes": [len(one) for one in packed]}).encode() + b"\n")
    for one in packed:
        pipe.write(one)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[dict[str, Any], list[pl.DataFrame]] | None:
    """The next message; None if the other process has ended."""
    line = pipe.readline()
    if not line.endswith(b"\n"):
        return None
    content = json.loads(line)
    frames = []
    for size in content["sizes"]:
        packed = pipe.read(size)
        if len(packed) < size:
            return None
        frames.append(pl.read_ipc(packed))
    return content["head"], frames


def _packed(frame: pl.DataFrame) -> memoryview:
    stream = io.BytesIO()
    frame.write_ipc(stream, compat_level=pl.CompatLevel.newest())
    return stream.getbuffer()
