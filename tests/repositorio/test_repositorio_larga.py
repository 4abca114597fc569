"""La lectura que dura horas ve lo mismo que la corta, y desconfía igual."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from motor_de_prueba import CARPETA, DOCX, FICHA, registrar, suelto

from sgc_gt.errores import IntegridadRota, NoEncontrado
from sgc_gt.repositorio.lectura_larga import abrir_lectura_larga
from sgc_gt.repositorio.repositorio import Repositorio


def test_ve_lo_que_se_registra_mientras_esta_abierta(repo: Repositorio) -> None:
    with abrir_lectura_larga(repo.raiz) as larga:
        antes = larga.cabeza()
        for numero in range(3):
            assert registrar(repo, {FICHA: b"%d" % numero}) == larga.cabeza()
            assert larga.archivos([FICHA, DOCX, "nada"]) == {FICHA: b"%d" % numero, DOCX: b"version 1"}
        repo.mantener(forzar=True)
        assert larga.archivos([FICHA], antes) == {FICHA: b"{}\n"}
        assert larga.resolver("refs/tags/no") is None


def test_varios_hilos(repo: Repositorio) -> None:
    archivos = {f"documentos/A/D-{n}/ficha.json": os.urandom(3000) for n in range(40)}
    registrar(repo, archivos)
    with abrir_lectura_larga(repo.raiz) as larga, ThreadPoolExecutor(8) as hilos:
        leidos = list(hilos.map(lambda ruta: larga.archivos([ruta])[ruta], [*archivos] * 5))
    assert leidos == [*archivos.values()] * 5


@pytest.mark.parametrize("dano", ["vacio", "ausente", "cambiado por otro"])
def test_objeto_danado(repo: Repositorio, dano: str) -> None:
    archivo, otro = (suelto(repo.raiz, repo.listar(CARPETA)[ruta]) for ruta in (FICHA, DOCX))
    archivo.chmod(0o644)
    if dano == "ausente":
        archivo.unlink()
    else:
        archivo.write_bytes(b"" if dano == "vacio" else otro.read_bytes())
    with abrir_lectura_larga(repo.raiz) as larga:
        with pytest.raises(IntegridadRota):
            larga.archivos([FICHA])
        assert larga.archivos([DOCX]) == {DOCX: b"version 1"}


def test_entorno_ajeno(repo: Repositorio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for clave in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE"):
        monkeypatch.setenv(clave, str(tmp_path / "otro"))
    with abrir_lectura_larga(repo.raiz) as larga:
        assert larga.archivos([FICHA]) == {FICHA: b"{}\n"}


def test_lo_que_no_es_un_repositorio(tmp_path: Path) -> None:
    with pytest.raises(NoEncontrado), abrir_lectura_larga(tmp_path):
        pass
