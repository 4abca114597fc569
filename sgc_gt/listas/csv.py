"""El CSV canónico de una lista: bytes únicos que un Excel en español de Chile abre bien.

UTF-8 con BOM, punto y coma, LF, comillas solo si hacen falta, una fila por línea, fechas DD-MM-AAAA. Un
texto que una planilla leería como fórmula, fecha o número va con un apóstrofo delante, y `leer` lo quita.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Sequence

from sgc_gt.dominio.fechas import leer_fecha
from sgc_gt.dominio.tabla import FECHA, NUMERO, VERSION, Columna, Fila, Tabla, texto_de
from sgc_gt.errores import IntegridadRota, UsoIncorrecto

BOM = b"\xef\xbb\xbf"
SEPARADOR = ";"

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")  # también las de ancho completo, que Excel acepta
_MESES = "ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic|jan|apr|aug|dec"
_ENGANIOSO = re.compile(
    rf"'*(0\d+|\d{{16,}}|\d+e\d+|\d+([-/.,:]\d+)+|\d+[-/ ]?({_MESES})|({_MESES})[-/ ]?\d+)",
    re.IGNORECASE | re.ASCII,
)
_VERSION = re.compile(r"v*\d")  # «02» se escribe «v02»; si ya la traía, lleva una «v» más


def a_csv(tabla: Tabla) -> bytes:
    """La tabla entera, en el orden de sus filas."""
    lineas = [_encabezado(tabla.columnas), *(_linea(tabla.columnas, fila) for fila in tabla.filas)]
    return _unir(lineas)


def leer(datos: bytes, columnas: Sequence[Columna]) -> tuple[dict[str, object], ...]:
    """Las filas con sus claves y clases (fechas y números incluidos); IntegridadRota si no es esa lista.

    Un texto vacío vuelve como «»; una fecha o un número vacío, como None.
    """
    return tuple(_fila(n, linea, columnas) for n, linea in enumerate(_lineas(datos, columnas), start=2))


def leer_una(datos: bytes, clave: str, columnas: Sequence[Columna]) -> dict[str, object] | None:
    """La fila de esa clave, sin leer las demás; None si no está. IntegridadRota si no es esa lista."""
    lineas = enumerate(_lineas(datos, columnas), start=2)
    return next((_fila(n, linea, columnas) for n, linea in lineas if _clave(linea) == clave), None)


def reemplazar(filas_csv: bytes, clave: str, fila: Fila | None, columnas: Sequence[Columna]) -> bytes:
    """El CSV con la fila de esa clave (su primera columna) puesta, cambiada o quitada (None).

    Las otras filas conservan sus bytes. Queda ordenado por la clave. Los bytes vacíos son la lista vacía.
    """
    lineas = {_clave(linea): linea for linea in _lineas(filas_csv, columnas)} if filas_csv else {}
    lineas.pop(clave, None)
    if fila is not None:
        linea = _linea(columnas, fila)
        lineas[_clave(linea)] = linea
    return _unir([_encabezado(columnas), *(lineas[c] for c in sorted(lineas))])


def resumen(tabla: Tabla) -> str:
    """El sha256 de la lista: con él se comprueba que un ejemplar impreso o exportado dice lo mismo."""
    return hashlib.sha256(a_csv(tabla)).hexdigest()


def _unir(lineas: Iterable[str]) -> bytes:
    return BOM + "".join(f"{linea}\n" for linea in lineas).encode("utf-8")


def _encabezado(columnas: Iterable[Columna]) -> str:
    return SEPARADOR.join(_entre_comillas(c.titulo) for c in columnas)


def _linea(columnas: Iterable[Columna], fila: Fila) -> str:
    return SEPARADOR.join(_entre_comillas(_celda(c, fila.get(c.clave))) for c in columnas)


def _celda(columna: Columna, valor: object) -> str:
    texto = texto_de(valor)
    if not isinstance(valor, str):
        return texto
    if columna.clase == VERSION and _VERSION.match(texto):
        return f"v{texto}"
    return f"'{texto}" if _FORMULA.match(texto) or _ENGANIOSO.fullmatch(texto) else texto


def _valor(columna: Columna, celda: str) -> object:
    if columna.clase == FECHA:
        return leer_fecha(celda, columna.titulo) if celda else None
    if columna.clase == NUMERO:
        return int(celda) if celda else None
    if columna.clase == VERSION and celda.startswith("v") and _VERSION.match(celda):
        return celda[1:]
    return _sin_apostrofo(celda)


def _sin_apostrofo(celda: str) -> str:
    protegida = celda.startswith("'") and (_FORMULA.match(celda) or _ENGANIOSO.fullmatch(celda))
    return celda[1:] if protegida else celda


def _entre_comillas(celda: str) -> str:
    if SEPARADOR in celda or '"' in celda:
        return '"' + celda.replace('"', '""') + '"'
    return celda


def _lineas(datos: bytes, columnas: Sequence[Columna]) -> list[str]:
    """Las líneas de la lista sin su encabezado, que debe ser el de esas columnas."""
    try:
        encabezado, *lineas = datos.decode("utf-8-sig").removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        raise _ilegible(1, "no es texto UTF-8", "una lista escrita por el sistema") from None
    if encabezado != _encabezado(columnas):
        raise _ilegible(1, "el encabezado es otro", _encabezado(columnas))
    return lineas


def _fila(numero: int, linea: str, columnas: Sequence[Columna]) -> dict[str, object]:
    celdas = _celdas(linea)
    if len(celdas) != len(columnas):
        raise _ilegible(numero, f"trae {len(celdas)} celdas", f"{len(columnas)} celdas")
    try:
        return {c.clave: _valor(c, celda) for c, celda in zip(columnas, celdas, strict=True)}
    except (ValueError, UsoIncorrecto) as error:
        raise _ilegible(numero, str(error), "fechas DD-MM-AAAA y números sin decimales") from None


def _celdas(linea: str) -> list[str]:
    return next(csv.reader([linea], delimiter=SEPARADOR), [])


def _clave(linea: str) -> str:
    """La primera celda; sin comillas basta cortar, y una lista larga se reescribe en milisegundos."""
    primera = _celdas(linea)[0] if linea.startswith('"') else linea.partition(SEPARADOR)[0]
    return _sin_apostrofo(primera)


def _ilegible(numero: int, mensaje: str, esperado: str) -> IntegridadRota:
    return IntegridadRota(
        f"la lista no se entiende: {mensaje}",
        lugar=f"línea {numero}",
        esperado=esperado,
        hacer="vuelva a generar las listas; no se editan a mano",
    )
