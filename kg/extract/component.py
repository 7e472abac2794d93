"""The extractor as a component of a spaCy pipeline: `nlp.add_pipe("kg")` sets `doc._.kg` to the Extraction.

The component stands behind a parser and a name finder, and works with what they found. `doc.user_data` may hold "id", "title" and
"published" of the article; without an id the hash of the text serves.
"""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg import ontology
from kg.extract.extractor import Extractor
from kg.extract.nlp import paragraphs_of
from kg.model import Document


@Language.factory("kg", assigns=["doc._.kg"], requires=["token.dep", "doc.ents"], default_config={"ontology": []})
def make(nlp: Language, name: str, ontology: list[str]) -> "Component":
    """The component; `ontology` lists Turtle files with relations of the user's own."""
    return Component(nlp, ontology)


class Component:
    """Reads each document that passes and leaves it otherwise as it is."""

    def __init__(self, nlp: Language, files: list[str]) -> None:
        if not Doc.has_extension("kg"):
            Doc.set_extension("kg", default=None)
        self._extractor = Extractor(ontology.load([Path(file) for file in files]), nlp)

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc._.kg`."""
        known = {key: doc.user_data.get(key) for key in ("id", "title", "published")}
        document = Document(str(known["id"] or ""), doc.text, known["title"], known["published"])
        if not document.id:
            document = Document(document.sha256, doc.text, known["title"], known["published"])
        doc._.kg = self._extractor.read(document, paragraphs_of(doc))
        return doc
