"""La conciliación de la sección 9: los registros que piden los procedimientos vigentes, contra lo archivado.

ISO 9001:2008 4.2.4; 2015 7.5.3.2. Los atributos que un procedimiento deja en blanco se completan con los
de la serie; lo que ni uno ni otra dicen queda nombrado en `sin_definir`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio.filas import retencion
from sgc_gt.dominio.servicio import Serie
from sgc_gt.dominio.tabla import FECHA, NUMERO, Columna
from sgc_gt.dominio.textos import comparable

CONCILIACION = (
    Columna("codigo", "Código", ancho=14),
    Columna("nombre", "Nombre", ancho=34),
    Columna("procedimiento", "Procedimiento", ancho=14),
    Columna("responsable", "Responsable", ancho=24),
    Columna("retencion", "Tiempo de retención", ancho=14),
    Columna("disposicion", "Disposición final", ancho=22),
    Columna("presentes", "Presentes", NUMERO, 10),
    Columna("ultimo", "Último", FECHA, 12),
    Columna("falta", "Falta", ancho=28),
)

ATRIBUTOS = ("responsable", "almacenamiento", "proteccion", "recuperacion", "retencion", "disposicion")


class PedidoRegistro(NamedTuple):
    """Un registro que la sección 9 de un procedimiento dice que debe existir."""

    procedimiento: str
    codigo: str
    nombre: str = ""
    responsable: str = ""
    almacenamiento: str = ""
    proteccion: str = ""
    recuperacion: str = ""
    retencion: str = ""
    disposicion: str = ""
    soporte: str = ""
    acceso: str = ""
    modo: str = ""  # archiva | referencia | muestrea; vacío: lo que diga la serie
    seccion: str = ""  # número de la sección que lo pide, si se leyó del documento
    ancla: str = ""  # el texto exacto de la celda o de la línea que lo nombra


class Instancia(NamedTuple):
    """Un registro archivado, o la versión emitida de un documento que vale como el de su período."""

    codigo: str
    periodo: str = ""  # «2026», o más fino: «2026-03», «2026-T1»
    region: str = ""
    fecha: date | None = None
    titulo: str = ""
    version: str = ""
    referencia: str = ""  # dónde está: carpeta, archivo o ubicación física


class FilaRegistro(NamedTuple):
    """Un registro pedido, lo que hay y lo que falta para el período."""

    codigo: str
    nombre: str
    procedimiento: str
    responsable: str
    almacenamiento: str
    proteccion: str
    recuperacion: str
    retencion: str
    disposicion: str
    presentes: tuple[Instancia, ...] = ()
    falta: tuple[str, ...] = ()  # oraciones; vacío: no falta nada del período
    sin_definir: tuple[str, ...] = ()  # atributos de control que nadie dice


def pedidos_de(procedimiento: str, registros: Iterable[Mapping[str, object]]) -> tuple[PedidoRegistro, ...]:
    """Los pedidos de un procedimiento desde `datos.registros`; se pasan por alto las claves ajenas."""
    campos = [c for c in PedidoRegistro._fields if c not in ("procedimiento", "seccion", "ancla")]
    pedidos = (
        PedidoRegistro(procedimiento, **{c: _texto(registro.get(c)) for c in campos})
        for registro in registros
    )
    # En los datos la retención es un número de años.
    return tuple(
        p._replace(retencion=retencion(int(p.retencion))) if p.retencion.isdecimal() else p for p in pedidos
    )


def conciliar(
    pedidos: Iterable[PedidoRegistro],
    series: Mapping[str, Serie],
    presentes: Mapping[str, Sequence[Instancia]],
    periodo: str = "",
    nombrar: Callable[[str], str] = str,
) -> tuple[FilaRegistro, ...]:
    """Una fila por registro pedido, en el orden de los pedidos.

    Un pedido sin código se busca en el catálogo por su nombre. Sin `periodo` cuentan todas las instancias.
    `nombrar` da el título de un cargo: se aplica a quien responde por el registro.
    """
    por_nombre = {comparable(s.nombre): s for s in series.values()}
    return tuple(
        _fila(pedido, _serie(pedido, series, por_nombre), presentes, periodo, nombrar)
        for pedido in dict.fromkeys(pedidos)
    )


def del_periodo(instancia: Instancia, periodo: str) -> bool:
    """Si la instancia es de ese período o de una parte de él; sin período propio vale el de su fecha."""
    propio = instancia.periodo or (instancia.fecha.isoformat() if instancia.fecha else "")
    return not periodo or propio == periodo or propio.startswith(f"{periodo}-")


def fila_conciliada(fila: FilaRegistro) -> dict[str, object]:
    """La fila para mostrar: cuántos hay y cuándo fue el último, en vez de cada uno."""
    fechas = [i.fecha for i in fila.presentes if i.fecha]
    return {
        **fila._asdict(),
        "presentes": len(fila.presentes),
        "ultimo": max(fechas, default=None),
        "falta": "; ".join(fila.falta),
    }


def _fila(
    pedido: PedidoRegistro,
    serie: Serie | None,
    presentes: Mapping[str, Sequence[Instancia]],
    periodo: str,
    nombrar: Callable[[str], str],
) -> FilaRegistro:
    codigo = pedido.codigo or (serie.codigo if serie else "")
    hay = tuple(i for i in presentes.get(codigo, ()) if del_periodo(i, periodo))
    atributos = {a: getattr(pedido, a) or _de_serie(serie, a) for a in ATRIBUTOS}
    sin_definir = tuple(a for a in ATRIBUTOS if not atributos[a])
    if serie is None:
        sin_definir = ("serie", *sin_definir)
    return FilaRegistro(
        codigo=codigo,
        nombre=pedido.nombre or (serie.nombre if serie else ""),
        procedimiento=pedido.procedimiento,
        **{**atributos, "responsable": nombrar(atributos["responsable"])},
        presentes=hay,
        falta=() if hay else (_falta(codigo, periodo),),
        sin_definir=sin_definir,
    )


def _serie(
    pedido: PedidoRegistro, series: Mapping[str, Serie], por_nombre: Mapping[str, Serie]
) -> Serie | None:
    return series.get(pedido.codigo) if pedido.codigo else por_nombre.get(comparable(pedido.nombre))


def _de_serie(serie: Serie | None, atributo: str) -> str:
    if serie is None:
        return ""
    if atributo == "retencion":
        return "" if serie.retencion_anios is None else retencion(serie.retencion_anios)
    return str(getattr(serie, atributo))


def _falta(codigo: str, periodo: str) -> str:
    if not codigo:
        return "el procedimiento no le da código y no está en el catálogo de series"
    return f"ningún registro del período {periodo}" if periodo else "ningún registro archivado"


def _texto(valor: object) -> str:
    return "" if valor is None else str(valor).strip()
