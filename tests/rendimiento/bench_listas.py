"""`python tests/rendimiento/bench_listas.py`: preguntar por otra fecha con 1 000 documentos, y lo que cuesta marcar.

Varas, en la misma corrida: `python -c "import click"`, y python-docx abriendo y guardando el mismo archivo. Se cuenta
tiempo de procesador, para que la carga ajena no cuente, y el de reloj al lado.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent))

import docx
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


def _orden(orden: list[str]) -> tuple[float, float]:
    """Medianas en segundos de procesador y de reloj de la orden, como proceso aparte."""
    ambiente = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    procesador, reloj = [], []
    for _ in range(VECES):
        antes, inicio = os.times(), time.perf_counter()
        subprocess.run(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ambiente, check=True)
        reloj.append(time.perf_counter() - inicio)
        despues = os.times()
        procesador.append(
            despues.children_user + despues.children_system - antes.children_user - antes.children_system
        )
    return statistics.median(procesador), statistics.median(reloj)


def _python_docx(contenido: bytes) -> None:
    docx.Document(io.BytesIO(contenido)).save(io.BytesIO())


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta) / "mil"
        construir(raiz, 1_000)
        orden = [sys.executable, "-m", "sgc_gt", "--repo", str(raiz)]
        # El día es el del servicio: en Chile puede ser todavía ayer.
        hoy = datetime.now(ZoneInfo("America/Santiago")).date()
        ayer = hoy - timedelta(days=1)
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
        vara, reloj = _orden([sys.executable, "-c", "import click"])
        print(f'python -c "import click":  {vara:5.2f} s ({reloj:.2f})')
        for nombre, argumentos in casos.items():
            tiempo, reloj = _orden([*orden, *argumentos])
            print(f"{nombre:26} {tiempo:5.2f} s ({reloj:.2f})   {tiempo / vara:5.1f} ×")
        contenido = next(raiz.glob("documentos/A07/PR-A07-00048/*.docx")).read_bytes()
    linea = "DOCUMENTO OBSOLETO desde el 05-05-2025: reemplazada por la versión 02."
    base = _en_casa(lambda: _python_docx(contenido))
    marca = _en_casa(lambda: marcar(contenido, "DOCUMENTO OBSOLETO", linea))
    print(f"python-docx, abrir y guardar: {base * 1000:5.1f} ms ({len(contenido) // 1024} kB)")
    print(f"marcar la misma copia:        {marca * 1000:5.1f} ms   {marca / base:4.2f} ×")


if __name__ == "__main__":
    main()
