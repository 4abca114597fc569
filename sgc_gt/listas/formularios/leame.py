"""La primera hoja: qué es el formulario, cómo se llena y qué hay en cada hoja."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sgc_gt.listas.formularios.celdas import nombre_region
from sgc_gt.listas.formularios.estilos import alto
from sgc_gt.listas.formularios.modelo import Formulario
from sgc_gt.listas.formularios.partes import OBLIGATORIO, Parte
from sgc_gt.listas.xlsx import A4


def escribir_leame(
    hoja: Worksheet, f: Formulario, hojas: Sequence[tuple[str, Parte]], estilos: Mapping[str, Format]
) -> None:
    """Escribe la hoja."""
    hoja.protect("", {"format_columns": True, "format_rows": True})
    hoja.hide_gridlines(2)
    hoja.set_column(0, 0, 46)
    hoja.set_column(1, 1, 84)
    hoja.set_column(2, 2, 22)
    hoja.write_string(0, 0, f"Formulario · {f.nombre}", estilos["titulo"])
    fila = 1
    for titulo, texto in [*_quien(f), *_como(f)]:
        hoja.write_string(fila, 0, titulo, estilos["fuerte"])
        hoja.write_string(fila, 1, texto, estilos["parrafo"])
        hoja.set_row(fila, 14.0 * (1 + len(texto) // 92))
        fila += 1
    for columna, titulo in enumerate(("Hoja", "Qué va en ella", "Requisitos")):
        hoja.write_string(fila + 1, columna, titulo, estilos["encabezado"])
    for n, (nombre, parte) in enumerate(hojas, start=fila + 2):
        titulo = f"{nombre.partition('. ')[0]}. {parte.titulo}"  # el nombre de una hoja no admite tanto
        hoja.write_url(n, 0, f"internal:'{nombre}'!A1", estilos["enlace"], titulo)
        que = " ".join(filter(None, [parte.ayuda or parte.titulo, _debidos(parte)]))
        hoja.write_string(n, 1, que, estilos["parrafo"])
        pedidos = ", ".join(requisitos_de(parte))
        hoja.write_string(n, 2, pedidos, estilos["parrafo"])
        hoja.set_row(n, alto(((titulo, 46), (que, 92), (pedidos, 22))))
    hoja.set_landscape()
    hoja.set_paper(A4)
    hoja.fit_to_pages(1, 0)


def _quien(f: Formulario) -> Iterator[tuple[str, str]]:
    if f.servicio:
        yield "Servicio", f.servicio
    version = f", versión {f.version}" if f.version else ""
    if f.codigo:
        yield "Documento", f"{f.codigo} «{f.titulo}»{version}"
    if f.periodo:
        yield "Período", f.periodo
    if f.region:
        yield "Región", f"{nombre_region(f.region)}. Trae solo sus filas: las de las demás no se tocan."
    if f.procedencia:
        yield "Lo que ya viene escrito", f.procedencia


def _como(f: Formulario) -> Iterator[tuple[str, str]]:
    yield (
        "Qué se llena",
        "Las celdas blancas. Lo que dice «(obligatorio)» debe estar para enviar el documento; puede guardar "
        "y devolver el formulario incompleto.",
    )
    yield (
        "Filas",
        "Agregue o quite las que necesite; una fila vacía no molesta. Al entrar en una celda se ve su ayuda.",
    )
    yield "Números y fechas", "Como siempre: 1.234,5 · 45 % · 15-03-2025."
    yield "Fórmulas", "Se admiten: vale el resultado que se ve."
    if f.anterior is not None:
        yield "Qué cambió", f"La última columna compara cada fila con {f.anterior_nombre}."
    if f.region:
        yield (
            "Ejemplo",
            "La hoja «Región vecina» muestra lo que escribió una región cercana, con las mismas columnas: se "
            "puede copiar y ajustar.",
        )
    yield (
        "Al terminar",
        "Guárdelo como libro de Excel (.xlsx) y devuélvalo. Las hojas pueden cambiar de nombre o de orden.",
    )


def _debidos(parte: Parte) -> str:
    cuantos = sum(1 for c in parte.campos if c.obligatorio == OBLIGATORIO)
    if not cuantos or parte.escalar:
        return ""
    cuanto = f"{cuantos} datos obligatorios" if cuantos > 1 else "Un dato obligatorio"
    return f"({cuanto}{' por fila' if parte.tabla else ''}.)"


def requisitos_de(parte: Parte) -> tuple[str, ...]:
    """Los requisitos que la hoja responde."""
    return tuple(dict.fromkeys(r for r in (*parte.requisitos, *(c.requisito for c in parte.campos)) if r))
