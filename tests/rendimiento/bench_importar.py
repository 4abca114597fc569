"""Cuánto tarda importar una carpeta, contra lo mínimo que haría cualquiera: abrir con python-docx y `git commit`.

    python tests/rendimiento/bench_importar.py [--documentos 100]

Imprime archivos por segundo de cada parte: simular (leer y proponer), hacer la planilla, importar y verificar.
No es una prueba: las razones se mantienen entre equipos, los segundos no.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(RAIZ), str(RAIZ / "tests"), str(RAIZ / "tests" / "recorrido")]

import docx
from archivador import CARPETA, PLANILLA, Pieza, espanol, linea, portada, tabla
from casa import DOMINIO, Casa, Reloj

from sgc_gt import inicial as trae
from sgc_gt.cli import sesion
from sgc_gt.ordenes.iniciar import Inicial, iniciar

FAMILIAS = (tabla, linea, espanol, portada)
AREAS = ("FOM", "FOR", "ATC", "GT", "SGC")


def escribir(carpeta: Path, documentos: int) -> list[Path]:
    """Tantos procedimientos, repartidos en las áreas y en las cuatro familias."""
    rutas = []
    for n in range(documentos):
        codigo = f"PR-{AREAS[n % len(AREAS)]}-{20 + n // len(AREAS):02d}"
        p = Pieza(
            "", "", codigo, f"{1 + n % 4:02d}", "15-03-2023", "Atención en terreno", mas=f"Anexo {n}. " * 40
        )
        ruta = carpeta / AREAS[n % len(AREAS)] / f"{codigo} Atención en terreno.docx"
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_bytes(FAMILIAS[n % len(FAMILIAS)](p))
        rutas.append(ruta)
    return rutas


def servicio(raiz: Path) -> Casa:
    """Un servicio vacío, con la configuración de la demostración."""
    reloj = Reloj(datetime(2025, 3, 10, 12, tzinfo=UTC))
    sesion.reloj = reloj
    ejemplo = (RAIZ / "sgc_gt" / "ejemplo" / "sgc.yaml").read_bytes()
    iniciar(raiz, Inicial(ejemplo, trae.plantillas(), trae.series()), reloj, f"cdoc@{DOMINIO}")
    return Casa(raiz, reloj)


def lo_minimo(rutas: list[Path], raiz: Path) -> None:
    """Abrir cada uno con python-docx, mirar su encabezado, copiarlo y confirmarlo con git."""
    subprocess.run(["git", "init", "-q", str(raiz)], check=True)
    for ruta in rutas:
        documento = docx.Document(io.BytesIO(ruta.read_bytes()))
        _ = [p.text for p in documento.sections[0].header.paragraphs], [p.text for p in documento.paragraphs]
        (raiz / ruta.name).write_bytes(ruta.read_bytes())
        for orden in (["add", ruta.name], ["commit", "-q", "-m", ruta.stem]):
            subprocess.run(
                ["git", "-c", "user.name=x", "-c", "user.email=x@x.cl", *orden], cwd=raiz, check=True
            )


def medir(nombre: str, documentos: int, hacer: Callable[[], object]) -> float:
    comienzo = time.perf_counter()
    hacer()
    segundos = time.perf_counter() - comienzo
    print(f"{nombre:<44} {segundos:6.2f} s   {documentos / segundos:6.1f} archivos/s")
    return segundos


def main() -> None:
    argumentos = argparse.ArgumentParser(description=__doc__)
    argumentos.add_argument("--documentos", type=int, default=100)
    n = argumentos.parse_args().documentos
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    with tempfile.TemporaryDirectory() as temporal, contextlib.chdir(temporal):
        base = Path(temporal)
        rutas = escribir(base / CARPETA, n)
        casa, planilla = servicio(base / "sgc"), base / PLANILLA
        carpeta = str(base / CARPETA)
        minimo = medir("python-docx + git add + git commit", n, lambda: lo_minimo(rutas, base / "plano"))
        medir(
            "simular y dejar la planilla",
            n,
            lambda: casa.hace("importar --simular", carpeta, "-o", str(planilla)),
        )
        propio = medir("importar", n, lambda: casa.hace("importar", carpeta, "--planilla", str(planilla)))
        medir("repetir: todo estaba", n, lambda: casa.hace("importar", carpeta, "--planilla", str(planilla)))
        medir("verificar", n, casa.verificar)
        print(f"importar / lo mínimo: {propio / minimo:.2f}")


if __name__ == "__main__":
    main()
