"""Registra actos sin parar hasta que lo matan. Lo lanzan las pruebas de cortes.

    python muere.py RAIZ [PASO]     con PASO, se mata a sí mismo (y a sus hijos) al llegar ahí

El acto n escribe n en su contador, deja una evidencia propia, renueva un documento y cada tres actos pone una
etiqueta. Cuenta en la salida cada acto que el motor reconoció.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from motor_de_prueba import CARPETA, CONTADOR, cambio, etiqueta  # noqa: E402

from sgc_gt.repositorio.repositorio import Repositorio  # noqa: E402


def morir() -> None:
    if os.name == "posix":
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGTERM)


def acto(numero: int, repositorio: Repositorio) -> str:
    nombre = f"PR-GT-01/v{numero}"
    archivos = {
        CONTADOR: b"%d\n" % numero,
        f"{CARPETA}/PR-GT-01_v{numero - 1}.docx": None,
        f"{CARPETA}/PR-GT-01_v{numero}.docx": b"%d" % numero * 5000,
    }
    evidencias = {f"{CARPETA}/evidencias/{numero}.txt": b"evidencia %d" % numero}
    etiquetas = (lambda oid: {nombre: etiqueta(nombre, oid)}) if numero % 3 == 0 else None
    with repositorio.escritura() as escritor:
        return escritor.registrar(
            cambio(archivos, f"Acto {numero}\n", contenidos=evidencias, etiquetas=etiquetas)
        )


def main() -> None:
    raiz, donde = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    repositorio = Repositorio.abrir(raiz, lambda paso: morir() if paso == donde else None)
    while True:
        numero = int(repositorio.leer(CONTADOR) or b"0") + 1
        print(numero, acto(numero, repositorio), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
