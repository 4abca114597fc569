"""Comprobar firmas: la aritmética propia contra `git log --format=%G?`, sobre los mismos movimientos.

Mide la lectura de la historia y la comprobación completa (`firma_de`), con cada clase de clave. git arranca dos
ssh-keygen por movimiento; la vara se corre en la misma pasada, sobre la misma historia.

    python tests/rendimiento/bench_firmas.py [MOVIMIENTOS]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "repositorio"))
from motor_de_prueba import CONTROL, HORA

from sgc_gt.consultas.firmas import VALIDA, firma_de, firmantes_permitidos
from sgc_gt.dominio.clave_ssh import Clave, normal
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.ficha import Movimiento
from sgc_gt.dominio.organizacion import Persona
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.repositorio.firmar import firmar
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Cambio

CLASES = {"ed25519": (), "ecdsa": ("-b", "256"), "rsa": ("-b", "3072")}


def historia(raiz: Path, llave: Path, cuantos: int) -> Repositorio:
    """Una historia de movimientos firmados uno por uno con ssh-keygen."""

    def cambio(n: int) -> Cambio:
        instante: datetime = HORA + timedelta(minutes=n)
        archivos: dict[str, bytes | None] = {
            "sgc.yaml": b"esquema: 1\n",
            f"documentos/GT/D{n % 50:02}/ficha.json": b"%d\n" % n,
        }
        return Cambio(f"Un movimiento\n\nActo-N: {n}\n", CONTROL, CONTROL, instante, archivos,
                      firmar=partial(firmar, str(llave), raiz.parent))  # fmt: skip

    repo = Repositorio.crear(raiz, cambio(0), CONTROL)
    with repo.escritura() as escritor:
        for n in range(1, cuantos):
            escritor.registrar(cambio(n))
    return repo


def servicio_de(clave: Clave) -> Servicio:
    persona = Persona(CONTROL.correo, "cdoc", date(2020, 1, 1), claves=(clave,))
    return Servicio("S", "S", "ISO 9001:2015", Mascara("{tipo}-{area}-{nn}"), {}, FormatoVersion(), {}, (persona,),
                    {}, {}, {}, {})  # fmt: skip


def propia(repo: Repositorio, servicio: Servicio, m: Movimiento) -> int:
    return sum(firma_de(commit, m, servicio).estado == VALIDA for commit in repo.bitacora())


def de_git(raiz: Path, firmantes: Path) -> int:
    orden = ["git", "-c", f"gpg.ssh.allowedSignersFile={firmantes}", "log", "--format=%G?", "main"]
    return (
        subprocess.run(orden, cwd=raiz, capture_output=True, text=True, check=True).stdout.split().count("G")
    )


def medir(trabajo: Callable[[], int], cuantos: int) -> float:
    """Milisegundos por movimiento; todos deben valer."""
    inicio = time.perf_counter()
    validas = trabajo()
    pasado = time.perf_counter() - inicio
    if validas != cuantos:
        raise SystemExit(f"solo {validas} de {cuantos} firmas valen")
    return pasado * 1000 / cuantos


def comparar(base: Path, clase: str, mas: tuple[str, ...], cuantos: int) -> None:
    llave = base / "llave"
    subprocess.run(["ssh-keygen", "-q", "-t", clase, *mas, "-N", "", "-f", str(llave)], check=True)
    clave = Clave(normal((base / "llave.pub").read_text()), date(2020, 1, 1))
    servicio = servicio_de(clave)
    m = Movimiento(1, "crear", "01", HORA.date(), HORA.isoformat(), CONTROL.correo, "cdoc", CONTROL.correo,
                   "por_la_persona", firma=clave.huella)  # fmt: skip
    repo = historia(base / "sgc", llave, cuantos)
    firmantes = base / "firmantes"
    firmantes.write_text(firmantes_permitidos(servicio))
    medir(lambda: propia(repo, servicio, m), cuantos)  # la primera paga cargar la biblioteca
    vara = medir(lambda: de_git(base / "sgc", firmantes), cuantos)
    nuestra = medir(lambda: propia(repo, servicio, m), cuantos)
    print(
        f"{clase:8} propia {nuestra:6.3f}   git {vara:6.2f}   {vara / nuestra:5.0f} veces más rápida",
        flush=True,
    )


def main(cuantos: int) -> None:
    print(f"{cuantos} movimientos firmados; milisegundos por movimiento", flush=True)
    for clase, mas in CLASES.items():
        with tempfile.TemporaryDirectory() as carpeta:
            comparar(Path(carpeta), clase, mas, cuantos)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
