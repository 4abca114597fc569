"""`python tests/rendimiento/bench_listas.py`: preguntar por otra fecha con 1 000 documentos, y lo que cuesta marcar.

Varas, en la misma corrida: `python -c "import click"`, y python-docx abriendo y guardando el mismo archivo.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import docx
from bench_estado import _mediana
from servicio_grande import construir

from sgc_gt.word.marca import marcar

VECES = 7


def _en_casa(hacer: Callable[[], object], veces: int = VECES) -> float:
    hacer()
    tiempos = []
    for _ in range(veces):
        inicio = time.perf_counter()
        hacer()
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos)


def _python_docx(contenido: bytes) -> None:
    docx.Document(io.BytesIO(contenido)).save(io.BytesIO())


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta) / "mil"
        construir(raiz, 1_000)
        orden = [sys.executable, "-m", "sgc_gt", "--repo", str(raiz)]
        ayer, hoy = (date.today() - timedelta(days=n) for n in (1, 0))  # noqa: DTZ011
        casos = {
            f"listas --fecha {ayer}": ["listas", "--fecha", str(ayer)],
            "listas --fecha (hoy)": ["listas", "--fecha", str(hoy)],
            "listas --fecha, a xlsx": [
                "listas",
                "--fecha",
                str(hoy),
                "--formato",
                "xlsx",
                "-o",
                f"{carpeta}/l",
            ],
            "estado --fecha": ["estado", "--fecha", str(ayer)],
            "estado --sabido-al": ["estado", "--sabido-al", str(hoy)],
            "copia": ["copia", "PR-A07-00048", "-o", f"{carpeta}/c"],
            "verificar --codigo": ["verificar", "--codigo", "0000-1111-2222-3333"],
        }
        for argumentos in casos.values():
            subprocess.run([*orden, *argumentos], capture_output=True, check=True)
        vara = _mediana([sys.executable, "-c", "import click"], VECES)
        print(f'python -c "import click": {vara * 1000:6.0f} ms')
        for nombre, argumentos in casos.items():
            tiempo = _mediana([*orden, *argumentos], VECES)
            print(f"{nombre:26} {tiempo * 1000:6.0f} ms   {tiempo / vara:5.1f} ×")
        contenido = next(raiz.glob("documentos/A07/PR-A07-00048/*.docx")).read_bytes()
    linea = "DOCUMENTO OBSOLETO desde el 05-05-2025: reemplazada por la versión 02."
    base = _en_casa(lambda: _python_docx(contenido))
    marca = _en_casa(lambda: marcar(contenido, "DOCUMENTO OBSOLETO", linea))
    print(f"python-docx, abrir y guardar: {base * 1000:5.1f} ms ({len(contenido) // 1024} kB)")
    print(f"marcar la misma copia:        {marca * 1000:5.1f} ms   {marca / base:4.2f} ×")


if __name__ == "__main__":
    main()
