"""El año completo de un servicio con dieciséis regiones y cientos de documentos: tiempo, tamaño y si un acto crece.

    python tests/rendimiento/bench_anio.py [--documentos 400]

Primero ocurre el año de la demostración; después, cada documento recorre su circuito hasta regir y una región archiva
un registro: seis actos, por las mismas órdenes de todos. La vara es leer siempre el mismo Word, entre acto y acto: lo
que el equipo se puso lento, se puso lento para ambos. Imprime segundos y razones; no es una prueba.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(RAIZ))

from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio.regiones import TODAS
from sgc_gt.ejemplo import anio
from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.ejemplo.guion import DOMINIO, Guion, Reloj, datos
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.puerta import abrir

ANIO = 2024
AREAS = ("FOM", "GT", "ATC", "FOR")
GRUPO = 100
AL_DIA = 3  # documentos que caben en un día de trabajo
EMISION = 4  # el lugar de `emitir` entre los actos de cada documento


def cronometrar(hacer: Callable[[], object]) -> float:
    """Milisegundos de reloj."""
    inicio = time.perf_counter()
    hacer()
    return (time.perf_counter() - inicio) * 1000


def actos_de(g: Guion, numero: int) -> Iterator[Callable[[], object]]:
    """Lo que le ocurre a un documento en el año: del borrador a regir, y un registro de una región."""
    area = AREAS[numero % len(AREAS)]
    codigo = f"PR-{area}-{100 + numero}"
    region = TODAS[numero % len(TODAS)]
    nuevo = Nuevo("procedimiento", f"Procedimiento {numero}", codigo, area, "cr1", ("egt",), "dn")
    yield lambda: crear(g.como("cdoc"), nuevo, Peticion(), datos=datos("pr_fom_03"))
    yield lambda: enviar(g.como("cr1"), [codigo], Peticion())
    yield lambda: anotar(g.como("egt"), "revisar", [codigo], Peticion())
    yield lambda: anotar(g.como("dn"), "aprobar", [codigo], Peticion())
    yield lambda: g.emitir([codigo])
    informe = pdf(f"terreno-{numero}.pdf", f"Informe de terreno {numero}")
    yield lambda: g.archivar("RG-GT-06", "Informe de terreno", informe, region=region)


def tamano(raiz: Path) -> str:
    """Lo que ocupan los archivos y la historia, en megabytes."""
    git = sum(a.stat().st_size for a in (raiz / ".git").rglob("*") if a.is_file())
    total = sum(a.stat().st_size for a in raiz.rglob("*") if a.is_file())
    movimientos = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"], cwd=raiz, check=True, capture_output=True, text=True
    ).stdout.strip()
    return (
        f"{movimientos} movimientos; {(total - git) / 1e6:.1f} MB a la vista y {git / 1e6:.1f} MB de historia"
    )


def crecer(raiz: Path, documentos: int) -> None:
    """Los documentos, uno tras otro, con la vara entre acto y acto."""
    reloj = Reloj(ANIO + 1)  # el año de la demostración ya cerró, y el reloj no vuelve
    comienzo = date(ANIO + 1, 1, 8)
    g = Guion(Contexto(raiz, reloj, Persona(f"cdoc@{DOMINIO}")), reloj, print)
    fijo = (raiz / "documentos/GT/PR-GT-01/PR-GT-01_v01.docx").read_bytes()
    lugares, actos, varas = [], [], []
    for numero in range(documentos):
        if numero % AL_DIA == 0:
            dia = comienzo + timedelta(days=numero // AL_DIA)
            reloj.dia(dia.month, dia.day)
        for lugar, acto in enumerate(actos_de(g, numero)):
            lugares.append(lugar)
            actos.append(cronometrar(acto))
            varas.append(cronometrar(lambda: forma_de_partes(abrir(fijo, "la vara"))))
    grupo = min(GRUPO, len(actos) // 2)
    print(f"  {len(actos)} actos en {sum(actos) / 1000:.0f} s; el mediano, {statistics.median(actos):.0f} ms")
    for nombre, elegidos in (
        ("todo acto", lambda _: True),
        ("poner en vigencia", lambda lugar: lugar == EMISION),
    ):
        propios = [i for i, lugar in enumerate(lugares) if elegidos(lugar)]
        n = min(grupo, len(propios) // 2)
        acto = razon(actos, propios, n)
        vara = razon(varas, propios, n)
        print(
            f"  {nombre}: los últimos {n} contra los primeros {n}, {acto:.2f} veces; la vara, {vara:.2f};"
            f" crecimiento propio {acto / vara:.2f}"
        )


def razon(tiempos: list[float], propios: list[int], n: int) -> float:
    """El promedio de los últimos contra el de los primeros."""
    return statistics.fmean(tiempos[i] for i in propios[-n:]) / statistics.fmean(
        tiempos[i] for i in propios[:n]
    )


def main() -> None:
    opciones = argparse.ArgumentParser(description="El año de un servicio grande")
    opciones.add_argument("--documentos", type=int, default=400)
    documentos = opciones.parse_args().documentos
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1")
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta) / "sgc"
        inicio, procesador = time.perf_counter(), time.process_time()
        anio.representar(raiz, ANIO, lambda _: None)
        print(
            f"El año de la demostración: {time.perf_counter() - inicio:.0f} s,"
            f" {time.process_time() - procesador:.0f} de procesador; {tamano(raiz)}"
        )
        print(f"Con {documentos} documentos más:")
        crecer(raiz, documentos)
        print(f"  {tamano(raiz)}")


if __name__ == "__main__":
    main()
