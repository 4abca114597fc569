"""Matar el programa en cualquier punto de cualquier acto: quedó antes o después, y nada se perdió.

`SGC_MUERTES` dice cuántas veces (18 si no se dice). Con cada paso del motor por su nombre, y al azar.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from casa import Casa

from sgc_gt.repositorio.escritura import PASOS

GUION = Path(__file__).with_name("muere_recorrido.py")
MUERTES = int(os.environ.get("SGC_MUERTES", "18"))
TANDAS = 6
ALGUNOS = ("preparado", "main")
ANTES = PASOS[: PASOS.index("main")]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="dividir y matar grupos de procesos es de POSIX")


class Nodriza:
    """El proceso que da a luz víctimas ya cargadas."""

    def __init__(self) -> None:
        self.viva = 0  # la víctima de una prueba que falló antes de enterrarla
        self.proceso = subprocess.Popen(
            [sys.executable, str(GUION)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def parir(self, pedido: dict[str, Any]) -> int:
        assert self.proceso.stdin is not None
        if self.viva:
            with suppress(ProcessLookupError):  # ya pudo terminar sola
                os.killpg(self.viva, signal.SIGKILL)
            self.como_murio()
        self.proceso.stdin.write(json.dumps(pedido) + "\n")
        self.proceso.stdin.flush()
        self.viva = self._numero()
        return self.viva

    def como_murio(self) -> int:
        self.viva = 0
        return self._numero()

    def _numero(self) -> int:
        assert self.proceso.stdout is not None
        linea = self.proceso.stdout.readline()
        assert linea, "la nodriza murió"
        return int(linea)

    def cerrar(self) -> None:
        for tuberia in (self.proceso.stdin, self.proceso.stdout):
            if tuberia:
                tuberia.close()
        self.proceso.wait(timeout=30)


@pytest.fixture(scope="module")
def nodriza(_sin_git_ajeno: pytest.MonkeyPatch) -> Iterator[Nodriza]:
    nueva = Nodriza()
    yield nueva
    nueva.cerrar()


def exigir_entera(casa: Casa) -> list[str]:
    """La orden siguiente funciona y deja todo como la historia dice. Devuelve los movimientos, en orden."""
    casa.hace("externo verificar EX-01")
    informe = casa.verificar()
    assert informe["ok"], informe["alertas"]
    git = casa.ruta(".git")
    ajenos = [x[3:] for x in casa.git("status", "--porcelain").splitlines() if "/borrador/" not in x]
    assert ajenos == []
    assert not (git / "sgc/diario.json").exists()
    assert not [t for t in git.rglob("*.lock") if t.name != "sgc.lock"]
    assert list((git / "sgc/tmp").iterdir()) == []
    assert evidencias_en_disco(casa) == evidencias_declaradas(casa)
    return casa.git("rev-list", "--reverse", "main").split()


def evidencias_en_disco(casa: Casa) -> set[str]:
    return {str(a.relative_to(casa.raiz)) for a in casa.raiz.glob("*/**/evidencias/*")}


def evidencias_declaradas(casa: Casa) -> set[str]:
    declaradas = set()
    for ficha in [*casa.raiz.glob("*/**/ficha.json"), casa.ruta("registros/sistema.json")]:
        carpeta = ficha.parent.relative_to(casa.raiz)
        for m in json.loads(ficha.read_text("utf-8"))["actos"]:
            propias = [e["archivo"] for e in m.get("evidencia", []) if e.get("archivo")]
            if m["acto"] == "registrar" and m.get("archivo"):
                propias.append(m["archivo"])
            declaradas |= {f"{carpeta}/evidencias/{n}" for n in propias}
            declaradas -= {f"{carpeta}/evidencias/{n}" for n in m.get("extra", {}).get("retira", [])}
    return declaradas


@pytest.mark.parametrize(
    ("acto", "pasos"),
    [
        ("crear", ALGUNOS),
        ("aprobar", PASOS),
        ("emitir", PASOS),
        ("configurar", ALGUNOS),
        ("disponer", (*ALGUNOS, "archivo")),
    ],
)
def test_cada_paso_de_cada_acto(
    casa: Casa, nodriza: Nodriza, tmp_path: Path, acto: str, pasos: tuple[str, ...]
) -> None:
    """Antes de que `main` se mueva no ocurrió; después ocurrió entero."""
    linea, *resto = preparar(casa, acto)
    antes = casa.git("rev-list", "main").split()
    casa.adulterada = True  # se revisan sus copias; ella misma puede quedar con una edición sin registrar
    for paso in pasos:
        copia = casa.copia(tmp_path / paso)
        nodriza.parir(pedido(copia, tmp_path / "salida", paso=paso, orden=[linea, *resto]))
        assert nodriza.como_murio() == -signal.SIGKILL, paso
        casa.reloj.hora += timedelta(minutes=10)
        if acto == "configurar" and paso in ANTES:
            assert "Atención a la ciudadanía" in copia.ruta("sgc.yaml").read_text("utf-8"), paso
            copia.git("checkout", "-q", "--", "sgc.yaml")
        nuevos = [c for c in exigir_entera(copia) if c not in antes]
        assert len(nuevos) == (1 if paso in ANTES else 2), paso
        mensaje = copia.git("log", "-1", "--format=%B", nuevos[0])
        assert ("\nActo: externo\n" if paso in ANTES else f"\nActo: {acto}\n") in mensaje, paso


def preparar(casa: Casa, acto: str) -> tuple[str, list[str], str]:
    """Deja todo listo para ese acto y devuelve su orden."""
    if acto == "crear":
        return "crear procedimiento --titulo x --area ATC --elabora cr1", [], "cdoc"
    if acto == "configurar":
        archivo = casa.ruta("sgc.yaml")
        archivo.write_text(
            archivo.read_text("utf-8").replace("Atención Ciudadana", "Atención a la ciudadanía"), "utf-8"
        )
        return "configurar --motivo x", [], "cdoc"
    if acto == "disponer":
        casa.hace("registrar RG-GT-06 --fecha 2018-05-04", casa.adjunto("visita.txt", b"nombres"))
        casa.hace("disposicion RG-GT-06/2018/001")
        casa.hace(
            "disposicion DISP-2025-001 --resolucion 1 --fecha-oficio 2025-03-09 --adjunto", casa.adjunto()
        )
        orden = "disposicion DISP-2025-001 --resultado eliminado --metodo x --responsables x --adjunto"
        return orden, [casa.adjunto("acta.pdf")], "cdoc"
    casa.hace("nueva-version PR-FOM-01 --motivo x")
    if acto == "aprobar":
        casa.hasta("PR-FOM-01", "revisar")
        return "--como dn@senopl.example aprobar PR-FOM-01 --adjunto", [casa.adjunto("firmado.pdf")], "cdoc"
    casa.hasta("PR-FOM-01", "aprobar")
    return "emitir PR-FOM-01", [], "cdoc"


def pedido(
    casa: Casa, salida: Path, *, semilla: int = 0, paso: str = "", orden: object = None
) -> dict[str, Any]:
    salida.touch()
    return {
        "raiz": str(casa.raiz),
        "semilla": semilla,
        "hora": casa.reloj.hora.isoformat(),
        "salida": str(salida),
        "paso": paso,
        "orden": orden,
    }


@pytest.mark.lento
@pytest.mark.parametrize("tanda", range(TANDAS))
def test_muertes_al_azar(casa: Casa, nodriza: Nodriza, tmp_path: Path, tanda: int) -> None:
    """Solo el programa, o el grupo con sus hijos; la misma casa sigue viva después de cada muerte."""
    azar = random.Random(20250310 + tanda)  # noqa: S311 - repetible
    salida = tmp_path / "salida"
    for vuelta in range(-(-MUERTES // TANDAS)):
        semilla = tanda * 1000 + vuelta
        salida.unlink(missing_ok=True)
        antes = casa.git("rev-list", "--reverse", "main").split()
        numero = nodriza.parir(pedido(casa, salida, semilla=semilla))
        esperar(salida, azar.randrange(3))
        time.sleep(azar.uniform(0, 0.12))
        (os.killpg if vuelta % 2 else os.kill)(numero, signal.SIGKILL)
        assert nodriza.como_murio() == -signal.SIGKILL, salida.read_text("utf-8")
        casa.reloj.hora += timedelta(days=30)
        historia = exigir_entera(casa)
        casa.adulterada = True  # recién verificada
        contados = [json.loads(linea) for linea in salida.read_text("utf-8").splitlines()]
        assert all(codigo in (0, 1) for _, codigo, _ in contados), contados
        reconocidos = [commit for _, _, commit in contados if commit]
        assert historia[: len(antes)] == antes
        assert [c for c in historia if c in reconocidos] == reconocidos
        mensajes = [
            casa.git("log", "-1", "--format=%s", c) for c in historia[len(antes) :] if c not in reconocidos
        ]
        propios = [m for m in mensajes if not m.startswith("Comienza a regir")]
        assert len(propios) in (1, 2), contados  # el de exigir_entera, y a lo más el que murió ya ocurrido


def esperar(salida: Path, cuantos: int) -> None:
    """Hasta que la víctima haya contado tantos actos."""
    limite = time.monotonic() + 60
    caida = Path(f"{salida}.caida")
    while salida.read_text("utf-8").count("\n") < cuantos:
        assert not caida.exists(), caida.read_text("utf-8")
        assert time.monotonic() < limite, "la víctima no avanza"
        time.sleep(0.002)
