"""Whatever comes in by the command line: one clear sentence, the right exit code, nothing half done, and the rest of the batch goes in."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qcode.store.format import APPLICATION_ID, FORMAT
from tests.exchange.importers.pdf_parts import write_pdf
from tests.scenarios.command_line import Said, ask, content_hash, do, say, write_csv

ROOT = Path(__file__).parents[2]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'

WITHOUT_ROOT = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a source, codes, a case, a coding and a reading."""
    folder = tmp_path_factory.mktemp("template")
    project = folder / "P.qcode"
    (folder / "note.txt").write_text("Trainers were paid late.\n\nThe mayor backed the centre. Trainers left.\n", encoding="utf-8")
    do("new", project, "--title", "Centres")
    do("import", project, folder / "note.txt", "--case", "Kyrgyzstan")
    do("codebook", "import", project, write_csv(folder / "codes.csv", ["code", "parent"], [["Late payment", "Constraints"]]))
    do("codings", "import", project, write_csv(folder / "c.csv", ["source", "quote", "code"], [["note.txt", "paid late", "Late payment"]]))
    do("read", project, "--coder", "Aida", "--source", "note.txt", "--status", "finished")
    return project


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    """A copy of it in a folder of its own."""
    return Path(shutil.copy(template, tmp_path / "P.qcode"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where what comes in lies."""
    made = tmp_path / "in"
    made.mkdir()
    return made


def one_sentence(said: Said) -> str:
    """The one line a refused command says, which is for a person."""
    assert said.code == 1
    assert said.out == ""
    assert len(said.sentences) == 1, said.err
    return clear(said.sentences[0])


def refused_as_a_whole(said: Said, reason: str) -> None:
    """`--strict`: every refusal is listed, and that nothing went in is said last."""
    assert (said.code, said.out) == (1, "")
    assert [reason in clear(sentence) for sentence in said.sentences] == [True, True]
    assert said.sentences[-1].startswith("Nothing was imported, because of ")


def clear(sentence: str) -> str:
    """`sentence`, if it is one that a person can act on."""
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert sentence.splitlines() == [sentence]
    for jargon in ("Traceback", "Error", "Exception", "errno", "None", "Please", "!"):
        assert jargon not in sentence
    return sentence


# What comes as a source.


def docx(path: Path, before: str = "", inside: str = "words", **more: bytes) -> Path:
    """A Word document with something before its root, and other parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        text = f"<w:p><w:r><w:t>{inside}</w:t></w:r></w:p>"
        archive.writestr("word/document.xml", f'{before}<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>')
        for name, data in more.items():
            archive.writestr(name, data)
    return path


def truncated(path: Path) -> Path:
    docx(path, inside="words " * 5_000)
    path.write_bytes(path.read_bytes()[:400])
    return path


def zip_bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as entry:
        for _ in range(600):
            entry.write(bytes(1_000_000))
    return path


def leading_out(path: Path) -> Path:
    return docx(path, **{"../../escaped.xml": b"<a/>"})


def written(data: bytes) -> Callable[[Path], Path]:
    def build(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return build


BAD_SOURCES: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "truncated Word document": ("a.docx", truncated, "is damaged or not a Word document"),
    "zip bomb of 600 MB": ("a.docx", zip_bomb, "would unpack to 600 MB"),
    "entity bomb in Word": ("a.docx", lambda path: docx(path, BOMB, "&l9;"), "declares XML entities"),
    "external entity in Word": ("a.docx", lambda path: docx(path, OUTSIDE, "&l9;"), "declares XML entities"),
    "names that lead out of a Word file": ("a.docx", leading_out, "whose name leads out of the file"),
    "XML with an entity bomb": ("a.xml", written(f"{BOMB}<w>&l9;</w>".encode()), "has the ending .xml, which qcode does not read"),
    "deeply nested html": ("a.html", written(b"<div>" * 100_000 + b"a"), "is nested too deeply"),
    "picture named .txt": ("a.txt", written(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "is a PNG picture, not text"),
    "picture named .docx": ("a.docx", written(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "is a PNG picture, not a Word document"),
    "NUL": ("a.txt", written(b"one\ntwo\0three.\n"), "holds a NUL character (line 2)"),
    "empty": ("a.txt", written(b""), "is empty (0 bytes)"),
    "blanks": ("a.txt", written(b" \n\n\t"), "holds no text, only blanks"),
    "PDF with a password": ("a.pdf", lambda path: write_pdf(path, [["Secret words."]], lock=True), "is protected by a password"),
    "truncated PDF": ("a.pdf", written(b"%PDF-1.4\n1 0 obj\n<< /Type"), "is damaged"),
    "project of qcode": ("a.qcode", written(b"SQLite format 3\0"), "has the ending .qcode, which qcode does not read"),
    "old Word": ("a.doc", written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "is a .doc file"),
    "no ending": ("README", written(b"words"), "has no ending that says what it is"),
}


@pytest.mark.parametrize("kind", BAD_SOURCES)
def test_a_bad_file_is_refused_and_the_good_one_beside_it_goes_in(project: Path, folder: Path, kind: str) -> None:
    name, build, reason = BAD_SOURCES[kind]
    bad = build(folder / name)
    before = content_hash(project)
    alone = say("import", project, bad, "--json")
    assert (alone.code, alone.document["imported"], [one["path"] for one in alone.document["refused"]]) == (0, [], [str(bad)])
    sentence = clear(alone.document["refused"][0]["reason"])
    assert name in sentence
    assert reason in sentence
    assert alone.sentences == [f"{bad}: {sentence}"]
    assert content_hash(project) == before
    (folder / "good.txt").write_text("Good words.", encoding="utf-8")
    refused_as_a_whole(say("import", project, folder, "--strict"), reason)
    assert content_hash(project) == before
    together = ask("import", project, folder)
    assert (together["imported"], len(together["refused"])) == (["good.txt"], 1)
    content_hash(project)
    assert not (folder.parent / "escaped.xml").exists()


ACCEPTED = {
    "one line of 10 MB": ("long.txt", b"word " * 1_999_999 + b"over.", 10_000_000, "word over"),
    "UTF-16": ("utf16.txt", "Тренерам платили поздно.\r\nДа.".encode("utf-16"), 28, "Тренерам"),
    "cp1251": ("cp1251.txt", "Тренерам платили поздно.\r\nДа.".encode("cp1251"), 28, "Тренерам"),
    "UTF-8 with a mark": ("bom.txt", b"\xef\xbb\xbfwords", 5, "words"),
    "html with an outside entity": ("page.html", f"<!DOCTYPE html [{OUTSIDE[12:-2]}]><p>Words &l9; end</p>".encode(), None, "Words"),
    "html with a bomb": ("bomb.html", f"<!DOCTYPE html [{BOMB[12:-2]}]><p>Words &l9; end</p>".encode(), None, "Words"),
}


@pytest.mark.parametrize("kind", ACCEPTED)
def test_what_only_looks_odd_is_accepted(project: Path, folder: Path, kind: str) -> None:
    name, data, characters, word = ACCEPTED[kind]
    (folder / name).write_bytes(data)
    assert ask("import", project, folder / name)["imported"] == [name]
    found = next(one for one in ask("sources", project) if one["name"] == name)
    assert found["characters"] == characters if characters else found["characters"] < 1_000
    assert [hit["source"] for hit in ask("search", project, f'"{word}"')] == [name]
    assert ask("search", project, "root:x") == []
    content_hash(project)


# What comes as a project.


def damaged(path: Path) -> None:
    """Everything but the first page is noise."""
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(byte ^ 0x5A for byte in data[4096:])
    path.write_bytes(data)


def foreign(path: Path, mark: int = 0) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE letters (a TEXT)")
    db.execute(f"PRAGMA application_id = {mark}")
    db.execute(f"PRAGMA user_version = {FORMAT if mark else 0}")
    db.commit()
    db.close()


def newer(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[60:64] = (FORMAT + 7).to_bytes(4, "big")
    path.write_bytes(data)


def cut_to(size: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, size)


NO_PROJECTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "damaged": (damaged, "is damaged"),
    "cut off": (cut_to(20_000), "is damaged"),
    "cut off in the header": (cut_to(60), "is not a qcode project"),
    "empty": (cut_to(0), "is not a qcode project"),
    "text": (lambda path: path.write_text("words" * 100), "is not a qcode project"),
    "database of another program": (foreign, "is a database of another program"),
    "database of another program that bears our mark": (lambda path: foreign(path, APPLICATION_ID), "is damaged (no such table"),
    "of a newer qcode": (newer, "was written by a newer qcode"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "is a folder"),
    "not there": (lambda path: path.unlink(), "There is no file"),
}


@pytest.mark.parametrize("kind", NO_PROJECTS)
def test_what_is_no_project_is_said_by_every_command_and_left_alone(project: Path, folder: Path, kind: str) -> None:
    spoil, reason = NO_PROJECTS[kind]
    (folder / "good.txt").write_text("Good words.", encoding="utf-8")
    table = write_csv(folder / "t.csv", ["code"], [["New"]])
    spoil(project)
    before = project.read_bytes() if project.is_file() else b""
    beside = sorted(project.parent.rglob("*"))
    for words in (
        ("info", project),
        ("check", project),
        ("sources", project),
        ("search", project, "words"),
        ("matrix", project),
        ("matrix", project, "-o", folder / "m.xlsx"),
        ("codings", "export", project, "-o", folder / "c.csv"),
        ("import", project, folder / "good.txt"),
        ("codebook", "import", project, table),
        ("undo", project),
    ):
        assert reason in one_sentence(say(*words))
    # What bears our mark is opened for writing before it is known better: SQLite counts that in the header.
    counted = 100 if "our mark" in kind else 0
    assert (project.read_bytes() if project.is_file() else b"")[counted:] == before[counted:]
    assert sorted(project.parent.rglob("*")) == beside


def test_a_single_bad_page_never_ends_in_a_crash(project: Path, folder: Path) -> None:
    whole = project.read_bytes()
    for page in range(1, len(whole) // 4096):
        data = bytearray(whole)
        data[page * 4096 : (page + 1) * 4096] = bytes(4096)
        project.write_bytes(data)
        for words in (("info", project), ("matrix", project), ("codings", "export", project, "-o", folder / "c.csv"), ("history", project)):
            said = say(*words)
            assert said.code == 0 or "is damaged" in one_sentence(said), words
        assert say("check", project).code == 1, f"page {page}"


# What comes as a table.

QUOTED = ["source", "quote", "code", "coder"]
BAD_TABLES: dict[str, tuple[bytes, str]] = {
    "wrong columns": (b"Quelle,Zitat\na,b\n", "has no column code"),
    "quotation mark not closed": (b'source,quote,code\n"note.txt,paid,Late payment\n', "has quotation marks that do not close on line 2"),
    "quotation mark inside": (b'source,quote,code\n"no"te,paid,x\n', "has quotation marks that do not close on line 2"),
    "NUL": (b"source,quote,code\nnote.txt,pa\0id,Late payment\n", "holds a NUL character (line 2)"),
    "more cells than columns": (b"source,quote,code\nnote.txt,paid, late,Late payment\n", "has 4 cells on line 2 but 3 columns"),
    "column named twice": (b"source,quote,code,Code\n", "has two columns named code"),
    "empty": (b"", "is empty (0 bytes)"),
    "picture": (b"\x89PNG\r\n\x1a\n", "is a PNG picture"),
}


@pytest.mark.parametrize("kind", BAD_TABLES)
def test_a_bad_table_is_refused_whole(project: Path, folder: Path, kind: str) -> None:
    data, reason = BAD_TABLES[kind]
    (folder / "t.csv").write_bytes(data)
    before = content_hash(project)
    sentence = one_sentence(say("codings", "import", project, folder / "t.csv"))
    assert reason in sentence
    assert "t.csv" in sentence
    assert content_hash(project) == before


COMMANDS = [("codings", "import"), ("codebook", "import"), ("cases", "import"), ("cases", "assign"), ("sources", "import-table")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_table_is_asked_for_its_columns(project: Path, folder: Path, command: tuple[str, str]) -> None:
    before = content_hash(project)
    table = write_csv(folder / "t.csv", ["Quelle", "Zitat"], [["a", "b"]])
    sentence = one_sentence(say(*command, project, table))
    assert sentence.startswith("t.csv has no column ")
    assert "Quelle, Zitat" in sentence
    (folder / "folder.csv").mkdir()
    assert "folder.csv is a folder" in one_sentence(say(*command, project, folder / "folder.csv"))
    assert "gone.csv cannot be read" in one_sentence(say(*command, project, folder / "gone.csv"))
    one_sentence(say(*command, project, folder))
    assert content_hash(project) == before


def test_semicolons_and_cp1251_are_read(project: Path, folder: Path) -> None:
    table = folder / "t.csv"
    table.write_bytes("source;quote;code;memo\r\nnote.txt;The mayor;Late payment;поздно; \r\n".encode("cp1251"))
    assert len(ask("codings", "import", project, table)["imported"]) == 1
    assert "поздно" in do("codings", "export", project, "-o", folder / "out.csv").err + (folder / "out.csv").read_text("utf-8-sig")
    content_hash(project)


BAD_LINES = {
    "a quote found twice": ("note.txt", "Trainers", "Late payment", "stands 2 times in note.txt (at 0, 55)"),
    "a quote not found": ("note.txt", "Trainers were paid early", "Late payment", "does not stand in note.txt"),
    "an unknown source": ("gone.txt", "paid late", "Late payment", "There is no source 'gone.txt'"),
    "an unknown code": ("note.txt", "paid late", "Early payment", "There is no code 'Early payment'"),
    "a huge field": ("note.txt", "x" * 20_000_000, "Late payment", "does not stand in note.txt"),
    "a huge code": ("note.txt", "paid late", "y" * 5_000_000, "There is no code"),
    "nothing": ("note.txt", "", "Late payment", "neither start and end nor a quote"),
}


@pytest.mark.parametrize("kind", BAD_LINES)
def test_a_bad_line_is_refused_and_the_others_go_in(project: Path, folder: Path, kind: str) -> None:
    *cells, reason = BAD_LINES[kind]
    before = content_hash(project)
    alone = write_csv(folder / "t.csv", QUOTED, [[*cells, "Aida"]])
    found = ask("codings", "import", project, alone)
    assert (found["imported"], [one["path"] for one in found["refused"]]) == ([], ["t.csv, line 2"])
    assert reason in clear(found["refused"][0]["reason"])
    both = write_csv(folder / "t.csv", QUOTED, [[*cells, "Aida"], ["note.txt", "The mayor", "Late payment", "Aida"]])
    refused_as_a_whole(say("codings", "import", project, both, "--strict"), reason)
    assert content_hash(project) == before
    found = ask("codings", "import", project, both)
    assert (len(found["imported"]), len(found["refused"])) == (1, 1)
    content_hash(project)


@pytest.mark.parametrize("cell", ["Osh", "A > > B", "A > B;C > ", "x\ny"])
def test_a_case_that_cannot_be_is_refused_with_its_line(project: Path, folder: Path, cell: str) -> None:
    do("cases", "import", project, write_csv(folder / "cases.csv", ["case", "parent"], [["Osh", "Kyrgyzstan"], ["Osh", "Chad"]]))
    rows = [["note.txt", "The mayor", "Late payment", cell], ["note.txt", "Trainers left", "Late payment", ""]]
    before = {one["case"] for one in ask("cases", project)}
    found = ask("codings", "import", project, write_csv(folder / "t.csv", ["source", "quote", "code", "case"], rows))
    assert (len(found["imported"]), [one["path"] for one in found["refused"]]) == (1, ["t.csv, line 2"])
    assert {one["case"] for one in ask("cases", project)} == before
    content_hash(project)


def test_a_case_that_no_source_can_be_given_leaves_no_source_behind(project: Path, folder: Path) -> None:
    (folder / "good.txt").write_text("Good words.", encoding="utf-8")
    before = content_hash(project)
    said = say("import", project, folder / "good.txt", "--case", "Z > >")
    assert "'Z > >'" in said.err or "'>'" in said.err
    assert len(ask("sources", project)) == 1
    assert content_hash(project) == before


# Places, names, rights, room.


def test_names_of_files_however_odd(project: Path, folder: Path) -> None:
    good = ["😀 note.txt", "\u202egpj.txt", "n" * 246 + ".txt", "-dash.txt", "a'b;c,d\".txt", "#1?.txt"]
    bad = ["two\nlines.txt", os.fsdecode(b"\xff\xfe.txt")]
    try:
        for name in (*good, *bad):
            (folder / name).write_bytes(b"Words of " + os.fsencode(name).hex().encode())
    except OSError as error:
        pytest.skip(f"this disk does not take such names ({error.strerror})")
    found = ask("import", project, folder)
    assert sorted(found["imported"]) == sorted(good)
    assert len(found["refused"]) == len(bad)
    assert all("cannot be the name of a source" in clear(one["reason"]) for one in found["refused"])
    rows = [[name, "Words of", "Late payment", "Aida"] for name in good]
    assert ask("codings", "import", project, write_csv(folder / "t.csv", QUOTED, rows))["refused"] == []
    before = content_hash(project)
    do("codings", "export", project, "-o", folder / "out.csv")
    back = ask("codings", "import", project, folder / "out.csv")
    assert (back["imported"], back["changed"], back["refused"]) == ([], [], [])
    assert content_hash(project) == before
    assert {one["name"] for one in ask("sources", project)} == {*good, "note.txt"}


def test_links_that_lead_round_and_nowhere_are_listed(project: Path, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "good.txt").write_text("Good words.", encoding="utf-8")
    (folder / "deep" / "round").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    outside = project.with_name("outside.txt")
    outside.write_text("Words nobody named.", encoding="utf-8")
    (folder / "out.txt").symlink_to(outside)
    found = ask("import", project, folder)
    assert found["imported"] == ["deep/good.txt"]
    assert sorted(Path(one["path"]).name for one in found["refused"]) == ["nowhere.txt", "out.txt", "round", "self.txt"]
    content_hash(project)


def test_two_files_of_one_relative_name_do_not_replace_each_other(project: Path, folder: Path) -> None:
    for name in ("Osh", "Naryn"):
        (folder / name / "May").mkdir(parents=True)
        (folder / name / "May" / "note.txt").write_text(f"Words from {name}.", encoding="utf-8")
    found = ask("import", project, folder / "Osh", folder / "Naryn")
    assert found["imported"] == ["May/note.txt"]
    assert "already, with another text" in clear(found["refused"][0]["reason"])
    assert {hit["source"] for hit in ask("search", project, "Osh")} == {"May/note.txt"}
    assert ask("search", project, "Naryn") == []
    again = ask("import", project, folder / "Osh")
    assert (again["imported"], len(again["skipped"]), again["refused"]) == ([], 1, [])
    content_hash(project)


def as_a_plain_user(*words: str | Path) -> Said:
    """What `qcode WORDS` does in a process that must keep to the rights of files, as root would not."""
    command = [*(WITHOUT_ROOT if os.name == "posix" and os.geteuid() == 0 else []), sys.executable, "-m", "qcode", *map(str, words)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    return Said(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture
def rights(tmp_path: Path) -> None:
    """Skips where the rights of files bind nobody."""
    if os.name != "posix":
        pytest.skip("rights of files are set differently on this system")
    if os.geteuid() == 0:
        closed = tmp_path / "closed"
        closed.write_text("x")
        closed.chmod(0)
        if not shutil.which("setpriv") or subprocess.run([*WITHOUT_ROOT, "cat", closed], capture_output=True, check=False).returncode == 0:
            pytest.skip("this runs as root, whom no file refuses, and `setpriv` cannot lay that down")


@pytest.mark.usefixtures("rights")
def test_files_and_folders_that_are_closed_are_listed(project: Path, folder: Path) -> None:
    for name in ("a.txt", "b.txt", "closed/c.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"Words of {name}.", encoding="utf-8")
    (folder / "b.txt").chmod(0)
    (folder / "closed").chmod(0)
    try:
        said = as_a_plain_user("import", project, folder, "--json")
        table = as_a_plain_user("codings", "import", project, folder / "b.txt")
    finally:
        (folder / "closed").chmod(0o755)
    assert said.code == 0
    assert said.document["imported"] == ["a.txt"]
    assert sorted(Path(one["path"]).name for one in said.document["refused"]) == ["b.txt", "closed"]
    assert all("cannot be read (Permission denied)" in clear(one["reason"]) for one in said.document["refused"])
    assert "b.txt cannot be read (Permission denied)" in one_sentence(table)
    content_hash(project)


@pytest.mark.usefixtures("rights")
def test_a_project_in_a_folder_that_cannot_be_written_is_read_and_not_written(project: Path, tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    there = shut / "P.qcode"
    shutil.copy(project, there)
    before = there.read_bytes()
    shut.chmod(0o555)
    try:
        assert as_a_plain_user("info", there, "--json").document["codings"] == 1
        assert as_a_plain_user("check", there).code == 0
        assert as_a_plain_user("matrix", there).code == 0
        for words in (("undo", there), ("import", there, project), ("new", shut / "N.qcode"), ("matrix", there, "-o", shut / "m.docx")):
            one_sentence(as_a_plain_user(*words))
        there.chmod(0o444)
        shut.chmod(0o755)
        assert "P.qcode cannot be written to" in one_sentence(as_a_plain_user("undo", there))
        there.chmod(0)
        assert "cannot be read (Permission denied)" in one_sentence(as_a_plain_user("info", there))
        there.chmod(0o644)
    finally:
        shut.chmod(0o755)
    assert there.read_bytes() == before
    assert [path.name for path in shut.iterdir()] == ["P.qcode"]


SMALL_DISK = """
set -e
mount -t tmpfs -o size=1500k small "$1"
cp "$2" "$1/P.qcode"
shift 2
cd "$0"
exec "$@"
"""
FILL = """
import pathlib, sys
from tests.scenarios.command_line import content_hash, say
disk = pathlib.Path(sys.argv[1])
project = disk / "P.qcode"
before = content_hash(project)
for words in (("import", project, sys.argv[2]), ("codings", "import", project, sys.argv[3])):
    said = say(*words)
    assert said.code == 1 and len(said.sentences) == 1 and "disk is full" in said.err, said
    assert content_hash(project) == before
assert [path.name for path in disk.iterdir()] == ["P.qcode"]
try:
    (disk / "fill").write_bytes(bytes(2_000_000))
except OSError:
    pass
for words in (("matrix", project, "-o", disk / "m.xlsx"), ("matrix", project, "-o", disk / "m.csv"), ("new", disk / "N.qcode")):
    said = say(*words)
    assert said.code == 1 and len(said.sentences) == 1 and "disk is full" in said.err, said
said = say("undo", project)
assert said.code == 1 and len(said.sentences) == 1 and "No space left" in said.err, said
assert {path.name for path in disk.iterdir()} <= {"P.qcode", "fill", "P.qcode.lock"}
assert content_hash(project) == before
(disk / "fill").unlink()
assert say("undo", project).code == 0
"""


def test_a_full_disk_keeps_what_there_was(project: Path, folder: Path) -> None:
    disk = folder / "disk"
    disk.mkdir()
    alone = ["unshare", "-m"]
    permitted = shutil.which("unshare") and subprocess.run([*alone, "mount", "-t", "tmpfs", "x", disk], capture_output=True, check=False)
    if not permitted or permitted.returncode:
        pytest.skip("this machine does not permit a small disk of our own")
    big = folder / "big.txt"
    big.write_text("word " * 400_000)
    many = [["note.txt", first, last, "Late payment", "m" * 2_000] for first in range(60) for last in range(first + 1, 65)]
    codings = write_csv(folder / "t.csv", ["source", "start", "end", "code", "memo"], many)
    command = [*alone, "sh", "-c", SMALL_DISK, ROOT, disk, project, sys.executable, "-c", FILL, disk, big, codings]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
