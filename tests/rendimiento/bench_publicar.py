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

sys.path.insert(0, str(Path(__file__).parent))

from servicio_grande import construir

DOCUMENTOS = 1_000
VECES = 11


def _tiempo(orden: list[str], ambiente: dict[str, str], veces: int = 1) -> float:
    tiempos = []
    for _ in range(veces):
        inicio = time.perf_counter()
        subprocess.run(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ambiente, check=True)
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos)


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
        vara = _tiempo([sys.executable, "-c", "import click"], ambiente, VECES)
        primera = _tiempo([*sgc, "publicar", str(publico)], ambiente)
        nada = _tiempo([*sgc, "publicar", str(publico)], ambiente, VECES)
        alta = "externo alta EX-90 --titulo T --emisor E --verifica cdoc"
        _tiempo([*sgc, *alta.split()], ambiente)
        un_acto = _tiempo([*sgc, "publicar", str(publico)], ambiente)
        peso = (publico / "index.html").stat().st_size / 1024
    print(f'python -c "import click":       {vara * 1000:6.0f} ms')
    print(
        f"nada cambió, {DOCUMENTOS} documentos:  {nada * 1000:6.0f} ms   {nada / vara:5.1f} × (meta: bajo un segundo)"
    )
    print(f"después de un movimiento:       {un_acto * 1000:6.0f} ms   {un_acto / vara:5.1f} ×")
    print(f"la primera vez, en Word:        {primera * 1000:6.0f} ms   {primera / vara:5.1f} ×")
    print(f"index.html:                     {peso:6.0f} kB")


if __name__ == "__main__":
    main()
