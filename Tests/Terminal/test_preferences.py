"""What lasts beyond a session: the settings of .config, and init.lua."""

import pathlib

import pytest
from terminal import Key, Terminal


@pytest.fixture
def folder(environment):
    """The user's configuration folder, which is not there yet."""
    return pathlib.Path(environment["HOME"]) / ".config" / "moondial"


@pytest.fixture
def init(folder):
    """Writes the user's init.lua."""

    def write(text: str) -> None:
        folder.mkdir(parents=True)
        (folder / "init.lua").write_text(text)

    return write


def test_a_setting_that_lasts(prompt, folder):
    terminal = prompt()
    terminal.enter(".config output json")
    terminal.enter(".config times relative")
    assert terminal.enter("{ 1 }") == "[\n  1\n]"
    file = folder / "settings"
    assert file.read_text() == "output = json\ntimes = relative\n"
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(folder.iterdir()) == [file]
    later = prompt()
    assert later.enter(".config") == (
        "expanded  auto\ngreeting  on\noutput    json  (lasts)\npager     on\ntimes     relative  (lasts)\ntiming    off"
    )
    later.enter(".output text")
    assert later.enter(".config output") == "output    text  (json lasts)"
    later.enter(".config output default")
    assert prompt().enter(".output") == "text"
    assert file.read_text() == "times = relative\n"
    # Options are stronger.
    assert prompt("-o", "lua").enter(".output") == "lua"
    assert prompt("--no-init").enter(".times") == "iso"


def test_the_greeting_can_be_left_out(prompt, moondial, environment, address):
    prompt().enter(".config greeting off")
    with Terminal([moondial], env={**environment, "TEMPORAL_ADDRESS": address}) as terminal:
        terminal.wait_for(r"^moondial>$")
        terminal.type("client:count_workflows() ~= nil", Key.ENTER)
        terminal.wait_for(r"^true\nmoondial>$")
        assert terminal.text == "moondial> client:count_workflows() ~= nil\ntrue\nmoondial>"


@pytest.mark.parametrize(
    ("entry", "printed"),
    [
        (".config nosuch on", "CommandError: there is no setting 'nosuch'"),
        (".config times noon", "CommandError: times is iso or relative, not 'noon'"),
        (".config production off", "CommandError: production is for one session: .production off"),
        (".config a b c", "CommandError: .config takes a setting and its value"),
    ],
)
def test_settings_that_are_refused(prompt, folder, entry, printed):
    assert prompt().enter(entry) == printed
    assert not folder.exists()


def test_a_folder_that_cannot_be_made(prompt, environment):
    (pathlib.Path(environment["HOME"]) / ".config").write_text("")
    shown = prompt(columns=200).enter(".config pager off")
    assert shown.startswith("CommandError: cannot make the folder ") and shown.endswith(": Not a directory")


def test_settings_that_are_not_known_are_told_and_kept(prompt, folder):
    folder.mkdir(parents=True)
    (folder / "settings").write_text("newer = 7\ntimes = noon\n")
    terminal = prompt(columns=200)
    told = sorted(line for line in terminal.lines if line.startswith("moondial: "))
    assert told == [
        f"moondial: {folder}/settings: there is no setting 'newer'",
        f"moondial: {folder}/settings: times is iso or relative, not 'noon'",
    ]
    terminal.enter(".config timing off")
    assert "newer = 7\n" in (folder / "settings").read_text()


def test_init_is_run_by_the_prompt_alone(prompt, run, init):
    init("local n = 6\nfunction helper() return n * 7 end\nprint('from init')")
    terminal = prompt()
    assert "from init" in terminal.text
    assert terminal.enter("helper(), n") == "42\n6"
    assert run("-e", "print(helper)").stdout == "nil\n"
    without = prompt("--no-init")
    assert "from init" not in without.text
    assert without.enter("helper") == "nil"


def test_init_in_another_folder(prompt, tmp_path):
    (tmp_path / "xdg" / "moondial").mkdir(parents=True)
    (tmp_path / "xdg" / "moondial" / "init.lua").write_text("x = 7")
    assert prompt(env={"XDG_CONFIG_HOME": str(tmp_path / "xdg")}).enter("x") == "7"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1\nerror('broken')", "init.lua:2: broken"),
        ("x = 1 x = = 1", "init.lua:1: unexpected symbol near '='"),
    ],
)
def test_an_init_that_fails_is_told_in_a_line(prompt, folder, init, text, told):
    init(text)
    terminal = prompt(columns=200)
    lines = [line for line in terminal.lines if line.startswith("moondial: ")]
    assert len(lines) == 1 and lines[0].endswith(told)
    assert terminal.enter("1 + 1") == "2"


def test_an_init_may_leave(moondial, environment, init):
    init("os.exit(3)")
    with Terminal([moondial], env=environment) as terminal:
        assert terminal.wait_exit() == 3
