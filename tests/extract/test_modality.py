"""Whether something happened: sentences, the word that is judged, and what the sentence says of it."""

from typing import TYPE_CHECKING

import pytest

from kg.extract.modality import Judgement, judge

if TYPE_CHECKING:
    from spacy.language import Language

ACTUAL = [
    ("The rebels attacked the village on Monday.", "attacked"),
    ("Not only did they attack the port, they burned it.", "attack"),
    ("The gunmen did not fail to kill the mayor.", "kill"),
    ("Why did the militia attack the convoy?", "attack"),
    ("The troops were sent to stop other attacks.", "attacks"),
    ("The group reportedly attacked the town.", "attacked"),
    ("The ministry said the rebels attacked the town.", "attacked"),
    ("According to officials, the rebels attacked the town.", "attacked"),
    ("The ministry accused the rebels of attacking the town.", "attacking"),
    ("The rebels managed to seize the airport.", "seize"),
    ("The army began to shell the town.", "shell"),
    ("The army continued shelling the town.", "shelling"),
    ("The mayor condemned the attack on the school.", "attack"),
    ("The mayor did not condemn the attack on the school.", "attack"),
    ("Police are investigating the killing of a judge.", "killing"),
    ("The city was quiet after the attack.", "attack"),
    ("The army fired rockets in response to the attack.", "attack"),
    ("The militia carried out an attack on the base.", "attack"),
    ("The minister confirmed that the general was killed.", "killed"),
    ("She is a spokeswoman for the ministry.", "spokeswoman"),
    ("The army attacked the town because the rebels killed a general.", "killed"),
    ("When the rebels attacked, the villagers fled.", "attacked"),
    ("The men who killed the mayor will be tried.", "killed"),
    ("The rebels attacked the base but did not kill the guards.", "attacked"),
    ("The strike, which killed nine, could start a war.", "killed"),
    ("Officials said they regret that the strike killed civilians.", "killed"),
    ("The envoy denied involvement in the attack.", "attack"),
    ("She was surprised to meet the king.", "meet"),
    ("The rebels were forced to leave the town.", "leave"),
    ("The rebels were able to take the town.", "take"),
    ("It was true that the rebels attacked the town.", "attacked"),
    ("The minister vowed to avenge the killing of the general.", "killing"),
    ("The rebels were accused of having killed the mayor.", "killed"),
    ("The series of attacks ended in May.", "attacks"),
    ("The group claimed responsibility for the attack.", "attack"),
    ("The leader said that attacks on the base would continue.", "attacks"),
]

NEGATED = [
    ("The rebels did not attack the village.", "attack"),
    ("The rebels never attacked the village.", "attacked"),
    ("No soldiers were killed in the raid.", "killed"),
    ("None of the hostages were injured.", "injured"),
    ("Neither side attacked the other.", "attacked"),
    ("Nobody was hurt in the blast.", "hurt"),
    ("The army denied killing the farmers.", "killing"),
    ("The army denied that it killed the farmers.", "killed"),
    ("The general refused to attack the town.", "attack"),
    ("The gunmen failed to kill the mayor.", "kill"),
    ("Police prevented the group from bombing the station.", "bombing"),
    ("Police stopped the man from entering the hall.", "entering"),
    ("Security forces foiled an attack on the embassy.", "attack"),
    ("The attack was averted.", "attack"),
    ("They left the city without firing a shot.", "firing"),
    ("There is no evidence that the militia killed him.", "killed"),
    ("There was no attack on the base.", "attack"),
    ("The attack on the base never happened.", "attack"),
    ("The rebels did not manage to seize the airport.", "seize"),
    ("The militia did not carry out an attack on the base.", "attack"),
    ("She is not a spokeswoman for the ministry.", "spokeswoman"),
    ("The army will not attack the city.", "attack"),
    ("The militia did not attack the base or kill the guards.", "kill"),
    ("The company avoided buying its rival.", "buying"),
    ("There are no plans to attack the country.", "attack"),
    ("The failed attack on the palace was led by a colonel.", "attack"),
    ("Instead of attacking the town, they withdrew.", "attacking"),
    ("The army no longer attacks the town.", "attacks"),
    ("The rebels were unable to take the town.", "take"),
    ("It is not true that the rebels attacked the town.", "attacked"),
    ("Nothing was destroyed in the fire.", "destroyed"),
    ("He was cleared of killing the guard.", "killing"),
    ("The company denied that it will buy its rival.", "buy"),
    ("The court said he had not killed his wife.", "killed"),
    ("The envoy met neither the king nor the queen.", "met"),
    ("The envoy met no one.", "met"),
]

