"""La marca sobre un PDF que ya existe: texto en diagonal y una línea al pie de lo que se ve en cada página.

Se escribe a continuación del archivo, sin tocar sus bytes: si traía una firma electrónica, la versión firmada
sigue entera adentro y se puede comprobar; lo agregado después se ve como agregado después.
"""

from __future__ import annotations

import hashlib
import io
import logging
import math
import re
import textwrap
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfObject,
)

from sgc_gt.errores import EntradaInvalida

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # sus avisos son sobre el PDF, no para la persona
FIN = re.compile(rb"(%%EOF)(?:\r\n|\n|\r)?")
_MARGEN = 24.0
_BAJO = 12.0
_LEYENDA = 7.0
_ANCHO_LETRA = 0.56  # proporción media de Helvetica negrita
_ANCHO_MAYUSCULA = 0.72
_PARTE_DE_LA_DIAGONAL = 0.75
_CODIFICACION = "cp1252"  # la que un PDF llama WinAnsi: todo el español
_CARTA = (0.0, 0.0, 612.0, 792.0)
_NIVELES = 50
_RECURSOS: tuple[tuple[str, str, dict[str, PdfObject]], ...] = (
    (
        "/Font",
        "/SgcLetra",
        {
            "/Type": NameObject("/Font"),
            "/Subtype": NameObject("/Type1"),
            "/BaseFont": NameObject("/Helvetica-Bold"),
            "/Encoding": NameObject("/WinAnsiEncoding"),
        },
    ),
    ("/ExtGState", "/SgcTenue", {"/ca": FloatObject(0.45)}),
)
ORIGINAL = "pida el archivo a control documental, que lo tiene en la carpeta del documento"


def marcar_pdf(pdf: bytes, texto: str, leyenda: str, nombre: str) -> bytes:
    """El PDF con la marca en cada página, girada y recortada como se ve; EntradaInvalida si no se abre."""
    try:
        if PdfReader(io.BytesIO(pdf)).is_encrypted:
            raise EntradaInvalida(
                "el PDF tiene contraseña o permisos restringidos: no se le puede poner la marca",
                lugar=nombre,
                hacer=ORIGINAL,
            )
        escritor = PdfWriter(io.BytesIO(pdf), incremental=True)
        for pagina in escritor.pages:
            _sellar(escritor, pagina, texto, leyenda)
        salida = io.BytesIO()
        escritor.write(salida)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        # Un PDF mal formado falla en cualquier parte del lector; la copia sin marca no sale.
        raise EntradaInvalida(
            "el PDF está dañado o mal formado: no se le puede poner la marca", lugar=nombre, hacer=ORIGINAL
        ) from error
    return salida.getvalue()


def resumenes(pdf: bytes) -> frozenset[str]:
    """El SHA-256 del archivo y de cada versión anterior que trae entera: la de antes de agregarle algo."""
    vistos = {hashlib.sha256(pdf).hexdigest()}
    parcial, desde = hashlib.sha256(), 0
    for corte in FIN.finditer(pdf):
        for fin in (corte.end(1), corte.end()):
            parcial.update(pdf[desde:fin])
            desde = fin
            vistos.add(parcial.hexdigest())
    return frozenset(vistos)


def _sellar(escritor: PdfWriter, pagina: PageObject, texto: str, leyenda: str) -> None:
    """Agrega la marca a la página como la va a ver quien lea, sin leer ni tocar lo que ya dibuja."""
    izquierda, abajo, derecha, arriba = _caja(pagina)
    ancho, alto = derecha - izquierda, arriba - abajo
    giro = int(_heredado(pagina, "/Rotate") or 0) % 360
    visto = (alto, ancho) if giro in (90, 270) else (ancho, alto)
    centrar = _mover(math.radians(giro), izquierda + ancho / 2, abajo + alto / 2)
    dibujo = b"Q q " + centrar + _agua(texto, *visto) + _linea(leyenda, *visto) + b"Q "
    previo = pagina.get("/Contents")
    resuelto = previo.get_object() if previo is not None else None
    trozos = list(resuelto) if isinstance(resuelto, ArrayObject) else [previo] if previo is not None else []
    pagina[NameObject("/Contents")] = ArrayObject(
        [_flujo(escritor, b"q "), *trozos, _flujo(escritor, dibujo)]
    )
    pagina[NameObject("/Resources")] = _con_letra(_heredado(pagina, "/Resources"))


