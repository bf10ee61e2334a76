"""Copies on our own disk: WARC records made from the exchanges already held, and media files.

`warc.py` appends records to one file per run, `heads.py` and `records.py` say what stands in them, `mend.py` repairs
what a killed run left behind. `media.py` fetches videos and audio; `ytdlp.py` is the process that it starts for that,
`media_kinds.py` tells media addresses and media bytes from others, `media_proof.py` proves that a file is whole.
"""
