"""Boxes become ways through a clip, and what is covered is never less than where a face may be."""

import pytest

from belisha.photos.imaging.box import Box
from belisha.photos.imaging.film.joining import GAP, Joiner
from belisha.photos.imaging.film.track import HOLD, Point, Track, rows_of, thinned, track_of

SIDE = 0.1


def at(x, y=0.4):
    return Box(x, y, SIDE, SIDE)


def joined(*frames, step=100):
    """What comes of these frames, each a list of boxes, or None for a new scene."""
    joiner, cut, number = Joiner(), False, 0
    for boxes in frames:
        if boxes is None:
            cut = True
            continue
        joiner.add(number * step, [(box, 0.9) for box in boxes], cut=cut)
        number, cut = number + 1, False
    return list(joiner.tracks().values())


def holds(cover, box):
    return cover is not None and cover.shared(box) == pytest.approx(box.area)


def test_a_face_that_moves_is_one_way():
    (track,) = joined(*[[at(0.1 + 0.03 * number)] for number in range(10)])
    assert (track.starts, track.ends) == (0, 900)
    assert track.box_at(450).x == pytest.approx(0.235, abs=0.01)


def test_two_faces_side_by_side_are_two_ways():
    tracks = joined(*[[at(0.1), at(0.6)] for _ in range(5)])
    assert [round(track.points[0].box.x, 1) for track in tracks] == [0.1, 0.6]


def test_a_face_out_of_sight_for_a_moment_is_covered_from_where_it_was_to_where_it_is():
    frames = [[at(0.2)]] * 3 + [[]] * 4 + [[at(0.24)]] * 3
    (track,) = joined(*frames)
    for moment in (300, 450, 650):
        assert holds(track.cover_at(moment), at(0.2).union(at(0.24)))


def test_a_face_that_is_gone_for_long_comes_back_as_another_way():
    frames = [[at(0.2)]] * 3 + [[]] * (GAP // 100 + 1) + [[at(0.2)]] * 3
    assert len(joined(*frames)) == 2


def test_a_new_scene_ends_every_way():
    assert len(joined([at(0.2)], [at(0.2)], None, [at(0.2)], [at(0.2)])) == 2


def test_where_two_faces_meet_nobody_is_taken_for_the_other():
    frames = [[at(0.2 + 0.02 * number), at(0.6 - 0.02 * number)] for number in range(18)]
    assert len(joined(*frames)) > 2


def test_when_the_camera_moves_all_faces_are_followed():
    joiner = Joiner()
    for number in range(6):
        boxes = [(at(0.1 + 0.09 * number), 0.9), (at(0.25 + 0.09 * number), 0.9)]
        joiner.add(number * 40, boxes, went=(0.09, 0.0) if number else (0.0, 0.0))
    assert len(joiner.tracks()) == 2


def test_what_was_seen_once_and_vaguely_is_not_shown_to_a_person():
    joiner = Joiner()
    joiner.add(0, [(at(0.2), 0.4)])
    assert not joiner.tracks()


def test_a_cover_begins_before_and_ends_after_and_grows_there():
    track = Track((Point(2000, at(0.4)), Point(3000, at(0.4))))
    before = track.cover_at(2000 - HOLD)
    assert holds(before, at(0.4))
    assert before.area > at(0.4).area
    assert holds(track.cover_at(3000 + HOLD), at(0.4))
    assert track.cover_at(2000 - HOLD - 1) is None
    assert track.cover_at(3000 + HOLD + 1) is None


def test_a_cover_reaches_where_the_face_is_just_before_and_just_after():
    track = Track((Point(0, at(0.1)), Point(1000, at(0.8))))
    cover = track.cover_at(500)
    for moment in (440, 500, 560):
        assert holds(cover, track.box_at(moment))


def test_points_that_say_nothing_are_left_out_and_the_way_stays():
    points = [Point(number * 40, at(0.1 + 0.002 * number)) for number in range(50)]
    kept = thinned(points)
    assert len(kept) < 5
    track = Track(kept)
    assert all(track.box_at(one.at).overlap(one.box) > 0.9 for one in points)


def test_a_way_is_moved_cut_and_held_by_hand():
    track = Track((Point(0, at(0.1)), Point(1000, at(0.3))))
    assert track.through(500, at(0.6)).box_at(500) == at(0.6)
    assert track.through(1500, at(0.6)).ends == 1500
    shorter = track.between(250, 750)
    assert (shorter.starts, shorter.ends) == (250, 750)
    assert shorter.points[0].box.x == pytest.approx(0.15)
    assert track.between(0, 2000).box_at(1900) == at(0.3)
    assert track_of(rows_of(track)) == track
