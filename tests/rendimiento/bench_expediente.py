"""`python tests/rendimiento/bench_expediente.py`: el expediente de un documento de cinco versiones, entre mil.

La vara es `comparar --formato html` de dos de sus versiones, en la misma corrida: abre dos Word y escribe una
página. Los mil comparten el archivo: leer mil distintos, que pasa una sola vez, es la primera medida por mil.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from servicio_grande import EN_CIRCUITO, construir

from sgc_gt.contexto import Contexto, Persona
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.emitir import emitir
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.nueva_version import nueva_version
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.word.extraer import forma_de_partes
from sgc_gt.word.puerta import abrir
from sgc_gt.word.texto_llano import texto_llano

DOCUMENTOS = 1_000
VERSIONES = 5
VECES = 7


def _mediana(hacer: Callable[[], object], veces: int = VECES) -> float:
    tiempos = []
    for _ in range(veces):
        inicio = time.perf_counter()
        hacer()
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos) * 1000


def _versiones(ctx: Contexto) -> None:
    """El documento en circuito rige, y llega a su quinta versión."""
    emitir(ctx, [EN_CIRCUITO], Peticion())
    for n in range(1, VERSIONES):
        nueva_version(ctx, EN_CIRCUITO, Peticion(motivo=f"Mejora {n}"), menor=False)
        enviar(ctx.con(Persona("cr1@senopl.example")), [EN_CIRCUITO], Peticion())
        anotar(ctx.con(Persona("egt@senopl.example")), "revisar", [EN_CIRCUITO], Peticion())
        anotar(ctx.con(Persona("dn@senopl.example")), "aprobar", [EN_CIRCUITO], Peticion())
        emitir(ctx, [EN_CIRCUITO], Peticion())


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz, salida = Path(carpeta) / "mil", Path(carpeta) / "salida.html"
        ctx = construir(raiz, DOCUMENTOS)
        _versiones(ctx)
        palabra = next(raiz.glob(f"documentos/A00/{EN_CIRCUITO}/*.docx")).read_bytes()
        llano = _mediana(lambda: texto_llano(palabra, "modelo"))
        forma = _mediana(lambda: forma_de_partes(abrir(palabra, "modelo")))
        base = [sys.executable, "-m", "sgc_gt", "--repo", str(raiz)]

        def orden(*mas: str) -> None:
            subprocess.run([*base, *mas, "-o", str(salida)], stdout=subprocess.DEVNULL, check=True)

        primera = _mediana(lambda: orden("expediente", EN_CIRCUITO), 1)
        expediente = _mediana(lambda: orden("expediente", EN_CIRCUITO))
        vara = _mediana(lambda: orden("comparar", EN_CIRCUITO, "04", "05", "--formato", "html"))
    print(
        f"buscar citas en un Word:            {llano:7.1f} ms ({forma / llano:.1f} × más rápido que leerlo)"
    )
    print(f"expediente, la primera vez:         {primera:7.0f} ms")
    print(f"expediente de {VERSIONES} versiones:          {expediente:7.0f} ms")
    print(f"comparar dos de ellas (la vara):    {vara:7.0f} ms")
    print(f"expediente / vara:                  {expediente / vara:7.1f}")


if __name__ == "__main__":
    main()
