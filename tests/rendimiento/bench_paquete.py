"""`python tests/rendimiento/bench_paquete.py`: los hallazgos y el paquete de un servicio de 400 documentos.

Cada documento tiene dos versiones y doce movimientos legales. Los hallazgos se comparan con leer todos los archivos
de la historia que miran (`git cat-file --batch` de la cabeza); el paquete, con lo que cuesta a git y a zip sacar los
mismos bytes (`git bundle create` y `zip -r` de la carpeta), en la misma corrida.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from historia_grande import construir

DOCUMENTOS = 400
MOVIMIENTOS = DOCUMENTOS * 12 + 1
SGC = [sys.executable, "-m", "sgc_gt", "--repo"]


def _segundos(hacer: Callable[[], object]) -> float:
    inicio = time.perf_counter()
    hacer()
    return time.perf_counter() - inicio


def _correr(*orden: str, en: Path, entrada: bytes = b"") -> None:
    subprocess.run(
        orden, cwd=en, input=entrada, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )


def _linea(que: str, segundos: float, vara: float, cual: str) -> None:
    print(f"{que:42s} {segundos:7.2f} s   {segundos / vara:5.1f} × {cual} ({vara:.2f} s)", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        base = Path(carpeta)
        raiz, paquete = base / "servicio", base / "paquete"
        construir(raiz, MOVIMIENTOS)
        arbol = subprocess.run(
            ["git", "ls-tree", "-r", "HEAD"], cwd=raiz, capture_output=True, check=True
        ).stdout
        oids = b"\n".join(fila.split()[2] for fila in arbol.splitlines())
        leer = _segundos(lambda: _correr("git", "cat-file", "--batch", en=raiz, entrada=oids))
        preparado = [*SGC, str(raiz), "auditar", "--hallazgos", "--json"]
        for vez in ("primera", "recordando"):
            _linea(f"hallazgos, {DOCUMENTOS} documentos, {vez}", _segundos(lambda: _correr(*preparado, en=base)), leer,
                   "git cat-file")  # fmt: skip
        armar = _segundos(lambda: _correr(*SGC, str(raiz), "auditar", "-o", str(paquete), en=base))
        memoria = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        tamano = sum(a.stat().st_size for a in paquete.rglob("*") if a.is_file()) / 1e6
        shutil.rmtree(base / "vara", ignore_errors=True)
        vara = _segundos(
            lambda: _correr("git", "bundle", "create", "-q", str(base / "h.bundle"), "--all", en=raiz)
        )
        vara += _segundos(lambda: _correr("zip", "-q", "-r", str(base / "vara.zip"), ".", en=paquete))
        _linea(f"paquete, {DOCUMENTOS} expedientes, {tamano:.0f} MB", armar, vara, "git bundle y zip")
        print(f"memoria más alta de un proceso: {memoria:.0f} MB")


if __name__ == "__main__":
    main()
