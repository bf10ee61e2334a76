"""Cited videos and audio: their hosts, their files, and what is asked of both."""
