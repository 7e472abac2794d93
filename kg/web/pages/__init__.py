"""The pages, each the same data as HTML for people, as JSON, and as RDF."""
