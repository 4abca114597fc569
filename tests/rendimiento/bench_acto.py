"""Cuánto cuesta registrar un acto, contra las dos formas usuales, a 1 000 y 10 000 documentos.

    python tests/rendimiento/bench_acto.py [--documentos 1000 10000] [--actos 20]

Imprime medianas en milisegundos y razones. No es una prueba: las razones se mantienen entre equipos, los
milisegundos no.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(RAIZ))

from sgc_gt.repositorio import indice
from sgc_gt.repositorio.creacion import ATRIBUTOS, IGNORADOS
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Cambio, Firma

QUIEN = Firma("Control Documental", "control@servicio.cl")
CUANDO = datetime(2026, 3, 2, 12, tzinfo=UTC)
AREAS = 20
AZAR = random.Random(1)  # noqa: S311 - bytes de relleno repetibles


def carpeta_de(numero: int) -> str:
    return f"documentos/A{numero % AREAS:02}/PR-A{numero % AREAS:02}-{numero // AREAS:03}"


def flujo(documentos: int) -> Iterator[bytes]:
    """Un `fast-import` con un movimiento que trae todos los documentos."""
    yield b"commit refs/heads/main\ncommitter C <c@servicio.cl> 1767268800 +0000\ndata 4\nbase\n"
    yield b"from refs/heads/main^0\n"
    for numero in range(documentos):
        carpeta = carpeta_de(numero)
        codigo = carpeta.rsplit("/", 1)[1]
        for nombre, datos in (
            (f"{codigo}_v01.docx", AZAR.randbytes(2000)),
            ("ficha.json", AZAR.randbytes(900)),
        ):
            yield b"M 100644 inline %s/%s\ndata %d\n%s\n" % (
                carpeta.encode(),
                nombre.encode(),
                len(datos),
                datos,
            )


def construir(raiz: Path, documentos: int) -> Repositorio:
    archivos = {"sgc.yaml": b"esquema: 1\n", ".gitattributes": ATRIBUTOS, ".gitignore": IGNORADOS}
    repositorio = Repositorio.crear(raiz, Cambio("Inicia\n", QUIEN, QUIEN, CUANDO, archivos), QUIEN)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=raiz, input=b"".join(flujo(documentos)), check=True)
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=raiz, check=True)
    return repositorio


def novedad(documentos: int) -> dict[str, bytes]:
    carpeta = carpeta_de(AZAR.randrange(documentos))
    codigo = carpeta.rsplit("/", 1)[1]
    return {
        f"{carpeta}/{codigo}_v01.docx": AZAR.randbytes(40_000),
        f"{carpeta}/ficha.json": AZAR.randbytes(2000),
    }


def medir(veces: int, hacer: Callable[[], object]) -> float:
    tiempos = []
    for _ in range(veces):
        inicio = time.perf_counter()
        hacer()
        tiempos.append((time.perf_counter() - inicio) * 1000)
    return statistics.median(tiempos)


def con_motor(repositorio: Repositorio, documentos: int) -> None:
    with repositorio.escritura() as escritor:
        escritor.registrar(Cambio("Acto de prueba\n", QUIEN, QUIEN, CUANDO, novedad(documentos)))


def escribir(raiz: Path, documentos: int) -> list[str]:
    archivos = novedad(documentos)
    for ruta, datos in archivos.items():
        (raiz / ruta).write_bytes(datos)
    return list(archivos)


def con_git(raiz: Path, documentos: int) -> None:
    rutas = escribir(raiz, documentos)
    subprocess.run(["git", "add", "--", *rutas], cwd=raiz, check=True)
    subprocess.run(["git", "commit", "-q", "-m", "Acto de prueba"], cwd=raiz, check=True)


def con_gitpython(raiz: Path, documentos: int) -> None:
    from git import Repo

    with Repo(raiz) as repo:
        repo.index.add(escribir(raiz, documentos))
        repo.index.commit("Acto de prueba")


def comparar(documentos: int, actos: int, base: Path) -> list[tuple[str, float]]:
    raiz = base / f"r{documentos}"
    repositorio = construir(raiz, documentos)
    puerta = repositorio._git
    una = {carpeta_de(0) + "/ficha.json": repositorio.listar(carpeta_de(0))[carpeta_de(0) + "/ficha.json"]}
    filas = [
        ("motor: candado, acto, carpeta e índice", medir(actos, lambda: con_motor(repositorio, documentos))),
        ("  de eso, índice solo las rutas", medir(actos, lambda: indice.anotar(puerta, una))),
        ("  (índice rehecho entero: read-tree)", medir(5, lambda: indice.rehacer(puerta))),
    ]
    subprocess.run(["git", "status"], cwd=raiz, check=True, capture_output=True)
    filas += [
        ("git status después", medir(5, lambda: puerta.correr("status", "--porcelain"))),
        ("estado: listar y leer todas las fichas", medir(3, lambda: leer_fichas(repositorio))),
        ("git add + git commit", medir(actos, lambda: con_git(raiz, documentos))),
        ("GitPython index.add + index.commit", medir(3, lambda: con_gitpython(raiz, documentos))),
    ]
    return filas


def leer_fichas(repositorio: Repositorio) -> int:
    rutas = [ruta for ruta in repositorio.listar("documentos") if ruta.endswith("/ficha.json")]
    return len(repositorio.leer_varios(rutas))


def main() -> None:
    opciones = argparse.ArgumentParser(description="Costo de un acto")
    opciones.add_argument("--documentos", type=int, nargs="+", default=[1000, 10_000])
    opciones.add_argument("--actos", type=int, default=20)
    pedido = opciones.parse_args()
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    for documentos in pedido.documentos:
        with tempfile.TemporaryDirectory() as carpeta:
            filas = comparar(documentos, pedido.actos, Path(carpeta))
        print(f"\n{documentos} documentos")
        for nombre, mediana in filas:
            print(f"  {nombre:44} {mediana:9.1f} ms  {mediana / filas[0][1]:7.1f} ×")


if __name__ == "__main__":
    main()
