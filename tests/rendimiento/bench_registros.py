"""`python tests/rendimiento/bench_registros.py`: leer la sección de registros de un Word, y `registros` con mil.

Los mil procedimientos son copias de un mismo Word: la consulta lo lee una vez y lo recuerda, así que lo que
cuesta leer mil distintos es la primera medida por mil.
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

from sgc_gt.dominio.registros_word import registros_en
from sgc_gt.word.extraer import forma_normal

DOCUMENTOS = 1_000
VECES = 15


def _mediana(hacer: Callable[[], object], veces: int = VECES) -> float:
    tiempos = []
    for _ in range(veces):
        inicio = time.perf_counter()
        hacer()
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta) / "mil"
        construir(raiz, DOCUMENTOS)
        palabra = (raiz / f"documentos/A00/{EN_CIRCUITO}/borrador/{EN_CIRCUITO}_v01.docx").read_bytes()
        forma = forma_normal(palabra)
        leer = _mediana(lambda: registros_en(forma))
        abrir = _mediana(lambda: forma_normal(palabra))
        orden = [sys.executable, "-m", "sgc_gt", "--repo", str(raiz), "registros", "--json"]
        consulta = lambda: subprocess.run(orden, stdout=subprocess.DEVNULL, check=True)  # noqa: E731
        primera, siguientes = _mediana(consulta, 1), _mediana(consulta, 5)
    print(f"abrir el Word y sacar su forma normal:  {abrir:7.1f} ms")
    print(f"hallar y leer la sección de registros:  {leer:7.2f} ms")
    print(f"registros, {DOCUMENTOS} procedimientos, primera: {primera:7.0f} ms")
    print(f"registros, recordando:                  {siguientes:7.0f} ms")


if __name__ == "__main__":
    main()
