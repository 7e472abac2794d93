"""The graph: the RDF of what documents say, its store, questions, facts, shapes and network."""
