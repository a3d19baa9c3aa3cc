"""Trained parameters made anew from labelled pages, and compared with those in use."""
