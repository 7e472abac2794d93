"""English is told from other languages."""

import pytest

from kg.readers.languages import language

ARTICLE = "Two people were killed when a bus fell into a river near Zenda on Friday, the police said. "


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ARTICLE, "en"),
        (ARTICLE.upper(), "en"),
        ("", "en"),
        ("Qassem Soleimani", "en"),
        ("1 2 3 4 5 6", "en"),
        (f"{ARTICLE * 3}„Wir wissen noch nichts“, sagte der Bürgermeister.", "en"),
        ("Zwei Menschen sind am Freitag bei Zenda ums Leben gekommen, als ein Bus in einen Fluss stürzte, teilte die Polizei mit.", "de"),
        ("Deux personnes sont mortes vendredi près de Zenda lorsqu'un autocar est tombé dans une rivière, a indiqué la police.", "fr"),
        ("Dos personas murieron el viernes cerca de Zenda cuando un autobús cayó a un río, informó la policía.", "es"),
        ("В пятницу недалеко от Зенды автобус упал в реку, погибли два человека, сообщила полиция города.", "ru"),
        ("قتل شخصان يوم الجمعة عندما سقطت حافلة في نهر بالقرب من زندا، حسبما أفادت الشرطة في المدينة", "ar"),
        (
            "警方表示，周五一辆公共汽车在曾达附近坠入河中，造成两人死亡，另有五人受伤，救援人员仍在现场搜寻失踪者，事故原因正在调查之中，市长随后赶到现场看望伤者。",
            "zh",
        ),
    ],
)
def test_the_language_of_a_text(text: str, code: str) -> None:
    assert language(text) == code
