"""Reglas sobre la sección de registros (ISO 9001:2008 4.2.4; 2015 7.5.3.2).

Cada uno dice cómo se controla y tiene su serie; y ninguna serie del área se queda sin quien la pida.
"""

from __future__ import annotations

from collections.abc import Iterator

from sgc_gt.dominio.registros import ATRIBUTOS, PedidoRegistro, con_serie
from sgc_gt.dominio.registros_word import registros_en
from sgc_gt.dominio.servicio import Serie
from sgc_gt.reglas.materia import Materia, Renglon
from sgc_gt.reglas.regla import Hallazgo, en
from sgc_gt.reglas.textos import clave, corto

_NOMBRES = {
    "responsable": "responsable",
    "almacenamiento": "almacenamiento",
    "proteccion": "protección",
    "recuperacion": "recuperación",
    "retencion": "tiempo de retención",
    "disposicion": "disposición",
}
_VACIOS = frozenset(("", "—", "-", "–", "n/a", "por definir"))


def sin_atributos(m: Materia) -> Iterator[Hallazgo]:
    """Los registros que no dicen quién, dónde, cuánto tiempo ni qué se hace después con ellos."""
    if m.forma is None:
        return
    for pedido in registros_en(m.forma, m.codigo):
        serie = m.servicio.series.get(pedido.codigo)
        faltan = [_NOMBRES[a] for a in ATRIBUTOS if not _dicho(pedido, a) and not _de_serie(serie, a)]
        if faltan:
            nombre = corto(pedido.nombre or pedido.codigo, 50)
            yield _en_su_lugar(m, pedido, f"a «{nombre}» le falta: {', '.join(faltan)}")


def sin_serie(m: Materia) -> Iterator[Hallazgo]:
    """Los registros que no son de ninguna serie del catálogo: no hay dónde archivarlos.

    El código que nadie tiene lo dice ya CODIGO-INEXISTENTE.
    """
    if m.forma is None:
        return
    for pedido, serie in con_serie(registros_en(m.forma, m.codigo), m.servicio.series):
        if serie is None and (not pedido.codigo or pedido.codigo in m.codigos):
            nombre = corto(pedido.nombre or pedido.codigo, 50)
            yield _en_su_lugar(m, pedido, f"«{nombre}» no es de ninguna serie del catálogo")


def serie_sin_pedir(m: Materia) -> Iterator[Hallazgo]:
    """Las series del área que ningún procedimiento vigente pide: se archivan y nadie dijo que debían."""
    for codigo in m.series_sin_pedir:
        serie = m.servicio.series[codigo]
        yield Hallazgo(f"ningún procedimiento vigente pide {codigo} «{serie.nombre}»", "sección Registros")


def _dicho(pedido: PedidoRegistro, atributo: str) -> bool:
    return str(getattr(pedido, atributo)).strip().lower() not in _VACIOS


def _de_serie(serie: Serie | None, atributo: str) -> bool:
    """Si la serie del catálogo ya lo dice: lo que el procedimiento calla lo completa ella."""
    if serie is None:
        return False
    if atributo == "retencion":
        return serie.retencion_anios is not None
    return bool(getattr(serie, atributo))


def _en_su_lugar(m: Materia, pedido: PedidoRegistro, evidencia: str) -> Hallazgo:
    """El hallazgo en la fila o línea que nombra el registro; la última, que es la de la sección."""
    buscado = clave(pedido.nombre or pedido.codigo)
    suyos: list[Renglon] = [r for r in m.renglones if clave(r.texto).startswith(buscado) and not r.es_titulo]
    de_seccion = [r for r in suyos if clave(r.titulo).startswith("registro")] or suyos
    return en(de_seccion[-1], evidencia) if de_seccion else Hallazgo(evidencia, "sección Registros")
