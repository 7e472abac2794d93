"""The clock, the time zone, the locale and the seed of hashes: the same bytes whatever they are."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
INPUTS = {
    "mail.eml": "From: desk@agency.example\nSubject: Talks in Zenda\nDate: Thu, 09 Jan 2020 23:30:00 -0800\n\n"
    "Iran attacked Iraq on Wednesday, officials said. İbrahim Yılmaz met Anna Vogel in Zenda yesterday.\n",
    "table.csv": 'id,text,date\n1,"Russia attacked Ukraine two days ago. Talks will begin in Berlin tomorrow.","March 3, 2020"\n'
    '2,"Germany sanctioned Russia last month. China condemned Japan on Friday.",\n',
}
EXPORTS = ("g.nq", "g.ttl", "g.graphml", "g.events.csv", "g.csv.zip", "g.sqlite")
# A build and what can be made of it, as a program that sets the locale and whose clock is wrong.
PROGRAM = """
import datetime, hashlib, json, locale, sys, time
from pathlib import Path

now, asked, exports = json.loads(sys.argv[1])
began, real = time.time(), time.time
time.time = lambda: real() - began + now
time.time_ns = lambda: int(time.time() * 1e9)


class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    today = utcnow = now


datetime.date, datetime.datetime = Day, Moment
try:
    locale.setlocale(locale.LC_ALL, asked)
except locale.Error:  # not installed
    pass

from typer.testing import CliRunner
from kg.cli import app

made = {}
verbs = {file: ["export", file] for file in exports} | {"facts.json": ["facts", "--format", "json"], "incidents": ["incidents"]}
for file, words in {"": ["build", "../in", "--store", "s"], **verbs}.items():
    done = CliRunner().invoke(app, words, env={"KG_STORE": "s", "COLUMNS": "200"})
    assert done.exit_code == 0, (words, done.output, done.exception)
    if file:
        made[file] = hashlib.sha256(Path(file).read_bytes() if Path(file).exists() else done.stdout_bytes).hexdigest()
print(json.dumps(made))
"""
SURROUNDINGS = {
    "1970": (100, "de_DE.UTF-8", {"TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "1"}),
    "2100": (4_102_444_800, "tr_TR.UTF-8", {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "1", "PYTHONHASHSEED": "2"}),
}


def test_what_is_written_tells_nothing_of_where_and_when(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in INPUTS.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")

    def made(name: str) -> dict[str, str]:
        now, asked, environment = SURROUNDINGS[name]
        (tmp_path / name).mkdir()
        given = [sys.executable, "-c", PROGRAM, json.dumps([now, asked, EXPORTS])]
        keep = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LOCPATH")}
        done = subprocess.run(given, cwd=tmp_path / name, env={**keep, **environment, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    with ThreadPoolExecutor() as pool:
        one, other = pool.map(made, SURROUNDINGS)
    assert len(one) == len(EXPORTS) + 2
    assert one == other
