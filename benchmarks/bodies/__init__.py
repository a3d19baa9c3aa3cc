"""Names of bodies (ministries, associations, firms) in labelled pages, judged and learnt from.

`tagger` judges what is found. What the taggers learn from: `labelled_bodies` of pages, and
`tagger_sentences` with names of `made_up_bodies`.
"""
