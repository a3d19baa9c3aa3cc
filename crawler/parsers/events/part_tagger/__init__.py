"""Parts of events by trained taggers: conditional random fields over the words of a sentence
(CRFsuite), one for each part and language that it pays for.

What rules read there is a feature among others. Trained by
`python -m benchmarks.part_tagger_training`.
"""
