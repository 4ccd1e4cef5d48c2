"""The two detectors' networks, loaded once a process and only when a face is first looked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import onnxruntime

WEIGHTS = Path(__file__).resolve().parent.parent / "weights"

# An ONNX file is a protobuf. In its input's shape a fixed length is `08 <length>`, a named, free
# one `12 <size of name> <name>`; written with the same number of bytes nothing else has to move.
_FREED = {
    "face_detection_yunet_2023mar.onnx": (
        # height 640, width 640 become H, W
        b"\x0a\x03\x08\x80\x05\x0a\x03\x08\x80\x05",
        b"\x0a\x03\x12\x01H\x0a\x03\x12\x01W",
    ),
    "centerface.onnx": (
        # 10 pictures of 3 colours by 32 by 32; all but the colours become free, without a name
        b"\x0a\x02\x08\x0a\x0a\x02\x08\x03\x0a\x02\x08\x20\x0a\x02\x08\x20",
        b"\x0a\x02\x12\x00\x0a\x02\x08\x03\x0a\x02\x12\x00\x0a\x02\x12\x00",
    ),
}


def model(name: str) -> bytes:
    """The model `name` of the weights folder, with the size of its input left open.

    Raises RuntimeError if the file is not the one these bytes were read from.
    """
    fixed, free = _FREED[name]
    graph = (WEIGHTS / name).read_bytes()
    if graph.count(fixed) != 1:
        raise RuntimeError(f"{name} is not the model that was shipped.")
    return graph.replace(fixed, free)


@cache
def session(name: str) -> onnxruntime.InferenceSession:
    """A session of one thread on the processor; several of them side by side do not fight."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    # Intermediate shapes in the file are those of 640 by 640: each run would warn about them.
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model(name), options, providers=["CPUExecutionProvider"])


def prepare() -> None:
    """Load both networks now, so that processes forked later need not."""
    for name in _FREED:
        session(name)
