"""Repositorios reales y baratos: uno por sesión, copiado por prueba, sin la configuración de la persona."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from motor_de_prueba import git, nuevo_repositorio

from sgc_gt.repositorio.repositorio import Repositorio


@pytest.fixture(autouse=True)
def _sin_configuracion_personal(monkeypatch: pytest.MonkeyPatch) -> None:
    for clave in [clave for clave in os.environ if clave.startswith("GIT_")]:
        monkeypatch.delenv(clave)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(scope="session")
def plantilla(tmp_path_factory: pytest.TempPathFactory) -> Path:
    raiz = tmp_path_factory.mktemp("plantilla") / "sgc"
    nuevo_repositorio(raiz)
    return raiz


@pytest.fixture
def repo(plantilla: Path, tmp_path: Path) -> Repositorio:
    raiz = tmp_path / "sgc"
    shutil.copytree(plantilla, raiz)
    subprocess.run(["git", "update-index", "-q", "--refresh"], cwd=raiz, check=True)
    return Repositorio.abrir(raiz)


@pytest.fixture
def terminal(repo: Repositorio) -> Callable[..., str]:
    """git como lo usaría una persona en la carpeta."""
    return lambda *orden, **opciones: git(repo.raiz, *orden, **opciones)