def _flujo(escritor: PdfWriter, datos: bytes) -> IndirectObject:
    flujo = DecodedStreamObject()
    flujo.set_data(datos)
    return escritor._add_object(flujo)


def _heredado(pagina: DictionaryObject, clave: str) -> Any:
    """Un atributo de la página o del grupo de páginas del que lo hereda; None si no está."""
    nodo: Any = pagina
    for _ in range(_NIVELES):
        if clave in nodo:
            return nodo[clave].get_object()
        if "/Parent" not in nodo:
            return None
        nodo = nodo["/Parent"].get_object()
    return None


def _caja(pagina: PageObject) -> tuple[float, float, float, float]:
    """Lo que se ve de la página: el recorte dentro del papel, con las esquinas en orden."""
    papel = _esquinas(_heredado(pagina, "/MediaBox")) or _CARTA
    recorte = _esquinas(_heredado(pagina, "/CropBox")) or papel
    x0, y0, x1, y1 = (f(a, b) for f, a, b in zip((max, max, min, min), papel, recorte, strict=True))
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else papel


def _esquinas(rectangulo: Any) -> tuple[float, float, float, float] | None:
    if rectangulo is None:
        return None
    a, b, c, d = (float(n.get_object()) for n in rectangulo)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _con_letra(previos: Any) -> DictionaryObject:
    """Los recursos de la página más la letra y la transparencia de la marca. Otra página no los comparte."""
    recursos = DictionaryObject(previos or {})
    for clase, nombre, valores in _RECURSOS:
        propios = DictionaryObject(_mapa(recursos.get(clase)))
        propios[NameObject(nombre)] = DictionaryObject({NameObject(c): v for c, v in valores.items()})
        recursos[NameObject(clase)] = propios
    return recursos


def _mapa(valor: Any) -> Any:
    return {} if valor is None else valor.get_object()


def _agua(texto: str, ancho: float, alto: float) -> bytes:
    """El texto atravesado de esquina a esquina, tenue, con el centro en el centro."""
    if not texto:
        return b""
    diagonal = math.hypot(ancho, alto) * _PARTE_DE_LA_DIAGONAL
    tamano = min(diagonal / (len(texto) * _ANCHO_MAYUSCULA), min(ancho, alto) / 5)
    largo = len(texto) * _ANCHO_MAYUSCULA * tamano
    giro = _mover(math.atan2(alto, ancho), 0, 0)
    return (
        b"q " + giro + b"/SgcTenue gs 0.75 g " + _escribir(texto, tamano, -largo / 2, -tamano * 0.35) + b"Q "
    )


def _linea(leyenda: str, ancho: float, alto: float) -> bytes:
    if not leyenda:
        return b""
    por_linea = max(int((ancho - 2 * _MARGEN) / (_LEYENDA * _ANCHO_LETRA)), 12)
    lineas = textwrap.wrap(leyenda, por_linea)[::-1]
    return b"0.2 g " + b"".join(
        _escribir(linea, _LEYENDA, _MARGEN - ancho / 2, _BAJO - alto / 2 + n * _LEYENDA * 1.2)
        for n, linea in enumerate(lineas)
    )


def _mover(angulo: float, x: float, y: float) -> bytes:
    c, s = math.cos(angulo), math.sin(angulo)
    return b"%.5f %.5f %.5f %.5f %.3f %.3f cm " % (c, s, -s, c, x, y)


def _escribir(texto: str, tamano: float, x: float, y: float) -> bytes:
    letras = texto.encode(_CODIFICACION, "replace").hex().encode()
    return b"BT /SgcLetra %.2f Tf %.3f %.3f Td <%s> Tj ET " % (tamano, x, y, letras)
