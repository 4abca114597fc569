"""La carpeta compartida de un servicio antes del sistema: medio centenar de archivos, como se encuentran.

Cuatro familias de encabezado, versiones viejas en «obsoletos», copias, «FINAL (2)», PDF firmados, una
resolución que aprueba tres procedimientos, planillas, un diagrama, un .doc, códigos de antes, archivos rotos
y los que dejan Word y Windows. `archivar(carpeta)` la escribe; `PIEZAS` dice qué es cada uno.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import docx
from casa import Casa
from docx.shared import Pt
from mini_docx import mini_docx, mini_partes
from openpyxl import load_workbook

from sgc_gt.ejemplo.evidencia import pdf
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import abrir

SECCIONES = (
    ("Objetivo", "Ordenar {titulo} en todas las direcciones regionales."),
    ("Alcance", "Rige para el nivel central y las regiones."),
    ("Responsabilidades", "La jefatura de la división responde por el proceso."),
    ("Referencias", "ISO 9001 y las leyes que rigen al servicio."),
    ("Desarrollo", "Se recibe la solicitud, se revisa y se responde dentro de diez días."),
    ("Registros", ""),
)
NOMBRES = {
    "dn": "Director/a Nacional",
    "ecal": "Encargado/a de Calidad",
    "egt": "Encargado/a del Sistema Gestión Territorial",
    "cr1": "Jefe/a División de Fomento",
    "cr2": "Jefe/a División de Formación y Certificación",
    "cr5": "Jefe/a Atención Ciudadana",
    "cdoc": "Profesional de Control Documental",
}


class Pieza(NamedTuple):
    """Un archivo: dónde está, quién lo escribió (familia) y lo que dice."""

    ruta: str
    familia: str
    codigo: str = ""
    version: str = ""
    fecha: str = ""
    titulo: str = ""
    elabora: str = "cr1"
    mas: str = ""  # lo que distingue a su texto


def cuerpo(p: Pieza) -> list[tuple[str, str]]:
    """Título y párrafo de cada sección."""
    return [(t, texto.format(titulo=p.titulo.lower())) for t, texto in SECCIONES] + [
        ("Anexos", p.mas or "No hay.")
    ]


# ---- las familias ---------------------------------------------------------------------------------------


def tabla(p: Pieza) -> bytes:
    """Familia A, escrita con python-docx: tabla en el encabezado, títulos con estilo, firmas y una tabla."""
    d = docx.Document()
    d.styles["Normal"].font.size = Pt(11)
    seccion = d.sections[0]
    t = seccion.header.add_table(2, 3, seccion.page_width - seccion.left_margin - seccion.right_margin)
    t.style = d.styles["Table Grid"]
    for n, texto in enumerate(
        (
            "Servicio Nacional de Oficios y Producción Local",
            p.titulo,
            f"Código: {p.codigo}",
            "Sistema de Gestión",
            f"Versión: {p.version}",
            f"Fecha: {p.fecha}",
        )
    ):
        t.cell(n // 3, n % 3).text = texto
    for numero, (titulo, texto) in enumerate(cuerpo(p), 1):
        d.add_heading(titulo, 1)
        if titulo == "Registros":
            d.add_paragraph(f"Los registros del apartado {numero} son:")
            r = d.add_table(2, 3, style="Table Grid")
            for celda, valor in zip(
                r._cells,
                ("Nombre", "Responsable", "Retención", "Solicitudes", NOMBRES[p.elabora], "5 años"),
                strict=True,
            ):
                celda.text = valor
        else:
            d.add_paragraph(texto)
    _firmas(d, p)
    salida = io.BytesIO()
    d.save(salida)
    # Guardado así no lleva la hora: los mismos bytes en cualquier proceso y momento.
    return empaquetar(abrir(salida.getvalue(), "tabla.docx"))


def _firmas(d: docx.document.Document, p: Pieza) -> None:
    t = d.add_table(2, 3, style="Table Grid")
    valores = (
        "Elaborado por",
        "Revisado por",
        "Aprobado por",
        NOMBRES[p.elabora],
        NOMBRES["ecal"],
        NOMBRES["dn"],
    )
    for celda, valor in zip(t._cells, valores, strict=True):
        celda.text = valor


def linea(p: Pieza) -> bytes:
    """Familia B: una línea con tabuladores en el encabezado y títulos numerados a mano, sin estilo."""
    partes = [
        f"p {n}. {t.upper()} / p {texto or 'Solicitudes, cinco años'}"
        for n, (t, texto) in enumerate(cuerpo(p), 1)
    ]
    encabezado = f"p {p.titulo}\tCódigo {p.codigo}\tRev. N° {p.version}\tVigente desde {p.fecha}"
    return mini_docx(" / ".join(partes), encabezado=encabezado, pie="p Copia impresa no controlada")


def espanol(p: Pieza) -> bytes:
    """Familia C: Word en español (`styleId="Ttulo1"`), rótulo y valor en celdas vecinas, imagen y nota."""
    guion = " / ".join(
        f"T1 {t} / " + ("l1 Solicitudes / l1 Respuestas" if t == "Registros" else f"p {texto}")
        for t, texto in cuerpo(p)
    )
    encabezado = f"tabla {p.titulo}|Código|{p.codigo};|Versión|{p.version};|Fecha de aprobación|{p.fecha}"
    partes = mini_partes(
        f"{guion} / imagen Organigrama / nota Ver :: La pauta nacional", encabezado=encabezado
    )
    for parte in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        partes[parte] = partes[parte].replace(b'"Heading', b'"Ttulo')
    return empaquetar(partes, comprimir=True)


def portada(p: Pieza) -> bytes:
    """Familia D: sin encabezado; los datos en una tabla de portada y una tabla de control de cambios."""
    datos = f"tabla Nombre del documento|{p.titulo};Código|{p.codigo};Versión|{p.version};Fecha de vigencia|{p.fecha}"
    cambios = f"tabla Versión|Fecha|Descripción;{p.version}|{p.fecha}|Actualización"
    firmas = f"tabla Elaboró|Revisó|Aprobó;{NOMBRES[p.elabora]}|{NOMBRES['ecal']}|{NOMBRES['dn']}"
    partes = " / ".join(f"T1 {t} / p {texto or 'Libro de actas'}" for t, texto in cuerpo(p))
    return mini_docx(f"{datos} / {firmas} / {cambios} / {partes}")


def planilla(p: Pieza) -> bytes:
    """Un formulario de Excel."""
    return _paquete({"xl/workbook.xml": f"<w>{p.codigo} {p.titulo} {p.mas}</w>".encode()})


def firmado(p: Pieza) -> bytes:
    """El ejemplar escaneado, sin texto que leer."""
    return pdf(p.ruta, f"Ejemplar escaneado {len(p.ruta)}").contenido


def resolucion(p: Pieza) -> bytes:
    """La resolución que aprueba varios documentos, con su texto."""
    return pdf(
        p.ruta, f"RESOLUCION EXENTA N° {p.version}", f"Santiago, {p.fecha}", f"APRUEBANSE: {p.mas}"
    ).contenido


def antiguo(p: Pieza) -> bytes:
    """Un .doc de Word 97, o cualquier binario."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + f"{p.ruta}{p.titulo}".encode() * 40


