"""The working memory of one document while it is read; nothing of it leaves the extractor."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.entities import Cluster
from kg.extract.frames import Found
from kg.extract.mentions import Markable
from kg.extract.nlp import Paragraph
from kg.extract.nominals import Participants
from kg.extract.quotes import Quotation
from kg.model import Document, Span


@dataclass(eq=False, slots=True)
class Reading:
    """Paragraphs with their names, predicates and quotations; clusters grow as coreference goes on.

    `names[p]` maps token indices of paragraph p to the name that covers them, `referents[p]` the indices of pronouns and of heads
    of descriptions to what they stand for.
    """

    document: Document
    paragraphs: list[Paragraph]
    names: list[dict[int, Markable]]
    predicates: list[list[Found]]
    quotations: list[Quotation]
    clusters: list[Cluster] = field(default_factory=list)
    referents: list[dict[int, Markable]] = field(default_factory=list)
    participants: Participants = field(default_factory=Participants)

    def span(self, paragraph: int, start: int, end: int) -> Span:
        """The document span of tokens [start, end) of a paragraph, with the words as they stand in the document."""
        doc, offset = self.paragraphs[paragraph].doc, self.paragraphs[paragraph].start
        first, last = doc[start], doc[end - 1]
        begin, stop = offset + first.idx, offset + last.idx + len(last)
        return Span(begin, stop, self.document.text[begin:stop])

    def sentence(self, paragraph: int, token: Token) -> Span:
        """The document span of a token's sentence, white space around it left out."""
        sentence = token.sent
        start, end = sentence.start, sentence.end
        while end - 1 > start and sentence.doc[end - 1].is_space:
            end -= 1
        while start < end - 1 and sentence.doc[start].is_space:
            start += 1
        return self.span(paragraph, start, end)
