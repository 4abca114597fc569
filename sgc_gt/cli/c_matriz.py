"""`matriz`: de cada requisito, qué documento lo responde, cómo se aprobó y qué falta."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sgc_gt.cli import opciones as o
from sgc_gt.cli.c_estado import mostrar
from sgc_gt.cli.espanol import con_sesion, orden
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.matriz import EN_EL_ARCHIVO
from sgc_gt.dominio.matriz import matriz as matriz_
from sgc_gt.dominio.matriz_objetos import objetos as objetos_
from sgc_gt.dominio.matriz_valores import (
    COLUMNAS,
    COLUMNAS_DE_ARCHIVO,
    COLUMNAS_DE_OBJETOS,
    FilaMatriz,
    Materia,
)
from sgc_gt.dominio.periodos import leer_anio
from sgc_gt.dominio.requisitos import Catalogo
from sgc_gt.dominio.tabla import Columna, Tabla
from sgc_gt.errores import NoEncontrado
from sgc_gt.ordenes.salida import dejar, exigir_fuera
from sgc_gt.reglas.hallazgos.valores import contar

if TYPE_CHECKING:
    from sgc_gt.contexto import Vista


@orden()
@click.option("--fecha", metavar="D", help="Como estaba en esa fecha; hoy si no se dice.")
@click.option(
    "--periodo", default="", metavar="A", help="Año de los objetos anuales; el de la fecha si no se dice."
)
@click.option("--sistema", default="", metavar="P", help="Solo el de ese paquete (gt); todos si no se dice.")
@click.option(
    "--objetos", is_flag=True, help="Los objetos y su lugar entre los registros, en vez de los requisitos."
)
@click.option("--formato", type=click.Choice(["xlsx", "csv", "docx"]), help="Formato del archivo.")
@click.option(
    "-o", "salida", type=o.ARCHIVO, metavar="DIR", help="Carpeta donde dejarlo; la actual si no se dice."
)
@con_sesion
def matriz(
    sesion: Sesion,
    fecha: str | None,
    periodo: str,
    sistema: str,
    objetos: bool,
    formato: str | None,
    salida: Path | None,
) -> None:
    """De cada requisito: objeto, documento, versión, aprobación, visación, registro y qué falta.

    Ejemplo: sgc-gt matriz --periodo 2025 --formato xlsx -o ../matriz
    """
    from sgc_gt.consultas.matriz import materia  # noqa: PLC0415  (lee Word la primera vez)

    ctx = sesion.consulta
    vista = ctx.vista()
    corte = o.leer_corte(fecha, ctx.ahora(vista).date())
    anio = str(leer_anio(periodo) or corte.year)
    m = materia(vista, corte, anio)
    m = m._replace(servicio=m.servicio._replace(catalogos=_elegidos(vista, sistema)))
    tabla, valor = (
        _de_objetos(m, corte) if objetos else _de_requisitos(m, corte, archivo=bool(formato or salida))
    )
    if not (formato or salida):
        mostrar(sesion, valor, tabla)
        return
    destino = salida or Path.cwd()
    exigir_fuera(ctx.raiz, destino)
    _dejar(
        sesion,
        vista,
        tabla,
        destino / f"{'objetos' if objetos else 'matriz'}_{anio}_{corte}.{formato or 'xlsx'}",
    )


def _elegidos(vista: Vista, sistema: str) -> tuple[Catalogo, ...]:
    """Los catálogos pedidos; NoEncontrado si no hay ninguno."""
    todos = vista.servicio.catalogos
    elegidos = tuple(c for c in todos if sistema in ("", c.paquete))
    if elegidos:
        return elegidos
    raise NoEncontrado(
        f"no hay requisitos del sistema «{sistema}»"
        if sistema
        else "este servicio no tiene un catálogo de requisitos",
        lugar="--sistema" if sistema else "registros/requisitos",
        esperado=", ".join(c.paquete for c in todos),
        hacer="copie el que trae el programa en registros/requisitos y regístrelo con: sgc-gt configurar",
    )


def _de_requisitos(m: Materia, corte: date, *, archivo: bool) -> tuple[Tabla, object]:
    filas = matriz_(m)
    faltan, no_aplican = sum(bool(f.falta) for f in filas), sum(not f.aplica for f in filas)
    sin_lugar = [f.objeto for f in objetos_(m) if f.falta]
    respondidos = len(filas) - faltan - no_aplican
    notas = [
        f"{contar(len(filas), 'requisito', 'requisitos')}: "
        f"{contar(respondidos, 'respondido', 'respondidos')}, "
        f"{faltan} con algo que falta y {no_aplican} sin aplicación este período."
    ]
    if sin_lugar:
        notas.append(
            f"Objetos sin su lugar entre los registros: {', '.join(sin_lugar)} (véalos con --objetos)."
        )
    if any(f.lugar == EN_EL_ARCHIVO and f.aplica for f in filas):
        notas.append("* Llegó sin datos: lo que dice lo lee una persona en el archivo.")
    columnas = COLUMNAS_DE_ARCHIVO if archivo else COLUMNAS
    return _tabla(m, corte, "Matriz de requisitos", columnas, [_a_fila(f) for f in filas], notas), [
        f.a_dict() for f in filas
    ]


def _a_fila(f: FilaMatriz) -> dict[str, object]:
    """La fila como se muestra: lo que no se aplica dice por qué; lo que llegó sin datos se marca."""
    if not f.aplica:
        return {**f._asdict(), "falta": f"({f.lugar})", "lugar": ""}
    marca = " *" if f.lugar == EN_EL_ARCHIVO else ""
    return {**f._asdict(), "registro": f"{f.registro}{marca}"}


def _de_objetos(m: Materia, corte: date) -> tuple[Tabla, object]:
    filas = [f._asdict() for f in objetos_(m)]
    faltan = sum(bool(f["falta"]) for f in filas)
    notas = [f"{contar(len(filas), 'objeto', 'objetos')}: {faltan} sin su lugar entre los registros."]
    return _tabla(m, corte, "Objetos y registros", COLUMNAS_DE_OBJETOS, filas, notas), filas


def _tabla(
    m: Materia,
    corte: date,
    titulo: str,
    columnas: tuple[Columna, ...],
    filas: list[dict[str, object]],
    notas: list[str],
) -> Tabla:
    sistemas = ", ".join(c.sistema for c in m.servicio.catalogos)
    encabezado = f"{titulo}: {sistemas}, período {m.periodo}"
    return Tabla(encabezado, m.servicio.nombre, columnas, tuple(filas), corte, tuple(notas))


def _dejar(sesion: Sesion, vista: Vista, tabla: Tabla, destino: Path) -> None:
    from sgc_gt.consultas.listas import Lista, exportar  # noqa: PLC0415  (solo si se pide un archivo)

    contenido = exportar(vista, Lista(destino.stem, tabla), destino.suffix[1:])
    nombres = [str(a) for a in dejar(sesion.consulta.raiz, {destino: contenido})]
    corte = tabla.corte
    sesion.responder(
        {"archivos": nombres, "fecha": corte.isoformat() if corte else ""},
        f"Matriz al {imprimir_fecha(corte) if corte else ''}:\n" + "\n".join(f"  {n}" for n in nombres),
    )
