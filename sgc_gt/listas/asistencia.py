"""Leer una lista de asistencia o una hoja de firmas pasada en limpio: .xlsx o .csv, con sus títulos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sgc_gt.dominio.asistencia import Asistente
from sgc_gt.dominio.textos import comparable
from sgc_gt.errores import EntradaInvalida, Problema, UsoIncorrecto
from sgc_gt.listas.celdas_leidas import FilaDeLista, fecha_de_celda, leer_hojas, texto_de_celda

_TITULOS = {
    "cargo": ("cargo", "funcion", "puesto"),
    "correo": ("correo", "correo electronico", "email", "e-mail", "mail"),
    "region": ("region", "direccion regional"),
    "fecha": ("fecha",),
    "firmo": ("firma", "firmo", "asistio", "asistencia"),
}
"""Cómo suelen titularse las columnas; las demás (nombre, RUN, unidad) no se leen ni se guardan."""
_FILAS_DE_MEMBRETE = 15
_NO = frozenset({"", "no", "n", "0", "false", "falso", "-", "ausente", "inasistente"})


def leer_asistencia(contenido: bytes, nombre: str) -> tuple[Asistente, ...]:
    """Quiénes están en la lista; EntradaInvalida si no se puede leer, con cada celda que no se entiende."""
    hojas = leer_hojas(contenido, nombre)
    filas = next((h for h in hojas if _cabecera(h)), hojas[0] if hojas else [])
    problemas: list[Problema] = []
    asistentes = tuple(_asistentes(filas, nombre, problemas))
    if problemas:
        raise EntradaInvalida(
            "la lista tiene celdas que no se entienden",
            lugar=nombre,
            hacer="corrija esas celdas y repita la orden; no se anotó nada",
            problemas=problemas,
        )
    if not asistentes:
        raise EntradaInvalida("la lista no tiene a nadie", lugar=nombre, hacer="revise el archivo")
    return asistentes


def _cabecera(filas: Sequence[FilaDeLista]) -> tuple[int, Mapping[str, int]] | None:
    """En qué fila están los títulos y qué columna es cada cosa; None si no los hay."""
    for i, fila in enumerate(filas[:_FILAS_DE_MEMBRETE]):
        dichos = [comparable(str(c or "")) for c in fila.celdas]
        columnas = {
            campo: n
            for campo, titulos in _TITULOS.items()
            for n, dicho in enumerate(dichos)
            if dicho in titulos
        }
        if "cargo" in columnas or "correo" in columnas:
            return i, columnas
    return None


def _asistentes(filas: Sequence[FilaDeLista], nombre: str, problemas: list[Problema]) -> Iterator[Asistente]:
    hallada = _cabecera(filas)
    if hallada is None:
        raise EntradaInvalida(
            "la lista no dice cuál columna es el cargo",
            lugar=nombre,
            esperado="una fila de títulos con «Cargo» o «Correo», y si los hay «Región», «Fecha» y «Firma»",
            hacer="agregue los títulos y repita la orden",
        )
    inicio, columnas = hallada
    for fila in filas[inicio + 1 :]:
        valores = {c: fila.celdas[n] if n < len(fila.celdas) else None for c, n in columnas.items()}
        cargo, correo = texto_de_celda(valores.get("cargo")), texto_de_celda(valores.get("correo"))
        if not (cargo or correo):
            continue
        try:
            dia = fecha_de_celda(valores.get("fecha"))
        except UsoIncorrecto as error:
            problemas.append(Problema(error.mensaje, fila.lugar, error.esperado))
            continue
        firmo = "firmo" not in columnas or comparable(texto_de_celda(valores["firmo"])) not in _NO
        yield Asistente(fila.lugar, cargo, correo, texto_de_celda(valores.get("region")), dia, firmo)
