"""La distribución de los documentos en una fecha: destinatarios, copias controladas y conocimientos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sgc_gt.contexto import Vista
from sgc_gt.dominio.alcance import Alcance, alcance
from sgc_gt.dominio.distribucion import Conocimiento, Copia, copias
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import ActoNoPermitido


def distribucion_de(vista: Vista, codigo: str, fecha: date) -> Alcance:
    """La de un documento; NoEncontrado si el código no existe."""
    return alcance(vista.servicio, vista.ficha(codigo), fecha)


def distribuciones(vista: Vista, fecha: date, fichas: Iterable[Ficha] | None = None) -> Iterator[Alcance]:
    """Las de los documentos que rigen, están por regir o dejaron copias sin retirar; por código."""
    todas = vista.fichas() if fichas is None else fichas
    documentos = sorted((f for f in todas if f.clase != "registro"), key=lambda f: f.codigo)
    for ficha in documentos:
        a = alcance(vista.servicio, ficha, fecha)
        if a.version or a.por_retirar:
            yield a


def anotada_para(vista: Vista, codigo: str, numero: int) -> str:
    """A quién se entregó esa copia; vacío si no consta. ActoNoPermitido si se retiró o ya no rige."""
    ficha = vista.ficha(codigo)
    copia = next((c for c in copias(ficha) if c.numero == numero), None)
    if copia is None:
        return ""
    vigente = situacion(ficha).vigente
    if copia.retiro is not None:
        problema = f"se retiró el {imprimir_fecha(copia.retiro)}"
    elif vigente and copia.version != vigente.version:
        problema = f"es de la versión {copia.version}, y la que rige es la {vigente.version}"
    else:
        return vista.organizacion.nombre_cargo(copia.cargo)
    raise ActoNoPermitido(
        f"la copia N° {numero} {problema}",
        lugar=codigo,
        esperado="una copia de la versión que rige",
        hacer=f"entregue una nueva, con su número: sgc-gt distribuir {codigo} --a CARGO --copia papel",
    )


def a_dict(a: Alcance, fecha: date) -> dict[str, Any]:
    """Las claves del contrato: `codigo`, `version`, `conocimientos`, y de qué se compone la cuenta."""
    return {
        "codigo": a.codigo,
        "version": a.version,
        "vigente_desde": _dia(a.desde),
        "definida": a.definida,
        "destinatarios": [
            {
                "cargo": x.cargo,
                "region": x.region,
                "entrega": _dia(x.entrega),
                "limite": _dia(x.limite),
                "conoce": x.conocimiento is not None,
                "atraso": x.atraso(fecha),
            }
            for x in a.destinatarios
        ],
        "conocimientos": [_conocimiento(c) for c in a.conocimientos],
        "conocen": a.conocen,
        "deben": len(a.destinatarios),
        "copias": [_copia(c) for c in a.copias],
        "por_retirar": [p.copia.numero for p in a.por_retirar],
    }


def _conocimiento(c: Conocimiento) -> dict[str, Any]:
    return {
        "cargo": c.cargo,
        "fecha": c.fecha.isoformat(),
        "correo": c.correo,
        "origen": c.origen,
        "movimiento": c.n,
    }


def _copia(c: Copia) -> dict[str, Any]:
    return {
        "numero": c.numero,
        "version": c.version,
        "cargo": c.cargo,
        "soporte": c.soporte,
        "region": c.region,
        "entrega": c.entrega.isoformat(),
        "acuse": c.acuse,
        "retiro": _dia(c.retiro),
        "destino": c.destino,
    }


def _dia(dia: date | None) -> str | None:
    return dia.isoformat() if dia else None
