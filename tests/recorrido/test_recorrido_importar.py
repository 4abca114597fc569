"""Cincuenta archivos desordenados pasan a llevarse en el sistema, desde una planilla que alguien revisa."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from archivador import IGNORADOS, PIEZAS, PLANILLA, A, F, R, bytes_de, importar, llenar, simular
from casa import Casa, revisar_lengua
from openpyxl import load_workbook

from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio.forma import secciones
from sgc_gt.errores import EntradaInvalida
from sgc_gt.listas.planilla_lectura import leer_planilla
from sgc_gt.ordenes.importar_carpeta import hallar
from sgc_gt.ordenes.importar_planilla import llevar_a_cabo, validar
from sgc_gt.word.extraer import forma_normal

ENTRADA = Path(__file__).resolve().parents[3] / "shared" / "entrada"
PIEZA = {p.ruta: p for p in PIEZAS}


@pytest.fixture(scope="session")
def propuesta(simulado: Path) -> dict[str, dict[str, Any]]:
    """Las filas de la planilla, como las abre Excel: archivo → título de columna → valor."""
    hoja = load_workbook(simulado / PLANILLA)["Documentos"]
    titulos, *filas = hoja.iter_rows(min_row=4, values_only=True)
    todas = [dict(zip(titulos, fila, strict=True)) for fila in filas]
    return {str(fila["Archivo"]): fila for fila in todas}


def test_una_fila_por_archivo_y_nada_se_escribe(casa: Casa, carpeta: Path, propuesta: dict[str, Any]) -> None:
    assert set(propuesta) == set(PIEZA) - IGNORADOS
    antes = (carpeta.parent / PLANILLA).read_bytes()
    with casa.nada_cambia():
        filas = simular(casa, carpeta)
    assert (carpeta.parent / PLANILLA).read_bytes() == antes
    assert [f["archivo"] for f in filas] == list(propuesta)
    for f in filas:
        for problema in f["problemas"]:
            revisar_lengua(problema)


@pytest.mark.parametrize(
    ("archivo", "decision", "codigo", "estado", "problema"),
    [
        (f"{F}/PR-FOM-02_v03.docx", "importar", "PR-FOM-02", "vigente", ""),
        (f"{F}/obsoletos/PR-FOM-02 v01.docx", "importar", "PR-FOM-02", "obsoleto", ""),
        (f"{F}/PR-FOM-02_v03 firmado.pdf", "evidencia", "PR-FOM-02", "evidencia de PR-FOM-02 03", ""),
        (f"{F}/Copia de PR-FOM-02_v03.docx", "omitir", "PR-FOM-02", "no importar", "idéntico a «Fomento/PR-FOM-02_v03.docx»"),
        (f"{F}/PR-FOM-03 v2 FINAL (2).docx", "importar", "PR-FOM-03", "vigente", "versión: el encabezado dice 03 y el nombre del archivo dice 2"),
        (f"{F}/PR-FOM-04 Rendición de cuentas.docx", "importar", "PR-FOM-04", "vigente", "«Fomento/PR-FOM-04 Rendición de cuentas corregido.docx» también dice ser PR-FOM-04 01: confirme cuál rige"),
        (f"{F}/PR-FOM-05 v01.pdf", "importar", "PR-FOM-05", "vigente", "no dice desde cuándo rige ni cuándo se aprobó"),
        (f"{F}/Flujo PR-FOM-02.vsdx", "omitir", "PR-FOM-02", "no importar", "PR-FOM-02 es un documento de Word: si este se controla, dele un código"),
        (f"{F}/PR-FOM-06 borrador.docx", "omitir", "PR-FOM-06", "no importar", "su nombre dice que es un borrador"),
        (f"{R}/PR-FOR-05 Entrega de diplomas.docx", "importar", "PR-FOR-05", "vigente", "la versión «A» no es como las del servicio"),
        (f"{R}/PR-FOR-07 Cursos en línea.docx", "omitir", "PR-FOR-07", "no importar", "el archivo está incompleto o dañado: no se puede abrir como documento Word"),
        (f"{R}/formulario inscripción.docm.docx", "omitir", "", "no importar", "trae macros, controles u objetos incrustados"),
        (f"{A}/Res. Ex. N° 412 de 2021.pdf", "evidencia", "PR-ATC-01", "evidencia de PR-ATC-01 01, PR-ATC-02 02, PR-ATC-03 01", ""),
        ("SGC/RG-SGC-05 Acta de revisión 2023.docx", "omitir", "RG-SGC-05", "no importar", "RG-SGC-05 es una serie de registros («Registro de Revisión por la Dirección»): archívelo con sgc-gt registrar"),
        ("Varios/P-07 Uso de vehículos.docx", "importar", "P-07", "vigente", "«P-07» no sigue la forma {tipo}-{area}-{nn}: déjelo así o escriba el nuevo"),
        ("Varios/Reglamento interno.docx", "omitir", "", "no importar", "no se reconoce ningún código: escríbalo si el documento se importa"),
    ],
)  # fmt: skip
def test_lo_que_se_propone_de_cada_archivo(
    propuesta: dict[str, Any], archivo: str, decision: str, codigo: str, estado: str, problema: str
) -> None:
    fila = propuesta[archivo]
    assert (fila["Decisión"], fila["Código"] or "", fila["Sería"]) == (decision, codigo, estado)
    assert problema.casefold() in str(fila["Problemas"]).casefold()


def test_los_formatos_y_lo_que_no_se_entendio(simulado: Path) -> None:
    libro = load_workbook(simulado / PLANILLA)
    assert libro.sheetnames == ["Léame", "Documentos", "Formatos", "No se entendió", "Opciones"]
    formatos = [f for f in libro["Formatos"].iter_rows(min_row=5, values_only=True) if f[0]]
    assert [(f[0], f[1]) for f in formatos][:3] == [("F1", "5"), ("F2", "5"), ("F3", "6")]
    assert "encabezado: tabla 1, fila 2, celda 2, después de «Versión:»" in {f[4] for f in formatos}
    ajenos = [f[0] for f in libro["No se entendió"].iter_rows(min_row=5, values_only=True)]
    assert "Varios/Reglamento interno.docx" in ajenos


def test_lo_importado_conserva_bytes_fechas_y_respaldo(casa_importada: Casa) -> None:
    casa = casa_importada
    rige = casa.ruta("documentos/FOM/PR-FOM-02/PR-FOM-02_v03.docx").read_bytes()
    assert rige == bytes_de(PIEZA[f"{F}/PR-FOM-02_v03.docx"])
    assert casa.archivos("documentos/FOM/PR-FOM-02") == {
        "PR-FOM-02_v03.docx",
        "ficha.json",
        "evidencias/003-PR-FOM-02-v03-firmado.pdf",
    }
    assert casa.estados("PR-FOM-02", "15-03-2021") == {"02": "vigente"}
    assert casa.estados("PR-FOM-02", "14-03-2023") == {"02": "vigente"}
    assert casa.estados("PR-FOM-02", "15-03-2023") == {"03": "vigente"}
    [_, _, tercero] = casa.hace("historial PR-FOM-02")
    assert (tercero["acto"], tercero["fecha"], tercero["vigente_desde"]) == (
        "importar",
        "2025-03-04",
        "2023-03-15",
    )
    assert tercero["origen"] == "registrado_con_respaldo"
    assert tercero["extra"]["archivo_original"] == "PR-FOM-02_v03.docx"
    assert tercero["extra"]["aprobo"] == "Director/a Nacional"
    assert {"PR-FOM-02/v01", "PR-FOM-02/v02", "PR-FOM-02/v03", "PR-FOM-05/v01"} <= casa.etiquetas()
    assert "aprobado fuera del sistema, sin respaldo" in casa.dice("estado PR-FOM-03")
    assert "Fuera del sistema" in casa.lista("lista_maestra/FOM.csv")


def test_una_resolucion_respalda_a_los_tres_que_aprueba(casa_importada: Casa) -> None:
    for codigo in ("PR-ATC-01", "PR-ATC-02", "PR-ATC-03"):
        [movimiento] = casa_importada.hace(f"historial {codigo}")
        [papel] = movimiento["evidencia"]
        assert (papel["clase"], papel["numero"]) == ("resolucion", "412")


def test_un_codigo_de_antes_recibe_uno_nuevo_y_se_recuerda(casa_importada: Casa) -> None:
    [movimiento] = casa_importada.hace("historial PR-SGC-07")
    assert movimiento["extra"]["codigo_anterior"] == "P-07"
    [heredado] = casa_importada.hace("historial IN-ATC-02")
    assert heredado["extra"]["codigo_heredado"] is True


def test_la_version_anterior_sale_de_la_historia(casa_importada: Casa, tmp_path: Path) -> None:
    destino = tmp_path / "copia.docx"
    copia = casa_importada.hace("copia PR-FOM-02 --fecha 15-03-2021 -o", str(destino))
    assert (copia["version"], copia["estado"]) == ("02", "obsoleto")
    intacta = tmp_path / "rige.docx"
    casa_importada.hace("copia PR-FOM-02 -o", str(intacta))
    assert intacta.read_bytes() == bytes_de(PIEZA[f"{F}/PR-FOM-02_v03.docx"])


def test_por_proceso_se_hace_de_a_poco_y_repetir_no_hace_nada(casa: Casa, carpeta: Path) -> None:
    error = casa.negada(
        "importar", str(carpeta), "--planilla", str(carpeta.parent / PLANILLA), dice="hay 12 problemas"
    )
    assert any("falta «Título» de «Fomento/PR-FOM-05 v01.pdf»" in p["mensaje"] for p in error["problemas"])
    assert importar(casa, carpeta, "--proceso atc")["importada"] == 5
    con_todo = casa.cabeza()
    assert importar(casa, carpeta, "--proceso ATC")["ya_estaba"] == 5
    assert casa.cabeza() == con_todo


MALAS: dict[str, tuple[str, object, str]] = {
    f"{F}/PR-FOM-02_v03.docx": ("Decisión", "tal vez", "«tal vez» no es una decisión"),
    f"{F}/PR-FOM-03 v2 FINAL (2).docx": ("Código", "PR-FOM-01", "ya se lleva en el sistema"),
    f"{F}/PR-FOM-04 Rendición de cuentas.docx": ("Vigente desde", "ayer", "«ayer» no es una fecha"),
    f"{F}/PR-FOM-05 v01.pdf": ("Tipo", "Procedimiento", "no es un documento de Word"),
    f"{F}/obsoletos/PR-FOM-02 v02.docx": ("Vigente desde", "15-03-2016", "antes que la versión anterior"),
    f"{R}/PR-FOR-01 Convocatoria a cursos.docx": ("Vigente desde", "15-03-2035", "que todavía no llega"),
    f"{R}/PR-FOR-02 Certificación de oficios.docx": ("Aprueba", "El gerente", "«El gerente» no es un cargo"),
    f"{R}/PR-FOR-03 Registro de relatores.docx": ("Respaldo", "nada.pdf", "«nada.pdf» no está en la carpeta"),
    f"{R}/PR-FOR-04 Evaluación de competencias.docx": ("Código", "PR/FOR", "no sirve como código"),
    f"{R}/PR-FOR-07 Cursos en línea.docx": ("Decisión", "importar", "incompleto o dañado"),
    f"{A}/PR-ATC-01_V01.docx": ("Área", "XYZ", "«XYZ» no es un área"),
    f"{A}/PR-ATC-02_V02.docx": ("Código", "PR-ATC-04", "está en 2 filas"),
    f"{A}/Oficio circular sobre atención.pdf": (
        "Decisión",
        "evidencia",
        "ninguna fila que se importa la nombra",
    ),
    "SGC/PR-SGC-03.docx": ("Versión", "tres", "«tres» no es una versión"),
}
"""Archivo → columna, lo que alguien escribe en ella, y lo que se le responde."""


def test_todos_los_problemas_a_la_vez_con_hoja_y_celda(casa: Casa, carpeta: Path) -> None:
    planilla = carpeta.parent / PLANILLA
    llenar(planilla)
    llenar(planilla, {a: {columna: valor} for a, (columna, valor, _) in MALAS.items()})
    llenar(
        planilla, {f"{R}/PR-FOR-07 Cursos en línea.docx": {"Versión": "01", "Vigente desde": "01-01-2022"}}
    )
    (carpeta / F / "FO-FOM-01 v01 Ficha de postulación.xlsx").write_bytes(b"otra cosa")
    (carpeta / F / "FO-FOM-02 v02 Pauta de visita.xlsx").unlink()
    (carpeta / R / "PR-FOR-02 Certificación de oficios.docx").unlink()  # su fila tiene además una celda mala
    error = casa.negada(
        "importar", str(carpeta), "--planilla", str(planilla), dice="la planilla no se puede llevar a cabo"
    )
    dichos = [p["mensaje"] for p in error["problemas"]]
    for dice in (
        *(d for _, _, d in MALAS.values()),
        "cambió después de hacer la planilla",
        "Pauta de visita.xlsx» no está",
        "Certificación de oficios.docx» no está",
    ):
        assert any(dice in d for d in dichos), (dice, dichos)
    assert all(p["lugar"].startswith("Documentos!") for p in error["problemas"])


@pytest.mark.parametrize(
    ("orden", "codigo", "dice"),
    [
        ("importar", 2, "--simular o --planilla"),
        ("importar --simular --planilla x.xlsx", 2, "una de las dos"),
        ("importar --planilla no-esta.xlsx", 2, "no existe"),
    ],
)
def test_la_orden_a_medias(casa: Casa, carpeta: Path, orden: str, codigo: int, dice: str) -> None:
    casa.negada(orden, str(carpeta), codigo=codigo, dice=dice)


def test_ni_la_propia_carpeta_ni_un_excel_cualquiera(casa: Casa, carpeta: Path) -> None:
    casa.negada("importar --simular", str(casa.ruta("documentos")), codigo=2, dice="es la del servicio")
    casa.negada("importar --simular", str(carpeta / "no"), codigo=2, dice="la carpeta no existe")
    otro = carpeta / F / "FO-FOM-01 v01 Ficha de postulación.xlsx"
    casa.negada("importar", str(carpeta), "--planilla", str(otro), dice="no es la planilla de importación")


def test_matada_a_media_carga_se_repite_y_termina(casa: Casa, carpeta: Path) -> None:
    """El proceso muere tres veces entre una versión y otra; la misma orden sigue donde quedó."""
    planilla = carpeta.parent / PLANILLA
    llenar(planilla)
    orden = [
        sys.executable,
        "-m",
        "sgc_gt",
        "--repo",
        str(casa.raiz),
        "importar",
        str(carpeta),
        "--planilla",
        str(planilla),
    ]
    for _ in range(3):
        antes = cuantos(casa)
        victima = subprocess.Popen(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        limite = time.monotonic() + 60
        while cuantos(casa) < antes + 3:
            assert victima.poll() is None, "terminó antes de que la mataran"
            assert time.monotonic() < limite, "la víctima no avanza"
            time.sleep(0.05)
        victima.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        victima.wait()
    casa.reloj.hora = datetime.now(UTC) + timedelta(minutes=1)  # ella usó la hora de verdad
    cuenta = importar(casa, carpeta)
    assert cuenta["importada"] + cuenta["ya_estaba"] == 31
    assert cuenta["ya_estaba"] >= 9
    assert importar(casa, carpeta)["ya_estaba"] == 31


def cuantos(casa: Casa) -> int:
    return int(casa.git("rev-list", "--count", "main"))


@pytest.mark.entrada
def test_un_texto_simple_entra_como_documento_de_word(casa: Casa, tmp_path: Path) -> None:
    """La guía, que es un .txt: rige un Word con sus diez secciones, y el texto queda junto a él."""
    carpeta = tmp_path / "Guías"
    carpeta.mkdir()
    original = (ENTRADA / "guia_gestion_territorial_v02.txt").read_bytes()
    (carpeta / "guia_gestion_territorial_v02.txt").write_bytes(original)
    simular(casa, carpeta)
    valores = {"Decisión": "importar", "Código": "pr-gt-09", "Título": "Gestión territorial", "Tipo": "Procedimiento",
               "Área": "GT", "Versión": "02", "Vigente desde": "01-12-2009"}  # fmt: skip
    llenar(tmp_path / PLANILLA, {"guia_gestion_territorial_v02.txt": valores})
    assert importar(casa, carpeta) == {"importada": 1}
    assert importar(casa, carpeta) == {"ya_estaba": 1}
    llenar(
        tmp_path / PLANILLA,
        {"guia_gestion_territorial_v02.txt": {"Título": "Otra gestión", "Vigente desde": "02-12-2009"}},
    )
    salida = casa.dice("importar", str(carpeta), "--planilla", str(tmp_path / PLANILLA))
    assert "PR-GT-09 versión 02: el título, desde cuándo rige" in salida
    assert casa.hace("estado PR-GT-09")[0]["titulo"] == "Gestión territorial"
    rige = casa.ruta("documentos/GT/PR-GT-09/PR-GT-09_v02.docx").read_bytes()
    titulos = [s.titulo for s in secciones(forma_normal(rige)) if s.nivel == 1 and s.numero.isdigit()]
    assert len(titulos) == 10
    guardado = casa.ruta("documentos/GT/PR-GT-09/evidencias/001-original-guia-gestion-territorial-v02.txt")
    assert guardado.read_bytes() == original
    [movimiento] = casa.hace("historial PR-GT-09")
    assert movimiento["origen"] == "registrado_sin_respaldo"


def test_un_archivo_que_desaparece_a_media_carga(casa: Casa, carpeta: Path) -> None:
    """Lo que ya entró queda, se dice, y al reponer el archivo la orden sigue."""
    planilla = carpeta.parent / PLANILLA
    llenar(planilla)
    ctx = Contexto(casa.raiz, casa.reloj, Persona("cdoc@senopl.example"))
    leida = leer_planilla(planilla.read_bytes(), PLANILLA, ctx.vista().servicio)
    lote = validar(ctx, leida, hallar([carpeta], casa.raiz), PLANILLA, "ATC")
    segundo = lote.versiones[1][1]
    antes = segundo.read_bytes()
    with pytest.raises(EntradaInvalida) as rechazo:
        llevar_a_cabo(ctx, lote, lambda n, _: segundo.unlink() if n == 1 else None)
    assert "ya entró; repita la orden y sigue desde ahí" in rechazo.value.hacer
    segundo.write_bytes(antes)
    cuenta = importar(casa, carpeta, "--proceso ATC")
    assert (cuenta["ya_estaba"], cuenta["importada"]) == (1, 4)
