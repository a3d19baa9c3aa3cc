"""What is read on single pages, judged and learnt from.

Judged, beside other programs: `text` and its child process `article_readers`, `kinds`, `authors`,
`publication_dates` and `publication` (days of publication), `dates` (in running text), `paging`
(which link leads to the next page of a list), `reading` (time and memory).

Where labels come from: `corpora` reads corpora of real pages; `labelled_kinds`, `labelled_authors`
and `labelled_dates` are what trainers learn from and benchmarks score on. `crosswise` grows trees
and judges them on hosts that they have not seen, for the trainers of kinds, authors and dates.
"""
