"""`python tests/rendimiento/bench_paquete.py`: los hallazgos y el paquete de un servicio de 400 documentos.

Cada documento tiene dos versiones y doce movimientos legales. Los hallazgos se comparan con leer todos los archivos
de la historia que miran (`git cat-file --batch` de la cabeza); el paquete, con lo que cuesta a git y a zip sacar los
mismos bytes (`git bundle create` y `zip -r` de la carpeta), en la misma corrida.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from historia_grande import construir

DOCUMENTOS = 400
MOVIMIENTOS = DOCUMENTOS * 12 + 1
SGC = [sys.executable, "-m", "sgc_gt", "--repo"]


class Tiempo(NamedTuple):
    """Lo que tardó un programa: en el reloj, y lo que usó de procesador (vale aunque la máquina esté ocupada)."""

    reloj: float
    procesador: float


def _medir(hacer: Callable[[], object]) -> Tiempo:
    inicio, antes = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    hacer()
    despues = resource.getrusage(resource.RUSAGE_CHILDREN)
    usado = despues.ru_utime + despues.ru_stime - antes.ru_utime - antes.ru_stime
    return Tiempo(time.perf_counter() - inicio, usado)


def _correr(*orden: str, en: Path, entrada: bytes = b"") -> None:
    subprocess.run(
        orden, cwd=en, input=entrada, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )


def _linea(que: str, t: Tiempo, vara: Tiempo, cual: str) -> None:
    veces = t.procesador / vara.procesador
    print(
        f"{que:42s} {t.reloj:6.1f} s de reloj, {t.procesador:6.1f} s de procesador: {veces:5.1f} × {cual}",
        flush=True,
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        base = Path(carpeta)
        raiz, paquete = base / "servicio", base / "paquete"
        construir(raiz, MOVIMIENTOS)
        arbol = subprocess.run(
            ["git", "ls-tree", "-r", "HEAD"], cwd=raiz, capture_output=True, check=True
        ).stdout
        oids = b"\n".join(fila.split()[2] for fila in arbol.splitlines())
        leer = _medir(lambda: _correr("git", "cat-file", "--batch", en=raiz, entrada=oids))
        preparado = [*SGC, str(raiz), "auditar", "--hallazgos", "--json"]
        for vez in ("primera", "recordando"):
            _linea(f"hallazgos, {DOCUMENTOS} documentos, {vez}", _medir(lambda: _correr(*preparado, en=base)), leer,
                   "git cat-file")  # fmt: skip
        armar = _medir(lambda: _correr(*SGC, str(raiz), "auditar", "-o", str(paquete), en=base))
        memoria = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        tamano = sum(a.stat().st_size for a in paquete.rglob("*") if a.is_file()) / 1e6
        fardo = _medir(
            lambda: _correr("git", "bundle", "create", "-q", str(base / "h.bundle"), "--all", en=raiz)
        )
        comprimir = _medir(lambda: _correr("zip", "-q", "-r", str(base / "vara.zip"), ".", en=paquete))
        vara = Tiempo(fardo.reloj + comprimir.reloj, fardo.procesador + comprimir.procesador)
        _linea(f"paquete, {DOCUMENTOS} expedientes, {tamano:.0f} MB", armar, vara, "git bundle y zip")
        print(f"memoria más alta de un proceso: {memoria:.0f} MB")


if __name__ == "__main__":
    main()