def truncado(p: Pieza) -> bytes:
    """Un Word que no terminó de copiarse."""
    entero = linea(p)
    return entero[: len(entero) // 2]


def con_macros(p: Pieza) -> bytes:
    """Un Word con macros."""
    partes = mini_partes("p Formulario con macros")
    return empaquetar({**partes, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def resto(p: Pieza) -> bytes:
    """Lo que dejan los programas: no es un documento."""
    return b"\0" * 54


def _paquete(partes: Mapping[str, bytes]) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        for nombre, datos in partes.items():
            archivo.writestr(zipfile.ZipInfo(nombre), datos)
    return salida.getvalue()


FAMILIAS: dict[str, Callable[[Pieza], bytes]] = {
    "tabla": tabla, "linea": linea, "espanol": espanol, "portada": portada, "planilla": planilla,
    "firmado": firmado, "resolucion": resolucion, "antiguo": antiguo, "truncado": truncado,
    "macros": con_macros, "resto": resto,
}  # fmt: skip

F, R, A = "Fomento", "Formación y Certificación", "Atención Ciudadana"
PIEZAS = (
    # Fomento: tabla en el encabezado.
    Pieza(f"{F}/PR-FOM-02_v03.docx", "tabla", "PR-FOM-02", "03", "15-03-2023", "Compra de insumos"),
    Pieza(f"{F}/PR-FOM-02_v03 firmado.pdf", "firmado", "PR-FOM-02", "03"),
    Pieza(f"{F}/obsoletos/PR-FOM-02 v02.docx", "tabla", "PR-FOM-02", "02", "10-01-2020", "Compra de insumos"),
    Pieza(f"{F}/obsoletos/PR-FOM-02 v01.docx", "tabla", "PR-FOM-02", "01", "02-05-2017", "Compra de insumos"),
    Pieza(f"{F}/Copia de PR-FOM-02_v03.docx", "tabla", "PR-FOM-02", "03", "15-03-2023", "Compra de insumos"),
    Pieza(
        f"{F}/PR-FOM-03 v2 FINAL (2).docx",
        "tabla",
        "PR-FOM-03",
        "03",
        "20-06-2022",
        "Otorgamiento de talleres",
    ),
    Pieza(
        f"{F}/PR-FOM-04 Rendición de cuentas.docx",
        "tabla",
        "PR-FOM-04",
        "01",
        "1 de agosto de 2021",
        "Rendición de cuentas",
    ),
    Pieza(
        f"{F}/PR-FOM-04 Rendición de cuentas corregido.docx",
        "tabla",
        "PR-FOM-04",
        "01",
        "1 de agosto de 2021",
        "Rendición de cuentas",
        mas="Pauta corregida.",
    ),
    Pieza(f"{F}/PR-FOM-05 v01.pdf", "firmado", "PR-FOM-05", "01"),
    Pieza(
        f"{F}/FO-FOM-01 v01 Ficha de postulación.xlsx",
        "planilla",
        "FO-FOM-01",
        "01",
        "",
        "Ficha de postulación",
    ),
    Pieza(f"{F}/FO-FOM-02 v02 Pauta de visita.xlsx", "planilla", "FO-FOM-02", "02", "", "Pauta de visita"),
    Pieza(
        f"{F}/IN-FOM-01 Instructivo de terreno.doc", "antiguo", "IN-FOM-01", "", "", "Instructivo de terreno"
    ),
    Pieza(f"{F}/Flujo PR-FOM-02.vsdx", "antiguo", "PR-FOM-02", "", "", "Flujo"),
    Pieza(
        f"{F}/PR-FOM-06 borrador.docx", "tabla", "PR-FOM-06", "01", "01-02-2025", "Seguimiento de talleres"
    ),
    Pieza(f"{F}/~$-FOM-02_v03.docx", "resto"),
    Pieza(f"{F}/.~lock.PR-FOM-02_v03.docx#", "resto"),
    Pieza(f"{F}/Thumbs.db", "resto"),
    # Formación: una línea en el encabezado, títulos a mano.
    *(
        Pieza(f"{R}/PR-FOR-{n:02d} {titulo}.docx", "linea", f"PR-FOR-{n:02d}", version, fecha, titulo, "cr2")
        for n, version, fecha, titulo in (
            (1, "4", "02.01.2024", "Convocatoria a cursos"),
            (2, "02", "15 de julio de 2022", "Certificación de oficios"),
            (3, "1", "30/09/2019", "Registro de relatores"),
            (4, "03", "12-12-2023", "Evaluación de competencias"),
            (5, "A", "05-05-2018", "Entrega de diplomas"),
        )
    ),
    Pieza(f"{R}/PR-FOR-06.docx", "linea", "PR-FOR-06", "02", "", "Becas de traslado", "cr2"),
    Pieza(
        f"{R}/PR-FOR-07 Cursos en línea.docx",
        "truncado",
        "PR-FOR-07",
        "01",
        "01-01-2022",
        "Cursos en línea",
        "cr2",
    ),
    Pieza(
        f"{R}/FO-FOR-01 v03 Lista de asistencia.xlsx",
        "planilla",
        "FO-FOR-01",
        "03",
        "",
        "Lista de asistencia",
    ),
    Pieza(f"{R}/formulario inscripción.docm.docx", "macros"),
    # Atención: Word en español, aprobados por una sola resolución.
    *(
        Pieza(
            f"{A}/PR-ATC-{n:02d}_V{version}.docx",
            "espanol",
            f"PR-ATC-{n:02d}",
            version,
            "08-11-2021",
            titulo,
            "cr5",
        )
        for n, version, titulo in (
            (1, "01", "Atención en oficina"),
            (2, "02", "Atención telefónica"),
            (3, "01", "Reclamos y sugerencias"),
        )
    ),
    Pieza(
        f"{A}/Res. Ex. N° 412 de 2021.pdf",
        "resolucion",
        "",
        "412",
        "8 de noviembre de 2021",
        mas="PR-ATC-01, PR-ATC-02 y PR-ATC-03",
    ),
    Pieza(f"{A}/PR-ATC-04 v1.docx", "espanol", "PR-ATC-04", "02", "03-04-2023", "Ventanilla móvil", "cr5"),
    Pieza(
        f"{A}/IN-ATC-02 v01.docx",
        "espanol",
        "IN-ATC-02",
        "01",
        "07-07-2022",
        "Instructivo de ventanilla",
        "cr5",
    ),
    Pieza(f"{A}/Oficio circular sobre atención.pdf", "firmado"),
    # Calidad y gestión territorial: portada en el cuerpo.
    *(
        Pieza(f"SGC/PR-SGC-{n:02d}.docx", "portada", f"PR-SGC-{n:02d}", version, fecha, titulo, "cdoc")
        for n, version, fecha, titulo in (
            (2, "04", "14-02-2022", "Control de registros"),
            (3, "03", "14-02-2022", "Auditorías internas"),
            (4, "03", "21-05-2023", "Acciones correctivas"),
            (5, "02", "21-05-2023", "Revisión por la Dirección"),
            (6, "01", "09-09-2024", "Riesgos y oportunidades"),
        )
    ),
    Pieza("SGC/PR-SGC-02 v04 firmado.pdf", "firmado", "PR-SGC-02", "04"),
    Pieza(
        "SGC/MC-SGC-01 Manual de la calidad v06.docx",
        "portada",
        "MC-SGC-01",
        "06",
        "14-02-2022",
        "Manual de la calidad",
        "cdoc",
    ),
    Pieza(
        "SGC/FO-SGC-01 v01 Solicitud de cambio.xlsx", "planilla", "FO-SGC-01", "01", "", "Solicitud de cambio"
    ),
    Pieza(
        "SGC/RG-SGC-05 Acta de revisión 2023.docx",
        "portada",
        "RG-SGC-05",
        "01",
        "20-12-2023",
        "Acta de revisión",
        "cdoc",
    ),
    Pieza(
        "GT/PR-GT-02 Seguimiento territorial.docx",
        "portada",
        "PR-GT-02",
        "02",
        "30-11-2023",
        "Seguimiento territorial",
        "egt",
    ),
    Pieza(
        "GT/PR-GT-03 Mesa regional.docx", "portada", "PR-GT-03", "01", "30-11-2023", "Mesa regional", "egt"
    ),
    *(
        Pieza(f"GT/Talleres {anio}/Minuta {n}.docx", "linea", titulo=f"Minuta {n} de {anio}")
        for anio in (2022, 2023)
        for n in (1, 2, 3)
    ),
    # De antes, o de nadie.
    Pieza("Varios/P-07 Uso de vehículos.docx", "linea", "P-07", "02", "18-10-2016", "Uso de vehículos"),
    Pieza("Varios/Reglamento interno.docx", "linea", "", "", "", "Reglamento interno"),
    Pieza("Varios/organigrama 2019.jpg", "antiguo"),
    Pieza("Varios/desktop.ini", "resto"),
)
IGNORADOS = frozenset(p.ruta for p in PIEZAS if p.familia == "resto")


@cache
def bytes_de(p: Pieza) -> bytes:
    """Los bytes de una pieza; una copia tiene los mismos que su original."""
    if p.ruta.endswith("Copia de PR-FOM-02_v03.docx"):
        return bytes_de(PIEZAS[0])
    return FAMILIAS[p.familia](p)


def archivar(carpeta: Path) -> Path:
    """Escribe la carpeta compartida y la devuelve."""
    for p in PIEZAS:
        destino = carpeta / p.ruta
        destino.parent.mkdir(parents=True, exist_ok=True)
        destino.write_bytes(bytes_de(p))
    return carpeta


# ---- la persona que llena la planilla ---------------------------------------------------------------------

LLENADO: dict[str, dict[str, object]] = {
    # Lo que ningún archivo dice: control documental lo sabe, o lo busca.
    f"{F}/PR-FOM-05 v01.pdf": {"Título": "Entrega de insumos", "Vigente desde": "04-04-2019"},
    f"{F}/FO-FOM-01 v01 Ficha de postulación.xlsx": {"Vigente desde": "15-03-2023"},
    f"{F}/FO-FOM-02 v02 Pauta de visita.xlsx": {"Vigente desde": "15-03-2023"},
    f"{F}/IN-FOM-01 Instructivo de terreno.doc": {"Versión": "1", "Vigente desde": "01-01-2015"},
    f"{R}/PR-FOR-05 Entrega de diplomas.docx": {"Versión": "01"},
    f"{R}/PR-FOR-06.docx": {"Título": "Becas de traslado", "Vigente desde": "02-02-2022"},
    f"{R}/FO-FOR-01 v03 Lista de asistencia.xlsx": {"Vigente desde": "02-01-2024"},
    "SGC/FO-SGC-01 v01 Solicitud de cambio.xlsx": {"Vigente desde": "14-02-2022"},
    # Quien responde del proceso aprueba los cambios menores: no es quien elabora.
    f"{F}/PR-FOM-02_v03.docx": {"Responsable": NOMBRES["egt"]},
    f"{R}/PR-FOR-01 Convocatoria a cursos.docx": {"Elabora": NOMBRES["cr2"], "Responsable": NOMBRES["egt"]},
    f"{A}/PR-ATC-01_V01.docx": {"Elabora": NOMBRES["cr5"], "Responsable": NOMBRES["egt"]},
    "SGC/PR-SGC-03.docx": {"Responsable": NOMBRES["egt"]},
    "Varios/P-07 Uso de vehículos.docx": {"Código": "PR-SGC-07", "Área": "SGC", "Tipo": "Procedimiento"},
}
"""Archivo → título de columna → lo que se escribe en su celda."""


def llenar(planilla: Path, celdas: Mapping[str, Mapping[str, object]] = LLENADO) -> None:
    """Escribe en la planilla como lo haría una persona en Excel, y la guarda."""
    libro = load_workbook(planilla)
    hoja = libro["Documentos"]
    cabecera = next(n for n in range(1, 13) if hoja.cell(n, 1).value == "Decisión")
    titulos = {hoja.cell(cabecera, n).value: n for n in range(1, hoja.max_column + 1)}
    filas = {hoja.cell(n, titulos["Archivo"]).value: n for n in range(cabecera + 1, hoja.max_row + 1)}
    for archivo, valores in celdas.items():
        for titulo, valor in valores.items():
            hoja.cell(filas[archivo], titulos[titulo]).value = valor
    libro.save(planilla)


CARPETA, PLANILLA = "Documentos SGC", "importacion.xlsx"


def simular(casa: Casa, carpeta: Path) -> list[dict[str, Any]]:
    """Simula y deja la planilla junto a la carpeta."""
    return list(casa.hace("importar --simular", str(carpeta), "-o", str(carpeta.parent / PLANILLA)))


def importar(casa: Casa, carpeta: Path, mas: str = "") -> Counter[str]:
    """Lleva a cabo la planilla que está junto a la carpeta; cuántas filas terminaron en qué."""
    hechos = casa.hace(f"importar {mas}", str(carpeta), "--planilla", str(carpeta.parent / PLANILLA))
    return Counter(h["resultado"] for h in hechos)