POSSIBLE = [
    ("The army would attack the city.", "attack"),
    ("Iran will attack the base.", "attack"),
    ("The militia may have killed the journalist.", "killed"),
    ("The country could invade its neighbour.", "invade"),
    ("If the rebels attack the port, the army will respond.", "attack"),
    ("Unless they attack, we stay.", "attack"),
    ("Officials asked whether the militia attacked the convoy.", "attacked"),
    ("Did the militia attack the convoy?", "attack"),
    ("The group planned to bomb the embassy.", "bomb"),
    ("The group planned an attack on the embassy.", "attack"),
    ("The group threatened to kill the hostages.", "kill"),
    ("The leader called for an attack on the base.", "attack"),
    ("The leader called for attacks on the base.", "attacks"),
    ("Residents fear an attack by the militia.", "attack"),
    ("The mission warned of an imminent attack.", "attack"),
    ("Soldiers tried to storm the palace.", "storm"),
    ("They gathered to attack the convoy.", "attack"),
    ("He is believed to have killed the guard.", "killed"),
    ("He is suspected of killing the guard.", "killing"),
    ("The alleged attack shocked the town.", "attack"),
    ("The group allegedly attacked the town.", "attacked"),
    ("The plan to attack the port was found.", "attack"),
    ("The threat of an attack remains.", "attack"),
    ("The risk of war is high.", "war"),
    ("He survived an assassination attempt.", "assassination"),
    ("The militia wants to carry out an attack on the base.", "attack"),
    ("The minister did not confirm that the general was killed.", "killed"),
    ("She could become president.", "president"),
    ("The militia wants to attack the base and kill the guards.", "kill"),
    ("The company considered buying its rival.", "buying"),
    ("President to visit Rome", "visit"),
    ("The order to attack came at dawn.", "attack"),
    ("The group offered to release the hostages.", "release"),
    ("He was charged with killing his neighbour.", "killing"),
    ("A suspected bomber was shot.", "bomber"),
    ("Attack the city now!", "Attack"),
    ("The envoy did not rule out an attack.", "attack"),
    ("It is unlikely that the rebels attacked the town.", "attacked"),
    ("He hopes the army will win.", "win"),
    ("The army did not deny the attack.", "attack"),
    ("It is possible that the rebels attacked the town.", "attacked"),
    ("The minister vowed to avenge the killing of the general.", "avenge"),
    ("The army says the base is a legitimate target for attack.", "attack"),
    ("In the event of an attack, sirens will sound.", "attack"),
    ("The court did not say he killed his wife.", "killed"),
    ("He was arrested before he could attack the church.", "attack"),
    ("The general ordered the army to attack the city.", "attack"),
    ("Thousands of people should visit the museum.", "visit"),
    ("The two countries must sign the treaty.", "sign"),
    ("It would be an attack on our country.", "attack"),
]

CUES = [
    ("The army did not attack the city.", "attack", ["not"]),
    ("The army may attack the city.", "attack", ["may"]),
    ("The army refused to attack the city.", "attack", ["refused"]),
    ("The plan to attack the city was found.", "attack", ["plan"]),
    ("The army attacked the city.", "attacked", []),
]


def judged(nlp: "Language", text: str, word: str) -> Judgement:
    """The judgement of the first token that is the word."""
    return judge(next(t for t in nlp(text) if t.text == word))


@pytest.mark.parametrize(("text", "word"), ACTUAL)
def test_it_happened(nlp: "Language", text: str, word: str) -> None:
    assert judged(nlp, text, word).modality == "actual", f"{word!r} happened in: {text}"


@pytest.mark.parametrize(("text", "word"), NEGATED)
def test_it_is_said_not_to_have_happened(nlp: "Language", text: str, word: str) -> None:
    assert judged(nlp, text, word).modality == "negated", f"{word!r} did not happen in: {text}"


@pytest.mark.parametrize(("text", "word"), POSSIBLE)
def test_it_may_or_may_not_have_happened(nlp: "Language", text: str, word: str) -> None:
    assert judged(nlp, text, word).modality == "possible", f"{word!r} is left open in: {text}"


@pytest.mark.parametrize(("text", "word", "cues"), CUES)
def test_cues_are_the_words_that_made_it_so(nlp: "Language", text: str, word: str, cues: list[str]) -> None:
    assert [t.text for t in judged(nlp, text, word).cues] == cues, f"of {word!r} in: {text}"
