"""La vigilancia en su propio proceso: el aviso del sistema la despierta, el sondeo también, y un corte no pierde nada."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from carpetas_conectadas import Conectada
from casa import Casa

RAIZ = Path(__file__).parents[2]
PACIENCIA = 60.0


class Proceso:
    """Un `vigilar` andando, y los sucesos que va contando."""

    def __init__(self, raiz: Path) -> None:
        orden = [sys.executable, "-m", "sgc_gt", "--repo", str(raiz), "--json", "vigilar"]
        self.proceso = subprocess.Popen(
            orden,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(RAIZ)},
        )
        self.lineas: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._leer, daemon=True).start()

    def _leer(self) -> None:
        assert self.proceso.stdout is not None
        for linea in self.proceso.stdout:
            self.lineas.put(linea)

    def hasta(self, suceso: str) -> dict[str, Any]:
        """Espera ese suceso; los anteriores se dejan pasar."""
        while True:
            hallado = dict(json.loads(self.lineas.get(timeout=PACIENCIA)))
            if hallado["suceso"] == suceso:
                return hallado

    def termina(self, senal: signal.Signals) -> int:
        self.proceso.send_signal(senal)
        self.proceso.wait(PACIENCIA)
        for flujo in (self.proceso.stdout, self.proceso.stderr):
            if flujo:
                flujo.close()
        return self.proceso.returncode


@pytest.fixture
def vigilando() -> Iterator[Callable[[Casa], Proceso]]:
    andando: list[Proceso] = []

    def empezar(casa: Casa) -> Proceso:
        andando.append(Proceso(casa.raiz))
        casa.reloj.hora = datetime.now(UTC)  # el proceso mira la hora de verdad
        return andando[-1]

    yield empezar
    for p in andando:
        if p.proceso.poll() is None:
            p.termina(signal.SIGKILL)


@pytest.mark.lento
@pytest.mark.parametrize("sondeo", ["no", "si"])
def test_lo_guardado_se_recibe_mientras_vigila(
    casa: Casa, vigilando: Callable[[Casa], Proceso], sondeo: str
) -> None:
    """Con avisos del sistema y con sondeo (una carpeta de red) el resultado es el mismo."""
    conectada = Conectada(casa, mas=f"  sondeo: '{sondeo}'\n  sondeo_segundos: 1\n")
    archivo = conectada.abrir()
    p = vigilando(casa)
    p.hasta("comienza")
    conectada.escribir(archivo)
    recibido = p.hasta("recibido")
    assert (recibido["codigo"], recibido["secciones"]) == ("PR-FOM-01", ["1 Objetivo"])
    casa.hace("enviar PR-FOM-01", de="cr1")  # otra orden, mientras tanto: la copia se retira sola
    p.hasta("retirado")
    assert p.termina(signal.SIGINT) == 130
    assert conectada.ultimo()["acto"] == "enviar"


@pytest.mark.lento
def test_un_corte_no_pierde_nada_y_al_volver_se_pone_al_dia(
    casa: Casa, vigilando: Callable[[Casa], Proceso]
) -> None:
    conectada = Conectada(casa)
    archivo = conectada.abrir()
    p = vigilando(casa)
    p.hasta("comienza")
    p.termina(signal.SIGKILL)
    conectada.escribir(archivo, "Escrito mientras nadie miraba.")
    otro = vigilando(casa)
    otro.hasta("recibido")
    assert otro.termina(signal.SIGTERM) == 130
    assert conectada.sucesos() == []


@pytest.mark.lento
def test_hay_una_sola_vigilancia(casa: Casa, vigilando: Callable[[Casa], Proceso]) -> None:
    Conectada(casa)
    p = vigilando(casa)
    p.hasta("comienza")
    casa.negada("vigilar --una-vez", dice="ya hay una vigilancia en marcha")
    p.termina(signal.SIGINT)
