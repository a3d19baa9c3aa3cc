"""Words of pages, looked up in lines."""

from crawler.parsers.article.page_words import PageWords


def test_the_longer_of_words_that_begin_alike() -> None:
    listed = ["Read", "Read more", "READ MORE NOW", "Rest", "O'Read"]
    words = PageWords({"en": {"pages": {"related": listed}}})
    assert words.start("related", "read  more about tin") == "read  more"
    assert words.start("related", "Read morel") == "Read"
    assert words.start("related", "Read more now!") == "Read more now"
    assert words.start("related", "o’read it") == "o’read"
    assert words.start("related", "Reading") == ""
    assert words.start("related", "Re") == ""
