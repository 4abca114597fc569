"""La lista de distribución: una fila por copia controlada y por destinatario sin copia (dominio §2.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sgc_gt.dominio.alcance import SIN_DESTINATARIOS, Alcance, Destinatario
from sgc_gt.dominio.distribucion import Copia
from sgc_gt.dominio.etiquetas import DESTINOS_COPIA, SOPORTES_COPIA
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.regiones import nombre_de
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.tabla import FECHA, NUMERO, VERSION, Columna, Tabla
from sgc_gt.dominio.textos import mayuscula

DISTRIBUCION = (
    Columna("codigo", "Código", ancho=14),
    Columna("version", "Versión", VERSION, 9),
    Columna("copia", "N° copia", NUMERO, 8),
    Columna("destinatario", "Destinatario", ancho=34),
    Columna("region", "Región", ancho=18),
    Columna("soporte", "Soporte", ancho=11),
    Columna("entrega", "Entrega", FECHA, 12),
    Columna("acuse", "Acuse de la entrega", ancho=14),
    Columna("conocimiento", "Tomó conocimiento", FECHA, 12),
    Columna("retiro", "Retiro", FECHA, 12),
    Columna("acuse_retiro", "Acuse del retiro", ancho=14),
    Columna("situacion", "Situación", ancho=28),
)


_VACIA: dict[str, object] = {c.clave: None for c in DISTRIBUCION}


def lista_distribucion(servicio: Servicio, alcances: Iterable[Alcance], corte: date) -> Tabla:
    """La de lo que rige, y de lo que dejó copias sin retirar, a una fecha."""
    filas = tuple(fila for a in alcances for fila in filas_de(servicio, a, corte))
    return Tabla("Lista de distribución", servicio.nombre, DISTRIBUCION, filas, corte)


def filas_de(servicio: Servicio, a: Alcance, corte: date) -> Iterator[dict[str, object]]:
    """Las copias y destinatarios de un documento; si nadie los definió, una fila que lo dice.

    De las versiones anteriores van solo las copias por retirar: las demás están en el expediente.
    """
    conocen = {c.cargo: c.fecha for c in a.conocimientos}
    por_retirar = {p.copia.numero for p in a.por_retirar}
    con_copia = {c.cargo for c in a.copias if c.version == a.version and c.retiro is None}
    for c in a.copias:
        if c.version == a.version or c.numero in por_retirar:
            tomado = conocen.get(c.cargo) if c.version == a.version else None
            suya = fila_de_copia(servicio, c) | {"codigo": a.codigo, "conocimiento": tomado}
            yield suya | ({"situacion": "Por retirar"} if c.numero in por_retirar else {})
    base = _VACIA | {"codigo": a.codigo, "version": a.version}
    for x in a.destinatarios:
        if x.cargo not in con_copia:
            yield base | _sin_copia(servicio, x, corte)
    for t in a.otros:
        if t.cargo not in con_copia:
            quien = nombre_cargo(servicio, t.cargo)
            yield base | {
                "destinatario": quien,
                "conocimiento": t.fecha,
                "situacion": "La conoce sin ser destinatario",
            }
    if a.version and not (a.definida or a.copias):
        yield {**base, "destinatario": mayuscula(SIN_DESTINATARIOS), "situacion": "Por definir"}


def fila_de_copia(servicio: Servicio, c: Copia) -> dict[str, object]:
    """Una copia controlada, con su entrega y su retiro."""
    return _VACIA | {
        "version": c.version,
        "copia": c.numero,
        "destinatario": nombre_cargo(servicio, c.cargo),
        "region": nombre_de(c.region),
        "soporte": mayuscula(SOPORTES_COPIA[c.soporte]),
        "entrega": c.entrega,
        "acuse": _recibo(c.acuse),
        "retiro": c.retiro,
        "acuse_retiro": _recibo(c.acuse_retiro) if c.retiro else "",
        "situacion": f"Retirada: {DESTINOS_COPIA[c.destino]}" if c.retiro else "En uso",
    }


def _recibo(consta: bool) -> str:
    return "Con recibo" if consta else "Sin recibo"


def _sin_copia(servicio: Servicio, x: Destinatario, corte: date) -> dict[str, object]:
    return {
        "destinatario": nombre_cargo(servicio, x.cargo),
        "region": nombre_de(x.region),
        "entrega": x.entrega,
        "conocimiento": x.conocimiento.fecha if x.conocimiento else None,
        "situacion": "La conoce" if x.conocimiento else f"Sin conocimiento, {_plazo(x, corte)}",
    }


def _plazo(x: Destinatario, corte: date) -> str:
    dias = x.atraso(corte)
    return f"{dias} {'día' if dias == 1 else 'días'} de atraso" if dias else "en plazo"
