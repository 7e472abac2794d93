"""kg: knowledge graphs from news, in which every triple points to the sentence that proves it."""

__version__ = "0.1.0"
