"""`python tests/rendimiento/bench_matriz.py`: la matriz del año de demostración, contra `listas` en la misma corrida."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sgc_gt.ejemplo.anio import representar

VECES = 7


def segundos(*orden: str) -> float:
    """La mediana en segundos de procesador de la orden, como proceso aparte; la primera vez no cuenta."""
    tiempos = []
    for _ in range(VECES + 1):
        antes = os.times()
        subprocess.run([sys.executable, "-m", "sgc_gt", *orden], stdout=subprocess.DEVNULL, check=True)
        despues = os.times()
        tiempos.append(
            despues.children_user + despues.children_system - antes.children_user - antes.children_system
        )
    return statistics.median(tiempos[1:])


def main() -> None:
    with tempfile.TemporaryDirectory() as lugar:
        anio = datetime.now(UTC).year - 1
        representar(Path(lugar) / "sgc", anio, lambda _: None)
        os.chdir(Path(lugar) / "sgc")
        vara = segundos("listas")
        for orden in (["matriz", "--periodo", str(anio)], ["matriz", "--objetos"]):
            propio = segundos(*orden)
            print(f"{' '.join(orden):24} {propio:5.2f} s   {propio / vara:4.2f} veces listas ({vara:.2f} s)")


if __name__ == "__main__":
    main()
