"""`python tests/rendimiento/bench_publicar.py`: `publicar` en frío con 1 000 documentos.

Vara, en la misma corrida: `python -c "import click"`. Se mide sin LibreOffice a la vista: hacer un PDF cuesta lo
que LibreOffice tarde y se paga una vez por versión; lo que se mide es lo que se paga cada día.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from servicio_grande import construir

DOCUMENTOS = 1_000
VECES = 11


class Costo(NamedTuple):
    """Milisegundos de reloj y de procesador: en un equipo cargado, solo los segundos dicen algo."""

    reloj: float
    procesador: float

    def frente(self, vara: Costo) -> str:
        """El costo, y cuántas veces la vara."""
        return f"{self.reloj:6.0f} ms  {self.procesador:6.0f} ms  {self.procesador / vara.procesador:5.1f} ×"


def _medir(orden: list[str], ambiente: dict[str, str], veces: int = 1) -> Costo:
    """La mediana de cada uno."""
    costos = []
    for _ in range(veces):
        antes, inicio = os.times(), time.perf_counter()
        subprocess.run(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ambiente, check=True)
        ahora = os.times()
        cpu = ahora.children_user + ahora.children_system - antes.children_user - antes.children_system
        costos.append((time.perf_counter() - inicio, cpu))
    return Costo(*(statistics.median(c) * 1000 for c in zip(*costos, strict=True)))


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz, publico, bin_ = (Path(carpeta) / n for n in ("mil", "publico", "bin"))
        construir(raiz, DOCUMENTOS)
        bin_.mkdir()
        (bin_ / "git").symlink_to(str(shutil.which("git")))
        ambiente = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
            "PATH": str(bin_)
        }
        sgc = [sys.executable, "-m", "sgc_gt", "--repo", str(raiz)]
        vara = _medir([sys.executable, "-c", "import click"], ambiente, VECES)
        primera = _medir([*sgc, "publicar", str(publico)], ambiente)
        nada = _medir([*sgc, "publicar", str(publico)], ambiente, VECES)
        alta = "externo alta EX-90 --titulo T --emisor E --verifica cdoc"
        _medir([*sgc, *alta.split()], ambiente)
        un_acto = _medir([*sgc, "publicar", str(publico)], ambiente)
        peso = (publico / "index.html").stat().st_size / 1024
    print("                                    reloj  procesador")
    print(f'python -c "import click":       {vara.frente(vara)}')
    print(f"nada cambió, {DOCUMENTOS} documentos:  {nada.frente(vara)}   (meta: bajo un segundo)")
    print(f"después de un movimiento:       {un_acto.frente(vara)}")
    print(f"la primera vez, en Word:        {primera.frente(vara)}")
    print(f"index.html:                     {peso:6.0f} kB")


if __name__ == "__main__":
    main()
