from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import subprocess
import sys
import tomllib
import zipfile

import pytest

import attribution

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(attribution.__path__, "attribution.")
    # A page draws itself when it is imported; its functions are tried in the tests of the page.
    if not module.name.startswith("attribution.pages")
)


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    pytest.importorskip("hatchling", reason="hatchling is in the extra test")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_top_level_is_the_given_one(root):
    made_by_tools = {"__pycache__", "build", "dist", "venv", "attribution.egg-info"}
    names = {name for name in os.listdir(root) if not name.startswith(".")} - made_by_tools
    expected = "pyproject.toml README.md LICENSE dashboard.py attribution models tests seeds"
    assert names == set(expected.split())


def test_all_is_what_can_be_imported():
    assert all(hasattr(attribution, name) for name in attribution.__all__)
    assert set(attribution.__all__) <= set(dir(attribution))
    assert attribution.__all__ == sorted(set(attribution.__all__))


def test_every_public_name_stands_in_a_module_and_is_documented():
    for name in attribution.__all__:
        value = getattr(attribution, name)
        assert getattr(value, "__doc__", None), f"{name} has no docstring"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'speach'"):
        _ = attribution.speach


def test_the_package_itself_loads_nothing():
    code = (
        "import attribution, sys; print(*(name for name in sys.modules if name.startswith('attribution.')))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == ""


def test_the_version_is_the_projects(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert attribution.__version__ == project["version"]


def test_the_default_install_has_no_torch(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert not any(requirement.startswith("torch") for requirement in project["dependencies"])
    assert {"test", "train", "hub"} <= set(project["optional-dependencies"])


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(name):
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_the_wheel_carries_models_seeds_and_page_and_no_recipes(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "attribution/shipped/dashboard.py",
        "attribution/shipped/seeds/articles.toml",
        "attribution/shipped/models/language/pipeline/meta.json",
        "attribution/shipped/models/stance/model.onnx",
        "attribution/shipped/models/stance/README.md",
    } <= names
    assert not [
        name for name in names if name.endswith("train.py") or name.startswith(("models", "tests", "seeds"))
    ]


@pytest.mark.model
def test_an_installed_wheel_works_in_any_folder(wheel, root, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    (tmp_path / "note.txt").write_text("“We will go,” said Hugh Hill.\n", encoding="utf-8")
    code = "import attribution.cli as cli, sys; print(cli.__file__, file=sys.stderr); cli.main()"
    result = subprocess.run(
        [sys.executable, "-P", "-c", code, "extract", "note.txt", "--target", "the march", "--format", "csv"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.stderr.strip() == str(site / "attribution" / "cli.py")
    assert result.returncode == 0 and "Hugh Hill" in result.stdout
