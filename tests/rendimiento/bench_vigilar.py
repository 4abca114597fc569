"""`python tests/rendimiento/bench_vigilar.py`: cuánto pasa entre el último guardado y el movimiento, y qué gasta mirar.

Un `vigilar` de verdad, en su proceso. La demora se cuenta desde el último de cinco guardados seguidos, cada dos
décimas, y se resta la espera que la configuración pide: lo que queda es lo que el programa pone. El gasto en
reposo es el tiempo de procesador en un minuto sin que nada cambie, con 200 archivos en la carpeta.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(RAIZ))

from sgc_gt import inicial as trae
from sgc_gt.contexto import Contexto
from sgc_gt.ejemplo import anio
from sgc_gt.ejemplo.edicion import escribir_en_word
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.iniciar import Inicial, iniciar
from sgc_gt.ordenes.pedido import Adjunto, Peticion

CORREO = "cdoc@senopl.example"
QUIETUD = 2
VECES = 5
ARCHIVOS = 200
REPOSO = 60.0


def construir(carpeta: Path, sondeo: str) -> Contexto:
    """Un servicio con un documento en borrador y su carpeta conectada."""
    base = carpeta / "intercambio"
    base.mkdir()
    conectadas = f"\ncarpetas_conectadas:\n  base: {base}\n  sondeo: '{sondeo}'\n"
    conectadas += f"  sondeo_segundos: 1\n  quietud_segundos: {QUIETUD}\n"
    sgc = (anio.CARPETA / "sgc.yaml").read_bytes() + conectadas.encode()
    reloj = lambda: datetime.now(UTC)  # noqa: E731
    ctx = iniciar(carpeta / "sgc", Inicial(sgc, trae.plantillas(), trae.series()), reloj, CORREO)
    datos = Adjunto("datos.yaml", (anio.CARPETA / "datos" / "pr_fom_03.yaml").read_bytes())
    crear(
        ctx,
        Nuevo("procedimiento", "Medido", "PR-FOM-01", "FOM", "cr1", ("egt",), "dn"),
        Peticion(),
        datos=datos,
    )
    subprocess.run(["git", "-C", str(ctx.raiz), "config", "user.email", CORREO], check=True)
    return ctx


def arrancar(raiz: Path) -> subprocess.Popen[str]:
    orden = [sys.executable, "-m", "sgc_gt", "--repo", str(raiz), "--json", "vigilar"]
    ambiente = {**os.environ, "PYTHONPATH": str(RAIZ)}
    return subprocess.Popen(orden, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=ambiente)


def hasta(proceso: subprocess.Popen[str], suceso: str) -> None:
    assert proceso.stdout is not None
    while json.loads(proceso.stdout.readline())["suceso"] != suceso:
        pass


def demoras(proceso: subprocess.Popen[str], archivo: Path) -> Iterator[float]:
    for vez in range(VECES):
        for guardado in range(5):
            temporal = archivo.with_name("~WRD0001.tmp")
            shutil.copyfile(archivo, temporal)
            escribir_en_word(temporal, despues_de="Objetivo", parrafo=f"Cambio {vez}.{guardado}.")
            temporal.replace(archivo)
            ultimo = time.monotonic()
            time.sleep(0.2)
        hasta(proceso, "recibido")
        yield time.monotonic() - ultimo


def procesador(pid: int) -> float:
    """Segundos de procesador usados por el proceso y los hijos que ya terminaron."""
    campos = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(c) for c in campos[11:15]) / os.sysconf("SC_CLK_TCK")


def reposar(pid: int) -> None:
    """Espera a que abra lo nuevo y deje de trabajar: diez segundos casi sin gasto."""
    for _ in range(30):
        antes = procesador(pid)
        time.sleep(10)
        if procesador(pid) - antes < 0.5:
            return


def medir(sondeo: str) -> None:
    with tempfile.TemporaryDirectory() as lugar:
        ctx = construir(Path(lugar), sondeo)
        proceso = arrancar(ctx.raiz)
        hasta(proceso, "puesto")
        carpeta = Path(lugar) / "intercambio" / "cr1"
        archivo = carpeta / "PR-FOM-01_v01.docx"
        esperas = list(demoras(proceso, archivo))
        for n in range(ARCHIVOS):
            shutil.copyfile(archivo, carpeta / f"PR-FOM-01_v01 ({n}).docx")
        reposar(proceso.pid)
        antes = procesador(proceso.pid)
        time.sleep(REPOSO)
        gasto = procesador(proceso.pid) - antes
        proceso.terminate()
        proceso.wait(10)
    mediana, peor = statistics.median(esperas), max(esperas)
    como = "con sondeo cada segundo" if sondeo == "si" else "con avisos del sistema"
    print(f"{como}: del último guardado al movimiento, {mediana:.2f} s (peor {peor:.2f});")
    print(f"  descontada la espera de {QUIETUD} s: {mediana - QUIETUD:.2f} s")
    print(f"  en reposo, {ARCHIVOS} archivos: {gasto / REPOSO:.2%} de un procesador")


def main() -> None:
    for sondeo in ("no", "si"):
        medir(sondeo)


if __name__ == "__main__":
    main()
