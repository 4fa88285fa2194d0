"""A list under a film's name opens no other file, whatever its ending.

Beside each lies a canary, a real clip of one flat colour: were it opened by way of the list, the
colour would be in a frame.
"""

import av
import numpy as np
import pytest

from firsthand.errors import UnreadableMedia
from firsthand.media import examine
from firsthand.sandbox import Box

ENDINGS = (
    ".mp4", ".mkv", ".mov", ".ts", ".txt", ".avi", ".webm", ".m3u8", ".ffconcat", ".mpd", ".sdp",
    ".jpg", ".wav", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def box():
    with Box() as one:
        yield one


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    path = tmp_path_factory.mktemp("case") / "CANARY.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            flat = np.full((64, 64, 3), (250, 10, 200), dtype=np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(flat, format="rgb24")))
        out.mux(stream.encode())
    return path


def lists(canary):
    return {
        "ffconcat": f"ffconcat version 1.0\nfile '{canary.name}'\n",
        "ffconcat, whole path": f"ffconcat version 1.0\nfile '{canary}'\n",
        "HLS": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{canary.name}\n#EXT-X-ENDLIST\n",
        "HLS, concat": f"#EXTM3U\n#EXTINF:9,\nconcat:{canary}|{canary}\n#EXT-X-ENDLIST\n",
        "DASH": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period>'
        f"<AdaptationSet><Representation><BaseURL>{canary}</BaseURL></Representation>"
        "</AdaptationSet></Period></MPD>",
        "SDP": "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video 9 RTP/AVP 96\r\n",
        "SDP, late": "s=x\r\nc=IN IP4 127.0.0.1\r\nm=video 9 RTP/AVP 96\r\n",
        "bare name": f"{canary.name}\n",
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_refused_for_every_ending(box, canary, ending):
    for what, text in lists(canary).items():
        path = canary.with_name(f"evidence{ending}")
        path.write_text(text)
        with pytest.raises(UnreadableMedia) as caught:
            examine(path, box)
        assert "CANARY" not in str(caught.value) + str(caught.value.details), what
        if "late" not in what and "bare" not in what:
            assert "would open other files" in caught.value.message, what


def test_the_trick_would_work_elsewhere(canary, tmp_path):
    """So that the test above cannot pass by a list that nobody could open."""
    path = canary.with_name("trick.mp4")
    path.write_text(f"ffconcat version 1.0\nfile '{canary.name}'\n")
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert abs(int(frame[32, 32, 0]) - 250) < 12


def test_a_film_that_refers_to_another_gives_none_of_it(box, canary):
    """QuickTime can point to its samples in another file (`dref`): FFmpeg is not let to follow."""
    data = bytearray(canary.read_bytes())
    at = data.index(b"url \x00\x00\x00\x01")
    data[at : at + 8] = b"alis\x00\x00\x00\x00"
    path = canary.with_name("refers.mov")
    path.write_bytes(bytes(data))
    try:
        found = examine(path, box)
    except UnreadableMedia:
        return
    assert found.media.sha256 != examine(canary, box).media.sha256


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.mp4", "'; rm -rf ~.mp4", '"quoted".mp4', "-rf.mp4", "$(reboot).mp4", "`id`.mp4",
        "=HYPERLINK(1).mp4", "<script>alert(1)</script>.mp4".replace("/", "_"), "a\u202e4pm.exe",
        "a%d.mp4", "concat:a|b.mp4", "subfile,,start,0,,:x.mp4", "\udcff\udcfe.mp4", "x" * 250,
        "a\x1b[31m.mp4", "http:x.mp4", " .mp4", "file:a.mp4", "pipe:0", "..mp4", "CON", "a*.mp4",
        "a?.mp4", "\u0000".replace("\u0000", "nul.mp4"), "@listfile.mp4", "%s%n.mp4", "a\tb.mp4",
        "a\\b.mp4", "\u2028.mp4", "emoji\U0001f525.mp4",
    ],
)  # fmt: skip
def test_names_are_never_read(box, canary, name):
    path = canary.with_name(name)
    path.write_bytes(canary.read_bytes())
    found = examine(path, box)
    assert found.media.sha256 == examine(canary, box).media.sha256
    assert name not in found.record.canonical().decode()
