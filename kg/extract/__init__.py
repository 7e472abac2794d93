"""From text to claims. spaCy is known in this folder and nowhere else."""

from kg.extract.extractor import Extractor

__all__ = ["Extractor"]
