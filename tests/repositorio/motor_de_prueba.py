"""Lo que las pruebas del motor comparten: un acto pequeño y cómo se ve un repositorio sano."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sgc_gt.repositorio.creacion import ATRIBUTOS, IGNORADOS
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Cambio, Firma

CONTROL = Firma("Control Documental", "control@servicio.cl")
JEFATURA = Firma("Jefatura de Servicio", "jefatura@servicio.cl")
HORA = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
CARPETA = "documentos/GT/PR-GT-01"
FICHA = f"{CARPETA}/ficha.json"
CONTADOR = f"{CARPETA}/contador.txt"
DOCX = f"{CARPETA}/PR-GT-01_v01.docx"
BORRADOR = f"{CARPETA}/borrador/PR-GT-01_v02.docx"
OFICIO = f"{CARPETA}/evidencias/oficio.pdf"


def cambio(archivos: Mapping[str, bytes | None], mensaje: str = "Un acto\n", **mas: Any) -> Cambio:
    return Cambio(mensaje, JEFATURA, CONTROL, HORA, archivos, **mas)


def nuevo_repositorio(raiz: Path) -> Repositorio:
    archivos = {"sgc.yaml": b"esquema: 1\n", ".gitattributes": ATRIBUTOS, ".gitignore": IGNORADOS}
    repositorio = Repositorio.crear(raiz, cambio(archivos, "Inicia el sistema\n"), CONTROL)
    registrar(repositorio, {FICHA: b"{}\n", DOCX: b"version 1"})
    return repositorio


def registrar(repositorio: Repositorio, archivos: Mapping[str, bytes | None], **mas: Any) -> str:
    with repositorio.escritura() as escritor:
        return escritor.registrar(cambio(archivos, **mas))


def etiqueta(nombre: str, oid: str) -> bytes:
    """Los bytes del objeto tag: función pura del acto que marca."""
    quien = f"{CONTROL.nombre} <{CONTROL.correo}> {int(HORA.timestamp())} +0000"
    return f"object {oid}\ntype commit\ntag {nombre}\ntagger {quien}\n\n{nombre}\n".encode()


def git(raiz: Path, *orden: str, entrada: bytes | None = None) -> str:
    hecho = subprocess.run(["git", *orden], cwd=raiz, input=entrada, check=True, capture_output=True)
    return hecho.stdout.decode()


def suelto(raiz: Path, oid: str) -> Path:
    return raiz / ".git" / "objects" / oid[:2] / oid[2:]


def exigir_sano(raiz: Path) -> None:
    """Lo que vale después de cualquier orden, aunque la anterior haya muerto a la mitad."""
    assert git(raiz, "status", "--porcelain") == ""
    assert git(raiz, "fsck", "--full", "--strict", "--no-dangling", "--no-progress") == ""
    assert not (raiz / ".git/sgc/diario.json").exists()
    assert not [traba for traba in (raiz / ".git").rglob("*.lock") if traba.name != "sgc.lock"]
    assert list((raiz / ".git/sgc/tmp").iterdir()) == []
