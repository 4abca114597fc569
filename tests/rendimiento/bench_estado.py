"""`python tests/rendimiento/bench_estado.py`: `estado` en frío con 1 000 documentos, y la demostración.

Vara, en la misma corrida: `python -c "import click"`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from servicio_grande import construir

VECES = 15


def _mediana(orden: list[str], veces: int = VECES) -> float:
    ambiente = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    tiempos = []
    for _ in range(veces):
        inicio = time.perf_counter()
        subprocess.run(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ambiente, check=True)
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos)


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta) / "mil"
        construir(raiz, 1_000)
        estado = [sys.executable, "-m", "sgc_gt", "--repo", str(raiz), "estado"]
        _mediana([*estado, "--json"], 2)
        vara = _mediana([sys.executable, "-c", "import click"])
        texto, en_json = _mediana(estado), _mediana([*estado, "--json"])
        demo = _mediana([sys.executable, "-m", "sgc_gt", "demo", str(Path(carpeta) / "demo")], 1)
    print(f'python -c "import click":    {vara * 1000:6.0f} ms')
    print(f"estado, 1 000 documentos:    {texto * 1000:6.0f} ms   {texto / vara:4.2f} × (meta ≤ 3)")
    print(f"estado --json:               {en_json * 1000:6.0f} ms   {en_json / vara:4.2f} ×")
    print(f"demo:                        {demo:6.1f} s    (meta: un dígito)")


if __name__ == "__main__":
    main()
