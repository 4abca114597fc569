"""Da órdenes al azar hasta que lo matan. Lo lanzan las pruebas de cortes.

    python muere_recorrido.py      y por la entrada, una línea JSON por víctima:
                                   {"raiz", "semilla", "hora", "salida", "paso", "orden"}

Carga el programa una vez y se divide por cada línea: la víctima tiene su propio grupo de procesos. Responde
su número y, cuando termina, cómo terminó. La víctima cuenta en `salida` cada acto que el programa reconoció.
Con `paso`, se mata a sí misma (y a sus hijos) al llegar ahí en su primera orden.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.append(str(Path(__file__).resolve().parents[2]))

from casa import ACTA, Casa, Reloj, escribir_en_word

import sgc_gt.word.plantilla  # noqa: F401  (se carga antes de dividirse)
from sgc_gt.cli import c_estado, o_circuito, o_documento, o_sistema, sesion  # noqa: F401
from sgc_gt.repositorio.repositorio import Repositorio

QUIEN = {
    "generar": "cr1",
    "entregar": "cr1",
    "enviar": "cr1",
    "retirar": "cr1",
    "descartar": "cr1",
    "mantener": "cr1",
    "revisar": "egt",
    "devolver": "egt",
}
MAS = {
    "devolver": "--texto Falta",
    "descartar": "--motivo x",
    "reabrir": "--motivo x",
    "nueva-version": "--motivo x",
}
PESOS = {
    "descartar": 0.1,
    "retirar": 0.3,
    "devolver": 0.3,
    "reabrir": 0.3,
    "mantener": 0.3,
    "dejar-sin-efecto": 0,
}


class Azar:
    """Una persona apurada: hace cualquier cosa que el procedimiento admita."""

    def __init__(self, casa: Casa, semilla: int) -> None:
        self.casa = casa
        self.azar = random.Random(semilla)  # noqa: S311 - repetible
        self.vez = semilla * 1000

    def orden(self) -> tuple[str, list[str], str]:
        """La orden que sigue, y quién la da."""
        self.vez += 1
        suerte = self.azar.random()
        if suerte < 0.15:
            return "registrar RG-GT-04 --fecha 2025-03-10", [self._adjunto()], "cdoc"
        if suerte < 0.2:
            return "externo verificar EX-01", [], "cdoc"
        return self._del_documento()

    def _adjunto(self) -> str:
        return self.casa.adjunto(f"respaldo-{self.vez}.pdf", ACTA + b"%d" % self.vez)

    def _del_documento(self) -> tuple[str, list[str], str]:
        filas = json.loads(self._decir("estado PR-FOM-01"))
        posibles = sorted({a for f in filas for a in f["posibles"]})
        acto = self.azar.choices(posibles, [PESOS.get(a, 1.0) for a in posibles])[0]
        if acto == "entregar":
            [borrador] = self.casa.raiz.glob("documentos/FOM/PR-FOM-01/borrador/*.docx")
            escribir_en_word(borrador, f"Frase {self.vez} de la prueba.")
        if acto == "generar":
            return "generar PR-FOM-01 --descartar-edicion", [], "cr1"
        if acto == "aprobar":
            return "--como dn@senopl.example aprobar PR-FOM-01 --adjunto", [self._adjunto()], "cdoc"
        if acto == "emitir" and self.azar.random() < 0.3:
            manana = (self.casa.reloj.hora + timedelta(days=1)).date()
            return f"emitir PR-FOM-01 --vigente-desde {manana}", [], "cdoc"
        if filas and any(f["estado"] == "emitido" for f in filas):
            self.casa.reloj.hora += timedelta(days=1)
        return f"{acto} PR-FOM-01 {MAS.get(acto, '')}", [], QUIEN.get(acto, "cdoc")

    def _decir(self, linea: str) -> str:
        return self.casa.orden(linea).texto


def morir() -> None:
    os.killpg(0, signal.SIGKILL)


def matar_en(paso: str) -> None:
    """Cada repositorio que se abra avisa sus pasos, y en ese se muere."""
    original: Callable[..., Repositorio] = Repositorio.abrir.__func__  # type: ignore[attr-defined]

    def abrir(cls: type[Repositorio], raiz: Path, _: object = None) -> Repositorio:
        return original(cls, raiz, lambda actual: morir() if actual == paso else None)

    Repositorio.abrir = classmethod(abrir)  # type: ignore[assignment,method-assign]


def victima(pedido: dict[str, Any]) -> None:
    reloj = Reloj(datetime.fromisoformat(pedido["hora"]))
    sesion.reloj = reloj
    casa = Casa(Path(pedido["raiz"]), reloj)
    with Path(pedido["salida"]).open("a", encoding="utf-8") as salida:
        if pedido["paso"]:
            linea, mas, de = pedido["orden"]
            matar_en(pedido["paso"])
            casa.orden(linea, *mas, de=de)
            return
        azar = Azar(casa, pedido["semilla"])
        while True:
            linea, mas, de = azar.orden()
            hecho = casa.orden(linea, *mas, de=de)
            valor = hecho.valor
            uno = valor[0] if isinstance(valor, list) else valor
            salida.write(json.dumps([linea, hecho.codigo, uno.get("commit", "")]) + "\n")
            salida.flush()


def nacer(pedido: dict[str, Any]) -> None:
    """Una víctima que se cae sola lo deja escrito: no es una muerte, es un defecto."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try:
            victima(pedido)
        except BaseException:  # noqa: BLE001  (es el último en enterarse)
            Path(pedido["salida"] + ".caida").write_text(traceback.format_exc(), "utf-8")
    os._exit(0)


def main() -> None:
    for linea in sys.stdin:
        numero = os.fork()
        if numero == 0:
            os.setpgid(0, 0)
            nacer(json.loads(linea))
        os.setpgid(numero, numero)  # también aquí: nadie recibe el número antes de que el grupo exista
        print(numero, flush=True)  # noqa: T201
        _, estado = os.waitpid(numero, 0)
        print(os.waitstatus_to_exitcode(estado), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
