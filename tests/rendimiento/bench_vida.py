"""`python tests/rendimiento/bench_vida.py`: lo que cuesta mirar dos mil registros con la retención cumplida.

Las medidas son razones contra `estado` sobre el mismo servicio y en el mismo momento: la carga del equipo las
mueve a todas por igual. Las fichas se ponen en un solo cambio; no se repiten con `verificar`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from servicio_grande import CORREO, construir

from sgc_gt.contexto import Contexto
from sgc_gt.dominio.ficha import Ficha, Movimiento, escribir_ficha
from sgc_gt.dominio.rutas import ruta_ficha
from sgc_gt.repositorio.valores import Cambio, Firma

REGISTROS, DOCUMENTOS, VECES = 2_000, 100, 5


def _sembrar(ctx: Contexto) -> None:
    series = [s.codigo for s in ctx.vista().servicio.series.values() if not s.documento]
    archivos: dict[str, bytes | None] = {}
    for n in range(REGISTROS):
        codigo = f"{series[n % len(series)]}/2015/{n:04d}"
        m = Movimiento(
            1, "registrar", "", date(2015, 5, 4), "2026-11-20T12:00:00-03:00", CORREO, "cdoc", CORREO,
            "por_la_persona", identidad={"titulo": f"Registro {n}"}, extra={"ubicacion": "Bodega"},
        )  # fmt: skip
        ficha = Ficha(codigo, "archivo", "registro", {}).con(m)
        archivos[ruta_ficha(ficha)] = escribir_ficha(ficha)
    quien = Firma("Control", CORREO)
    with ctx.repo.escritura() as escritor:
        escritor.registrar(
            Cambio("Registros de años anteriores\n", quien, quien, datetime.now(UTC), archivos)
        )


def _mediana(raiz: Path, *orden: str) -> float:
    tiempos = []
    for _ in range(VECES):
        inicio = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "sgc_gt", "--repo", str(raiz), *orden, "--json"],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos)


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta) / "servicio"
        _sembrar(construir(raiz, DOCUMENTOS))
        vara = _mediana(raiz, "estado")
        print(f"estado, {DOCUMENTOS} documentos y {REGISTROS} registros: {vara:5.2f} s (la vara)")
        for orden in ("pendientes", "disposicion"):
            print(f"{orden:12} {_mediana(raiz, orden) / vara:5.2f} veces estado")


if __name__ == "__main__":
    main()
