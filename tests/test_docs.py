from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib

import pytest
import typer.main

from attribution.cli import app


def _commands(group, path: str = "") -> dict:
    """Every command by the words that call it."""
    found = {}
    for name, command in group.commands.items():
        words = f"{path} {name}".strip()
        found |= _commands(command, words) if hasattr(command, "commands") else {words: command}
    return found


COMMANDS = _commands(typer.main.get_command(app))
OPTIONS = {
    name: {o for p in command.params for o in p.opts if o.startswith("--")}
    for name, command in COMMANDS.items()
}


@pytest.fixture(scope="module")
def readme(root) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def used(readme: str) -> list[list[str]]:
    """Every `attribution …` command line in the README's shell blocks, as words."""
    lines = "\n".join(blocks(readme, "sh")).replace("\\\n", " ").splitlines()
    calls = [part for line in lines for part in re.split(r"&&|\||;", line.split(" #")[0])]
    return [words for call in calls if (words := shlex.split(call)) and words[0] == "attribution"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_in_the_readme(readme, command):
    assert f"attribution {command}" in readme
    missing = [option for option in OPTIONS[command] - {"--help"} if option not in readme]
    assert not missing


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_says_what_it_is_for(command):
    assert COMMANDS[command].help
    assert all(parameter.help for parameter in COMMANDS[command].params if parameter.name != "help")


def test_the_commands_of_the_readme_exist(readme):
    called = set()
    for _, *words in used(readme):
        command = next(name for name in COMMANDS if words[: len(name.split())] == name.split())
        called.add(command)
        assert {word for word in words if word.startswith("--")} <= OPTIONS[command]
    assert called == set(COMMANDS)


def test_the_extras_of_the_readme_exist(readme, root):
    extras = tomllib.loads((root / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    named = set(re.findall(r"(?:\.|attribution)\[(\w+)\]", readme))
    assert {"test", "train", "hub"} <= named <= set(extras)


def test_the_files_of_the_readme_exist(readme, root):
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in link]
    assert links and [link for link in links if not (root / link).exists()] == []


def test_ci_runs_the_readmes_own_test_command(readme, root):
    ci = (root / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -m1 -xF '(.+)' README\.md", ci)[1]
    assert pattern in "\n".join(blocks(readme, "sh")).splitlines()


@pytest.mark.model
def test_the_readmes_example_runs(readme, root):
    (code,) = blocks(readme, "python")
    assert len([line for line in code.splitlines() if line.strip()]) <= 5
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, encoding="utf-8"
    )
    assert result.returncode == 0, result.stderr
    assert "Tom Homan" in result.stdout
