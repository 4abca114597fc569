"""`python tests/rendimiento/bench_verificar.py [MOVIMIENTOS]`: repetir la cadena entera, en frío.

Varas, en la misma corrida: que git entregue los movimientos sin comprobar nada, y que entregue todo lo que la
historia guarda. La cadena se mide sin Word; leer y sellar de nuevo los Word se mide aparte, por archivo.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from historia_grande import construir

from sgc_gt.ejemplo.anio import representar

VECES = 3
MOVIMIENTOS = 10_000
LISTA = ["git", "rev-list", "main"]
TODO = ["git", "rev-list", "--objects", "--no-object-names", "--all"]


def _medir(accion: Callable[[], object]) -> tuple[float, float]:
    """Medianas del reloj y del procesador (con el de los procesos que la acción espera)."""
    reloj, procesador = [], []
    for _ in range(VECES):
        antes, inicio = os.times(), time.perf_counter()
        accion()
        reloj.append(time.perf_counter() - inicio)
        despues = os.times()
        procesador.append(sum(despues[:4]) - sum(antes[:4]))
    return statistics.median(reloj), statistics.median(procesador)


def _entregar(raiz: Path, nombrar: Sequence[str]) -> None:
    """git nombra los objetos y git los entrega; nadie los mira."""
    with subprocess.Popen(nombrar, cwd=raiz, stdout=subprocess.PIPE) as nombres:
        subprocess.run(
            ["git", "cat-file", "--batch", "--buffer"],
            cwd=raiz,
            stdin=nombres.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
        )


def _verificar(raiz: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "sgc_gt", "--repo", str(raiz), "--json", "verificar"],
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _word(raiz: Path) -> tuple[int, int, float]:
    """Cuántas huellas y sellos rehace la demostración, y los segundos de procesador que eso toma."""
    from sgc_gt.consultas.verificar import verificar
    from sgc_gt.ordenes.repaso_word import RepasoWord
    from sgc_gt.repositorio.repositorio import Repositorio

    veces, total = {"huella": 0, "sello": 0}, 0.0

    def contando(nombre: str, hacer: Callable[..., object]) -> Callable[..., object]:
        def medido(*argumentos: object) -> object:
            nonlocal total
            veces[nombre] += 1
            inicio = time.process_time()
            try:
                return hacer(*argumentos)
            finally:
                total += time.process_time() - inicio

        return medido

    word = RepasoWord(aqui=10_000)
    taller = word.taller._replace(huella=contando("huella", word.huella), sello=contando("sello", word.sello))
    repo = Repositorio.abrir(raiz)
    with repo.compartiendo():
        assert verificar(repo, taller).ok
    return veces["huella"], veces["sello"], total


def main() -> None:
    cuantos = int(sys.argv[1]) if len(sys.argv) > 1 else MOVIMIENTOS
    with tempfile.TemporaryDirectory() as carpeta:
        raiz, demo = Path(carpeta) / "grande", Path(carpeta) / "demo"
        construir(raiz, cuantos)
        movimientos, todo = (_medir(lambda v=vara: _entregar(raiz, v)) for vara in (LISTA, TODO))
        cadena = _medir(lambda: _verificar(raiz))
        representar(demo, 2025, lambda _: None)
        huellas, sellos, word = _word(demo)
    print(f"La cadena, {cuantos} movimientos (reloj / procesador):")
    print(
        f"  rev-list main | cat-file --batch:             {movimientos[0]:7.2f} s / {movimientos[1]:6.2f} s"
    )
    print(f"  rev-list --objects --all | cat-file --batch:  {todo[0]:7.2f} s / {todo[1]:6.2f} s")
    print(f"  verificar, en frío:                           {cadena[0]:7.2f} s / {cadena[1]:6.2f} s")
    por = 1000 * cadena[1] / cuantos
    print(f"    {por:.2f} ms de procesador por movimiento")
    for nombre, vara in (
        ("solo los movimientos (meta ≤ 5)", movimientos),
        ("todo lo que la historia guarda", todo),
    ):
        print(f"    {cadena[0] / vara[0]:.0f} × / {cadena[1] / vara[1]:.0f} × entregar {nombre}")
    print("Leer los Word otra vez (demostración):")
    print(
        f"  {huellas} huellas y {sellos} sellos: {word:.2f} s de procesador, {1000 * word / (huellas + sellos):.0f} ms cada uno"
    )


if __name__ == "__main__":
    main()
