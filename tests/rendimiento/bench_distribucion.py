"""`python tests/rendimiento/bench_distribucion.py [--acuses 400]`: si un acto se encarece con los acuses.

Un documento acumula tomas de conocimiento, una por acto. Vara, en la misma corrida y alternada con cada
medida, el mismo acto sobre otro documento que no tiene ninguna.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from servicio_grande import EN_CIRCUITO, construir

from sgc_gt.contexto import Contexto
from sgc_gt.dominio.ficha import escribir_ficha
from sgc_gt.ordenes.distribucion import Firmantes, Reparto, distribuir, tomar_conocimiento
from sgc_gt.ordenes.pedido import Adjunto, Peticion

CADA = 50
HOJA = Adjunto("hoja.pdf", b"%PDF-1.4 hoja firmada")


def acuse(ctx: Contexto, codigo: str) -> float:
    """Un acto con una persona que no ejerce un cargo: se puede repetir cuantas veces haga falta."""
    inicio = time.perf_counter()
    tomar_conocimiento(ctx, codigo, "", Firmantes(otros=1), Peticion(adjuntos=(HOJA,)))
    return time.perf_counter() - inicio


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--acuses", type=int, default=400)
    pedidos = parser.parse_args().acuses
    with tempfile.TemporaryDirectory() as carpeta:
        ctx = construir(Path(carpeta) / "sgc", 40)
        codigos = [f.codigo for f in ctx.vista().fichas() if f.codigo != EN_CIRCUITO]
        con, *otros = codigos
        distribuir(ctx, con, Reparto(("control_documental",)), Peticion())
        for desde in range(0, pedidos, CADA):
            razones = []
            for n in range(CADA):
                propio = acuse(ctx, con)
                if n >= CADA - 5:  # las últimas de cada tramo, contra uno que casi no tiene
                    razones.append(propio / acuse(ctx, otros[(desde // CADA * 5 + n) % len(otros)]))
            peso = len(escribir_ficha(ctx.vista().ficha(con)))
            print(
                f"con {desde + CADA:4} acuses: {statistics.median(razones):4.2f} ×   ficha {peso / 1000:5.0f} kB"
            )


if __name__ == "__main__":
    main()
