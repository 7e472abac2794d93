"""Who is who: names compared (keys, names), and ids that are the same in every document (resolve)."""
