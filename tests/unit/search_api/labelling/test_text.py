from __future__ import annotations

from indexer.records.labels import Labels, Mark
from search_api.labelling.text import stretches


def test_the_whole_text_is_shown_with_its_innermost_marks() -> None:
    labels = Labels("0a", "The Ore Forum of Ore AG.").with_marks(
        [Mark("event", 4, 23), Mark("none", 17, 23), Mark("none", 4, 7)]
    )
    found = list(stretches(labels))
    assert "".join(stretch.text for stretch in found) == labels.text
    assert [(s.text, s.mark and s.mark.kind, s.ends) for s in found] == [
        ("The ", None, ()),
        ("Ore", "none", (1,)),
        (" Forum of ", "event", ()),
        ("Ore AG", "none", (0, 2)),
        (".", None, ()),
    ]


def test_a_text_without_marks_is_one_stretch() -> None:
    assert [s.text for s in stretches(Labels("0a", "Nothing here."))] == ["Nothing here."]
    assert list(stretches(Labels("0a", ""))) == []
