"""Las evidencias: en la carpeta, legibles por cualquiera, fuera de git y comprobables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from motor_de_prueba import CARPETA, FICHA, OFICIO, exigir_sano, registrar

from sgc_gt.errores import Conflicto, EntradaInvalida, IntegridadRota, NoEncontrado
from sgc_gt.ordenes.pedido import nombre_seguro
from sgc_gt.repositorio import contenidos
from sgc_gt.repositorio.contenidos import Contenido, Hallazgo
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.rutas import exigir_ruta

PDF = b"%PDF-1.7 oficio firmado"


def test_la_ficha_guarda_lo_que_un_servidor_lfs_pediria() -> None:
    assert contenidos.describir(OFICIO, PDF) == Contenido(OFICIO, 23, hashlib.sha256(PDF).hexdigest())


def test_evidencia_en_la_carpeta_y_fuera_de_git(repo: Repositorio, terminal: Callable[..., str]) -> None:
    registrar(repo, {FICHA: b"1"}, contenidos={OFICIO: PDF})
    archivo = repo.raiz / OFICIO
    assert archivo.read_bytes() == PDF
    assert archivo.stat().st_mode & 0o222 == 0
    assert terminal("ls-files", "--", CARPETA + "/evidencias") == ""
    nunca = hashlib.sha1(b"blob %d\0" % len(PDF) + PDF, usedforsecurity=False).hexdigest()
    assert nunca not in terminal("cat-file", "--batch-all-objects", "--batch-check")
    exigir_sano(repo.raiz)


def test_verificar(repo: Repositorio) -> None:
    contenidos.guardar(repo.raiz, OFICIO, PDF)
    ficha = contenidos.describir(OFICIO, PDF)
    assert contenidos.verificar(repo.raiz, ficha) is None
    assert contenidos.leer(repo.raiz, ficha) == PDF
    (repo.raiz / OFICIO).chmod(0o644)
    (repo.raiz / OFICIO).write_bytes(PDF.replace(b"firmado", b"FIRMADO"))
    assert contenidos.verificar(repo.raiz, ficha) == Hallazgo(OFICIO, "alterado")
    with pytest.raises(IntegridadRota, match="no es la que se registró"):
        contenidos.leer(repo.raiz, ficha)
    contenidos.eliminar(repo.raiz, OFICIO)
    contenidos.eliminar(repo.raiz, OFICIO)
    assert contenidos.verificar(repo.raiz, ficha) == Hallazgo(OFICIO, "falta")
    with pytest.raises(NoEncontrado):
        contenidos.leer(repo.raiz, ficha)


def test_guardar_dos_veces(repo: Repositorio) -> None:
    assert contenidos.guardar(repo.raiz, OFICIO, PDF)
    assert not contenidos.guardar(repo.raiz, OFICIO, PDF)
    with pytest.raises(Conflicto):
        contenidos.guardar(repo.raiz, OFICIO, b"otro")
    assert (repo.raiz / OFICIO).read_bytes() == PDF


@pytest.mark.parametrize("ruta", [FICHA, "../evidencias/x", f"{CARPETA}/evidencias/á.pdf", "evidencias"])
def test_fuera_de_lugar(tmp_path: Path, ruta: str) -> None:
    with pytest.raises(EntradaInvalida):
        contenidos.guardar(tmp_path, ruta, PDF)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("original", "guardado"),
    [
        ("Oficio N° 123 (firmado).pdf", "Oficio-N-123-firmado.pdf"),
        ("Resolución Exenta.PDF", "Resolucion-Exenta.pdf"),
        ("con.txt", "archivo-con.txt"),
        ("~$x.docx", "x.docx"),
        ("日本", "archivo"),
    ],
)
def test_nombre_seguro(original: str, guardado: str) -> None:
    assert nombre_seguro(original) == guardado


@given(st.text(max_size=200) | st.sampled_from(["AUX", "com1.pdf", "LPT9.x.y", "..", ".docx"]))
def test_nombre_seguro_siempre_sirve(original: str) -> None:
    exigir_ruta(nombre_seguro(original))
