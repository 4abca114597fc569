"""Casas baratas: cada plantilla se construye una vez por corrida, con las órdenes de verdad, y se copia."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from archivador import CARPETA, PLANILLA, archivar, importar, llenar, simular
from casa import ACTA, CASA_ABIERTA, DOMINIO, EJEMPLO, Casa, Reloj, una_vez

from sgc_gt import inicial as trae
from sgc_gt.cli import sesion
from sgc_gt.ordenes.iniciar import Inicial, iniciar

HOY = datetime(2025, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _git_propio(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Ni la persona ni el equipo configuran git: hay un archivo vacío por prueba."""
    for clave in [c for c in os.environ if c.startswith("GIT_")]:
        monkeypatch.delenv(clave)
    global_ = tmp_path / "gitconfig"
    global_.write_text("[user]\n\tname = Persona de prueba\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(global_))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def reloj(monkeypatch: pytest.MonkeyPatch) -> Reloj:
    """La hora que ven las órdenes: el lunes 10-03-2025 a las 9:00 de Chile, y avanza sola."""
    propio = Reloj(HOY)
    monkeypatch.setattr(sesion, "reloj", propio)
    return propio


@pytest.fixture(scope="session")
def comun(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """La carpeta que comparten los procesos de una corrida."""
    propia = tmp_path_factory.getbasetemp()
    return propia if worker_id == "master" else propia.parent


@pytest.fixture(scope="session")
def _sin_git_ajeno(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as parche:
        parche.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        parche.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield parche


@pytest.fixture(scope="session")
def partida(comun: Path, _sin_git_ajeno: pytest.MonkeyPatch) -> Path:
    """PR-FOM-01 vigente (elabora cr1, revisa egt, aprueba dn), un documento externo y un registro archivado."""

    def construir(raiz: Path) -> None:
        reloj_ = Reloj(CASA_ABIERTA)
        propio = Inicial((EJEMPLO / "sgc.yaml").read_bytes(), trae.plantillas(), trae.series())
        propio = propio._replace(requisitos=trae.requisitos())
        iniciar(raiz, propio, reloj_, f"cdoc@{DOMINIO}")
        with pytest.MonkeyPatch.context() as parche:
            parche.setattr(sesion, "reloj", reloj_)
            casa = Casa(raiz, reloj_)
            assert casa.nuevo("FOM", titulo="Otorgamiento de subsidios") == "PR-FOM-01"
            casa.hasta("PR-FOM-01", "emitir")
            casa.hace(
                "externo alta EX-01 --titulo 'ISO 9001:2015' --emisor ISO --version 2015 --verifica cdoc --cada 6"
            )
            oficio = casa.adjunto("oficio-circular.pdf", ACTA)
            casa.hace("registrar RG-GT-10 --fecha 2025-03-03 --titulo 'Instrucciones del año'", oficio)

    return una_vez(comun / "partida", construir)


@pytest.fixture(scope="session")
def anio(comun: Path, _sin_git_ajeno: pytest.MonkeyPatch) -> Path:
    """El año completo de la demostración (2024)."""
    from sgc_gt.ejemplo.anio import representar  # noqa: PLC0415  (solo quien lo pide espera por él)

    def construir(raiz: Path) -> None:
        representar(raiz, 2024, lambda _: None)

    return una_vez(comun / "anio", construir)


@pytest.fixture(scope="session")
def simulado(comun: Path, partida: Path, _sin_git_ajeno: pytest.MonkeyPatch) -> Path:
    """La carpeta de un servicio antes del sistema, y la planilla que se propone para ella, sin llenar."""

    def construir(raiz: Path) -> None:
        raiz.mkdir()
        with pytest.MonkeyPatch.context() as parche:
            parche.setattr(sesion, "reloj", reloj_ := Reloj(HOY))
            simular(Casa(partida, reloj_), archivar(raiz / CARPETA))

    return una_vez(comun / "simulado", construir)


@pytest.fixture(scope="session")
def importada(comun: Path, partida: Path, simulado: Path, _sin_git_ajeno: pytest.MonkeyPatch) -> Path:
    """La partida con esa carpeta ya importada."""

    def construir(raiz: Path) -> None:
        shutil.copytree(partida, raiz)
        llena = raiz.with_name("importada.llena")
        shutil.copytree(simulado, llena, dirs_exist_ok=True)
        llenar(llena / PLANILLA)
        with pytest.MonkeyPatch.context() as parche:
            parche.setattr(sesion, "reloj", reloj_ := Reloj(CASA_ABIERTA + timedelta(days=1)))
            cuenta = importar(Casa(raiz, reloj_), llena / CARPETA)
        assert cuenta == {"importada": 31, "evidencia": 3, "omitida": 16}

    return una_vez(comun / "importada", construir)


@pytest.fixture
def carpeta(simulado: Path, tmp_path: Path) -> Path:
    """Una copia de la carpeta por importar, con su planilla al lado."""
    shutil.copytree(simulado, tmp_path / "importacion")
    return tmp_path / "importacion" / CARPETA


@pytest.fixture
def casa_importada(importada: Path, nueva_casa: Callable[..., Casa]) -> Casa:
    """Una copia de la casa con todo importado."""
    return nueva_casa(importada, "importada")


@pytest.fixture
def nueva_casa(tmp_path: Path, reloj: Reloj) -> Iterator[Callable[[Path], Casa]]:
    """Copia una plantilla. Al terminar, la integridad de cada copia en que algo cambió debe ser correcta."""
    hechas: list[tuple[Path, Casa]] = []

    def copiar(plantilla: Path, nombre: str = "sgc") -> Casa:
        destino = tmp_path / nombre
        shutil.copytree(plantilla, destino)
        hechas.append((plantilla, Casa(destino, reloj)))
        return hechas[-1][1]

    yield copiar
    for plantilla, casa in hechas:
        if not casa.adulterada and casa.foto() != _como_nacio(plantilla):
            informe = casa.verificar(_revisada(plantilla))
            assert informe["ok"], informe["alertas"]


@cache
def _revisada(plantilla: Path) -> str:
    """El ancla de la plantilla, que se repite entera una vez por corrida: cada copia, desde ahí."""

    def repetir(nota: Path) -> None:
        informe = Casa(plantilla, Reloj(HOY)).verificar()
        assert informe["ok"], informe["alertas"]
        nota.write_text(informe["ancla"])

    return una_vez(plantilla.with_name(f"{plantilla.name}.ancla"), repetir).read_text()


@cache
def _como_nacio(plantilla: Path) -> dict[str, str]:
    return Casa(plantilla, Reloj(HOY)).foto()


@pytest.fixture
def casa(partida: Path, nueva_casa: Callable[[Path], Casa]) -> Casa:
    """Una copia de la partida."""
    return nueva_casa(partida)


@pytest.fixture(scope="session")
def publicada(comun: Path, anio: Path, _sin_git_ajeno: pytest.MonkeyPatch) -> Path:
    """La carpeta en que se publicó ese año, con LibreOffice de verdad, vista el 10-03-2025."""

    def construir(raiz: Path) -> None:
        shutil.copytree(anio, raiz / "sgc")
        with pytest.MonkeyPatch.context() as parche:
            parche.setattr(sesion, "reloj", reloj_ := Reloj(HOY))
            hecha = Casa(raiz / "sgc", reloj_).hace(f"publicar '{raiz / 'publico'}'")
        assert (hecha["pendientes"], hecha["sin_pdf"]) == ([], [])

    return una_vez(comun / "publicada", construir) / "publico"


@pytest.fixture(scope="session")
def llevada(comun: Path, anio: Path, _sin_git_ajeno: pytest.MonkeyPatch) -> Path:
    """El paquete que se lleva quien audita ese año (`llevar`), y al lado lo que la orden respondió."""

    def construir(raiz: Path) -> None:
        raiz.mkdir()
        with pytest.MonkeyPatch.context() as parche:
            parche.setattr(sesion, "reloj", reloj_ := Reloj(HOY))
            orden = f"auditar --fecha 31-12-2024 --documentos FO-GT-06 -o '{raiz / 'llevar'}'"
            salida = Casa(anio, reloj_).orden(orden)
        (raiz / "respuesta.json").write_text(json.dumps(salida.valor), "utf-8")

    return una_vez(comun / "llevada", construir)


@pytest.fixture
def demo(anio: Path, nueva_casa: Callable[[Path], Casa], reloj: Reloj) -> Casa:
    """Una copia del año de demostración, vista el 10-03-2025."""
    return nueva_casa(anio)
