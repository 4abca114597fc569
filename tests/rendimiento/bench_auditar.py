"""`python tests/rendimiento/bench_auditar.py`: auditar mil documentos, contra `registros` en la misma corrida.

Los mil son copias de un mismo Word: la primera vez se lee uno, y lo que cuesta leer mil distintos lo dice
`bench_registros.py`. La vara es `registros`, que `auditar` contiene entera.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from servicio_grande import construir

DOCUMENTOS = 1_000
VECES = 5


def _mediana(raiz: Path, *orden: str, veces: int = VECES) -> float:
    """Segundos de procesador de la orden, como proceso aparte: no dependen de qué más corra en la máquina."""
    tiempos = []
    for _ in range(veces):
        antes = os.times()
        hecha = subprocess.run(
            [sys.executable, "-m", "sgc_gt", "--repo", str(raiz), *orden],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        despues = os.times()
        assert hecha.returncode in (0, 1), orden
        tiempos.append(
            despues.children_user - antes.children_user + despues.children_system - antes.children_system
        )
    return statistics.median(tiempos)


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta) / "mil"
        construir(raiz, DOCUMENTOS)
        primera = _mediana(raiz, "auditar", "--json", veces=1)
        vara = _mediana(raiz, "registros", "--json")
        filas = [
            ("registros (vara)", vara),
            (
                "listas --formato csv",
                _mediana(raiz, "listas", "--formato", "csv", "-o", str(Path(carpeta) / "l")),
            ),
            ("auditar, primera vez", primera),
            ("auditar", _mediana(raiz, "auditar")),
            ("auditar --json", _mediana(raiz, "auditar", "--json")),
            ("auditar --transicion", _mediana(raiz, "auditar", "--transicion", "2008", "2015")),
        ]
    for nombre, segundos in filas:
        print(f"{nombre:24} {segundos * 1000:7.0f} ms  {segundos / vara:5.2f} veces la vara")


if __name__ == "__main__":
    main()
