"""Dos procesos que registran a la vez: nadie pierde un acto ni pisa el del otro."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from motor_de_prueba import CONTADOR, exigir_sano, registrar

from sgc_gt.repositorio.repositorio import Repositorio

ACTOS = 30
AQUI = Path(__file__).resolve().parent
GUION = f"""
import sys; sys.path[:0] = {[str(AQUI), str(AQUI.parents[1])]!r}
from pathlib import Path
from motor_de_prueba import CONTADOR, cambio
from sgc_gt.repositorio.repositorio import Repositorio
quien, repo = sys.argv[2], Repositorio.abrir(Path(sys.argv[1]))
for numero in range({ACTOS}):
    with repo.escritura(espera=120) as escritor:
        cuenta = int(repo.leer(CONTADOR, escritor.base)) + 1
        propio = f"documentos/GT/{{quien}}/ficha.json"
        archivos = {{CONTADOR: b"%d" % cuenta, propio: b"%d" % numero}}
        print(escritor.registrar(cambio(archivos, f"{{quien}} {{numero}}\\n")))
"""


def test_dos_procesos_de_treinta_actos(repo: Repositorio) -> None:
    registrar(repo, {CONTADOR: b"0"})
    orden = [sys.executable, "-c", GUION, str(repo.raiz)]
    procesos = [subprocess.Popen([*orden, quien], stdout=subprocess.PIPE) for quien in ("A-1", "B-1")]
    salidas = [proceso.communicate(timeout=300)[0].decode().split() for proceso in procesos]
    assert [proceso.returncode for proceso in procesos] == [0, 0]
    mensajes = {commit.oid: commit.mensaje for commit in repo.bitacora()}
    for quien, oids in zip(("A-1", "B-1"), salidas, strict=True):
        assert [mensajes[oid] for oid in oids] == [f"{quien} {numero}\n" for numero in range(ACTOS)]
    assert repo.leer(CONTADOR) == b"%d" % (2 * ACTOS)
    exigir_sano(repo.raiz)
