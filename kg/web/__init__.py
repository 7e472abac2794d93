"""The store over HTTP: a SPARQL endpoint, the Graph Store Protocol for reading, and pages for people.

The server's own process speaks HTTP and never touches the store: each question is answered by one of a few worker processes,
which can be ended when a question takes too long, needs too much memory, or nobody waits for it any more.
"""
