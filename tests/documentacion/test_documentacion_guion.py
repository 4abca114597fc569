"""Los manuales se ejecutan: cada bloque de consola, en orden, sobre el año de demostración y con fecha fija.

Una línea del manual se da por buena si está en la salida real, en el mismo orden. «…» abrevia: puede faltar
texto en su lugar, y una línea que es solo «…» abrevia las que haya. Los espacios repetidos no cuentan.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest
from lectura_docs import USO, Paso, argumentos, guion
from referencia_ordenes import claves_de, nombres_de_claves

sys.path.append(str(Path(__file__).parents[1] / "recorrido"))

from archivador import archivar, llenar
from casa import una_vez

from sgc_gt.cli import o_inicio, principal, sesion
from sgc_gt.ejemplo.anio import representar
from sgc_gt.ejemplo.edicion import escribir_en_word
from sgc_gt.ejemplo.evidencia import pdf

ANIO = 2025
HOY = datetime(2026, 11, 23, 13, tzinfo=UTC)
RESPALDOS = (
    "conformidad-ecal.pdf",
    "res-ex-398.pdf",
    "res-ex-412.pdf",
    "plan-firmado.pdf",
    "of-118.pdf",
    "of-231.pdf",
    "acta-terreno.pdf",
    "acta-eliminacion.pdf",
)
GUIA = re.compile(r"^\w+ aquí\b")


def _escribir_todo(carpeta: Path) -> None:
    """Quien elabora reemplaza cada texto guía de la plantilla por el suyo."""
    archivo = carpeta / "documentos/ATC/PR-ATC-01/borrador/PR-ATC-01_v01.docx"
    documento = docx.Document(str(archivo))
    for parrafo in documento.paragraphs:
        if GUIA.match(parrafo.text):
            parrafo.text = "La ventanilla móvil recibe las postulaciones en todas las regiones."
    documento.save(str(archivo))


def _agregar(texto: str) -> Callable[[Path], None]:
    def editar(carpeta: Path) -> None:
        archivo = carpeta / "documentos/GT/PR-GT-01/borrador/PR-GT-01_v02.docx"
        escribir_en_word(archivo, despues_de="Alcance", parrafo=texto)

    return editar


def _comentar(carpeta: Path) -> None:
    """Quien revisa comenta una copia del borrador enviado y la devuelve con otro nombre."""
    archivo = carpeta / "documentos/GT/PR-GT-01/borrador/PR-GT-01_v02.docx"
    documento = docx.Document(str(archivo))
    parrafo = next(p for p in documento.paragraphs if p.text == "Considera las mejoras acordadas.")
    documento.add_comment(parrafo.runs, text="Falta decir que rige en toda región", author="Quien revisa")
    (carpeta.parent / "recibidos").mkdir()
    documento.save(str(carpeta.parent / "recibidos/procedimiento comentado.docx"))


def _reemplazar(viejo: str, nuevo: str) -> Callable[[Path], None]:
    def editar(carpeta: Path) -> None:
        archivo = carpeta / "sgc.yaml"
        texto = archivo.read_text("utf-8")
        assert viejo in texto
        archivo.write_text(texto.replace(viejo, nuevo, 1), "utf-8", newline="\n")

    return editar


def _conectar(carpeta: Path) -> None:
    """Control documental corrige la línea mala y agrega las carpetas conectadas, fuera de la del servicio."""
    _reemplazar("  - {corre: fis@senopl", "  - {correo: fis@senopl")(carpeta)
    archivo = carpeta / "sgc.yaml"
    base = carpeta.parent / "intercambio"
    base.mkdir()
    conectadas = f"\ncarpetas_conectadas:\n  base: {base}\n  quietud_segundos: 0\n"
    archivo.write_text(archivo.read_text("utf-8") + conectadas, "utf-8", newline="\n")


def _guardar_en_su_carpeta(carpeta: Path) -> None:
    archivo = carpeta.parent / "intercambio/cr1/PR-FOM-03_v03.docx"
    escribir_en_word(archivo, despues_de="Alcance", parrafo="También se atiende en terreno.")


def _alterar(carpeta: Path) -> None:
    archivo = carpeta / "documentos/FOM/PR-FOM-03/PR-FOM-03_v02.docx"
    archivo.chmod(0o644)
    archivo.write_bytes(archivo.read_bytes() + b"\0")


def _perder_evidencia(carpeta: Path) -> None:
    archivo = carpeta / "documentos/FOM/PR-FOM-03/evidencias/012-res-ex-214.pdf"
    archivo.chmod(0o644)
    archivo.unlink()


def _llegan_los_documentos(carpeta: Path) -> None:
    archivar(carpeta.parent / "Documentos SGC")


def _alguien_llena_la_planilla(carpeta: Path) -> None:
    llenar(carpeta.parent / "importacion.xlsx")


ECAL = "{correo: ecal@senopl.example, cargo: ecal, desde: '2020-01-01'}"
FUERA_DEL_SISTEMA: dict[tuple[str, str], list[Callable[[Path], None]]] = {
    ("control-documental.md", "sgc-gt entregar PR-ATC-01"): [_escribir_todo],
    ("control-documental.md", "sgc-gt enviar PR-GT-01"): [_agregar("Considera las mejoras acordadas.")],
    ("control-documental.md", "sgc-gt entregar PR-GT-01"): [lambda _: None, _agregar("Rige en toda región.")],
    ("control-documental.md", "sgc-gt devolver PR-GT-01"): [_comentar],
    ("control-documental.md", "sgc-gt configurar"): [
        _reemplazar(
            ECAL,
            ECAL.replace("}", ", hasta: '2026-11-23'}")
            + "\n  - {correo: calidad@senopl.example, cargo: ecal, desde: '2026-11-24'}",
        ),
        _reemplazar("  - {correo: fis@senopl", "  - {corre: fis@senopl"),
        _conectar,
    ],
    ("adoptar.md", "sgc-gt importar"): [
        _llegan_los_documentos,
        lambda _: None,
        _alguien_llena_la_planilla,
    ],
    ("control-documental.md", "sgc-gt vigilar"): [lambda _: None, _guardar_en_su_carpeta],
    ("auditoria.md", "sgc-gt verificar"): [*[lambda _: None] * 3, _alterar, _perder_evidencia],
}
"""Lo que las personas hacen entre dos órdenes, según el manual y la orden que sigue; una acción por vez."""


@pytest.fixture(scope="session")
def demostracion(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """El año de demostración y los respaldos que los manuales adjuntan, una vez por corrida."""
    propia = tmp_path_factory.getbasetemp()

    def construir(carpeta: Path) -> None:
        (carpeta / "respaldos").mkdir(parents=True)
        for nombre in RESPALDOS:
            (carpeta / "respaldos" / nombre).write_bytes(pdf(nombre, nombre).contenido)
        representar(carpeta / "demo-sgc", ANIO, lambda _: None)

    return una_vez((propia if worker_id == "master" else propia.parent) / "manuales", construir)


@pytest.fixture
def lugar(demostracion: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una copia propia, con la fecha de los manuales y una persona conocida por git."""
    copia = tmp_path / "manual"
    shutil.copytree(demostracion, copia, symlinks=True)
    quien = tmp_path / "gitconfig"
    quien.write_text("[user]\n\tname = Control\n\temail = calidad@servicio.example\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(quien))
    instantes = (HOY + timedelta(minutes=n) for n in range(10_000))
    for modulo in (sesion, o_inicio):
        monkeypatch.setattr(modulo, "reloj", lambda: next(instantes))
    return copia


def _se_salta(orden: str) -> bool:
    """Si la orden pide LibreOffice y no está, salvo donde se exige todo: ahí la falta es una falla."""
    pide = orden.startswith("sgc-gt preparar-firma") or " --pdf" in orden
    return pide and not shutil.which("soffice") and not os.environ.get("SGC_EXIGE_TODO")


def _partes(linea: str) -> str:
    """La línea como expresión: «…» es cualquier texto, los espacios repetidos son uno."""
    trozos = [re.escape(re.sub(r"\s+", " ", t).strip()) for t in linea.split("…")]
    return r"\s?.*?\s?".join(trozos)


def faltantes(escritas: tuple[str, ...], real: str) -> list[str]:
    """Las líneas del manual que la salida real no trae, en orden."""
    reales: Iterator[str] = (re.sub(r"\s+", " ", linea).strip() for linea in real.splitlines())
    pendientes = [linea for linea in escritas if linea.strip() != "…"]
    while pendientes:
        patron = re.compile(_partes(pendientes[0]))
        if not any(patron.fullmatch(linea) for linea in reales):
            return pendientes
        pendientes.pop(0)
    return []


def _renovar(pagina: Path, desde: int, paso: Paso, real: str) -> int:
    """Pone la salida real entera bajo la orden, para abreviarla a mano. Devuelve dónde terminó."""
    texto = pagina.read_text("utf-8")
    viejo = "\n".join([f"$ {paso.orden}", *paso.salida]) + "\n"
    nuevo = "\n".join([f"$ {paso.orden}", *(x.rstrip() for x in real.splitlines() if x.strip())]) + "\n"
    inicio = texto.index(viejo, desde)
    pagina.write_text(texto[:inicio] + nuevo + texto[inicio + len(viejo) :], "utf-8", newline="\n")
    return inicio + len(nuevo)


@pytest.mark.lento
@pytest.mark.libreoffice
@pytest.mark.parametrize("nombre", [p.name for p in sorted(USO.glob("*.md")) if guion(p.read_text("utf-8"))])
def test_el_manual_dice_lo_que_el_programa_responde(
    nombre: str, lugar: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pagina = USO / nombre
    carpeta = lugar if nombre == "instalacion.md" else lugar / "demo-sgc"
    monkeypatch.chdir(carpeta)
    pendientes = {orden: list(acciones) for (p, orden), acciones in FUERA_DEL_SISTEMA.items() if p == nombre}
    fallas = []
    cursor = 0
    for paso in guion(pagina.read_text("utf-8")):
        for prefijo, acciones in pendientes.items():
            if paso.orden.startswith(prefijo) and acciones:
                acciones.pop(0)(carpeta)
        if _se_salta(paso.orden):
            continue
        capsys.readouterr()
        principal.ejecutar(argumentos(paso.orden))
        escrito = capsys.readouterr()
        real = escrito.out + "\n" + escrito.err
        falta = faltantes(paso.salida, real) if paso.salida else ["nada"]
        if falta and os.environ.get("ACTUALIZAR") == "1":
            cursor = _renovar(pagina, cursor, paso, real)
        elif falta:
            fallas.append(
                f"$ {paso.orden}\n  el manual dice: {falta[0]}\n  el programa responde:\n{real.strip()}"
            )

    assert not fallas, "\n\n".join(fallas)


@pytest.mark.parametrize(
    ("manual", "real", "sobra"),
    [
        (("uno   dos",), "uno dos\ntres", 0),
        (("uno … cuatro",), "uno dos tres cuatro", 0),
        (("…", "tres"), "uno\ndos\ntres", 0),
        (("tres", "uno"), "uno\ntres", 1),
        (("dos",), "uno dos", 1),
    ],
)
def test_una_linea_que_el_programa_no_dice_se_nota(manual: tuple[str, ...], real: str, sobra: int) -> None:
    assert len(faltantes(manual, real)) == sobra


@pytest.mark.lento
@pytest.mark.parametrize(
    "orden",
    [
        "sgc-gt tipos",
        "sgc-gt estado",
        "sgc-gt historial PR-FOM-03",
        "sgc-gt registros --periodo 2025",
        "sgc-gt listas --formato csv -o ../listas",
        "sgc-gt copia PR-FOM-03 -o ..",
        "sgc-gt verificar",
        "sgc-gt mantener PR-SGC-01 --motivo Revisado",
        "sgc-gt registrar RG-GT-04 --fecha 2026-11-23 --ubicacion SIG",
        "sgc-gt nueva-version PR-SGC-01 --motivo Cambios",
        "sgc-gt externo verificar EX-01",
    ],
)
def test_las_claves_de_la_respuesta_son_las_documentadas(
    orden: str, lugar: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(lugar / "demo-sgc")
    principal.ejecutar([*argumentos(orden), "--json"])
    valor = json.loads(capsys.readouterr().out)
    primero = valor[0] if isinstance(valor, list) else valor

    nombre = argumentos(orden)[0]
    siempre = nombres_de_claves(nombre)
    assert list(primero)[: len(siempre)] == siempre
    assert [clave for clave in primero if f"`{clave}`" not in claves_de(nombre)] == []
