"""The build for many articles: shards of them are read by many processes, of this machine or of a Ray cluster, then joined and loaded.

What is done lies in a folder, so that a build that was interrupted goes on where it stopped. The graph is the same, byte for byte, as
that of one process.
"""
