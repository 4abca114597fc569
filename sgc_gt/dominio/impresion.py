"""Lo que el sistema imprime en las zonas controladas de un documento: función pura de la ficha.

Textos (código, versión, fecha, estado…), tabla de firmas y tabla de control de cambios (dominio §2.6). Los
valores de una emisión no dependen del día en que se calculan: por eso el sello se puede repetir.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.ancla import ANCLA
from sgc_gt.dominio.etiquetas import APROBADO_FUERA, ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Evidencia, Ficha, Movimiento
from sgc_gt.dominio.importado import afuera
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.situacion import Version, situacion

MARCA_BORRADOR = "BORRADOR"
MARCA_OBSOLETO = "DOCUMENTO OBSOLETO"
MARCA_COPIA = "COPIA NO CONTROLADA"
SIN_ANCLA = "Al ponerse en vigencia"
"""Lo que un borrador dice donde una versión emitida lleva el ancla de la historia en que se emitió."""
SIN_CODIGO = "Sin código: borrador"
"""Lo que un borrador dice donde una versión emitida lleva su código de verificación."""

VISACION = "visacion"
"""Con esta clave una emisión dice que imprime el oficio que la visó; lo emitido antes no lo imprimía."""

_DE_SOLICITUD = (("Presentada por", "enviar"), ("Revisada por", "revisar"), ("Resuelta por", "resolver"))
_PAPELES = (("Elaborado por", "enviar"), ("Revisado por", "revisar"), ("Aprobado por", "aprobar"))


class Impresion(NamedTuple):
    """Valores de las zonas: textos por nombre de zona, filas por tabla y marca de agua (None: sin marca)."""

    textos: Mapping[str, str]
    tablas: Mapping[str, Sequence[Sequence[str]]]
    marca: str | None


def codigo_corto(huella: str) -> str:
    """El código de verificación que se imprime: 16 dígitos en grupos de cuatro, de la huella."""
    digitos = huella.partition(":")[2][:16].upper()
    return "-".join(digitos[i : i + 4] for i in range(0, len(digitos), 4))


def impresion(ficha: Ficha, version: str, org: Organizacion, servicio: str) -> Impresion:
    """Lo que va impreso en esa versión según los movimientos de la ficha (borrador o emitida)."""
    ficha = rectificada(ficha)
    v = situacion(ficha).de(version)
    if v is None:
        raise ValueError(f"{ficha.codigo} no tiene versión {version}")
    emitida = v.emision is not None
    vigencia = imprimir_fecha(v.vigente_desde) if emitida else ""
    textos = {
        "codigo": ficha.codigo,
        "titulo": v.titulo,
        "version": version,
        "fecha": imprimir_fecha(_puesta(v)) if v.emision else "En elaboración",
        "estado": _estado(v, ficha.clase),
        "vigencia": vigencia or "Al ponerse en vigencia",
        "motivo": v.motivo or (APROBADO_FUERA if v.importada else "Primera versión"),
        "verificacion": codigo_corto(v.huella) if emitida else SIN_CODIGO,
        "servicio": servicio,
    }
    ancla = v.emision.extra.get(ANCLA) if v.emision else SIN_ANCLA
    if ancla:  # lo emitido antes de que se imprimiera el ancla no la lleva
        textos["ancla"] = str(ancla)
    tablas = {"firmas": _firmas(ficha, v, org), "cambios": _cambios(ficha, v, org)}
    return Impresion(textos, tablas, None if emitida else MARCA_BORRADOR)


def _puesta(v: Version) -> date | None:
    """El día en que la versión se puso en vigencia: lo importado, antes de anotarse aquí."""
    return v.vigente_desde if v.importada or v.emision is None else v.emision.fecha


def _estado(v: Version, clase: str) -> str:
    if v.emision is None:
        return ESTADOS[tabla.BORRADOR]
    return ESTADOS[tabla.ARCHIVADO] if clase == "registro" else ESTADOS[tabla.VIGENTE]


def _firmas(ficha: Ficha, v: Version, org: Organizacion) -> list[list[str]]:
    """Elaborado, Revisado y Aprobado × papel, nombre, cargo, calidad, firma y fecha; blanco lo que falta.

    Lo visado agrega el oficio de afuera (DIA-F, PLA-F, IMP-F, EVA-F): dice si ya se puede ejecutar.
    """
    if v.importada and v.emision:
        return _firmas_de_afuera(v.emision)
    envio = _envio(ficha, v) if v.ruta else None
    hechos: dict[str, list[Movimiento]] = {
        "enviar": [envio] if envio else [],
        "revisar": [m for m in v.firmas if m.acto == "revisar"],
        "aprobar": [m for m in v.firmas if m.acto == "aprobar"],
        "resolver": [m for m in v.firmas if m.acto == "resolver"],
    }
    previstos = {"enviar": "elabora", "revisar": "revisa", "aprobar": "aprueba", "resolver": "aprueba"}
    filas: list[list[str]] = []
    for papel, acto in _DE_SOLICITUD if envio and envio.acto == "solicitar" else _PAPELES:
        if acto == "revisar" and v.ruta and not any(p.acto == "revisar" for p in v.ruta):
            continue
        firmas = [_fila_firma(papel, m, org) for m in hechos[acto]]
        filas.extend(firmas or [[papel, "", _previstos(ficha, v, acto, previstos[acto], org), "", "", ""]])
    if v.emision and v.emision.extra.get(VISACION):
        filas.extend(_fila_visacion(m) for m in v.firmas if m.acto == "visar")
    return filas


def _firmas_de_afuera(m: Movimiento) -> list[list[str]]:
    """Lo que el documento importado decía de su aprobación; la firma está en su papel, no en el sistema."""
    fuera = afuera(m)
    textos = (
        ("Elaborado por", fuera.elaboro),
        ("Revisado por", fuera.reviso),
        ("Aprobado por", fuera.aprobo),
    )
    return [[papel, "", cargo, "", APROBADO_FUERA, imprimir_fecha(fuera.fecha)] for papel, cargo in textos]


def _previstos(ficha: Ficha, v: Version, acto: str, campo: str, org: Organizacion) -> str:
    """Los cargos de quienes firmarán: los de la ruta, si ya se envió; si no, los de la identidad."""
    paso = next((p for p in v.ruta if p.acto == acto), None)
    return org.nombres(paso.cargos) if paso else _cargos(ficha, campo, org)


def _envio(ficha: Ficha, v: Version) -> Movimiento | None:
    """El último envío de esa versión; el de un borrador descartado con el mismo número no cuenta."""
    for m in ficha.actos[::-1]:
        if m.version == v.version and m.acto in ("crear", "nueva-version"):
            return None
        if m.version == v.version and m.acto in ("enviar", "solicitar"):
            return m
    return None


def _cargos(ficha: Ficha, campo: str, org: Organizacion) -> str:
    valor = ficha.identidad.get(campo, ())
    ids = (valor,) if isinstance(valor, str) else tuple(valor)
    return org.nombres(ids) if ids else ""


def _fila_firma(papel: str, m: Movimiento, org: Organizacion) -> list[str]:
    persona = org.persona(m.correo)
    calidad = "Titular" if m.calidad == "titular" else f"{m.calidad}, {m.base_calidad}".rstrip(", ")
    if "excepcion" in m.extra:
        calidad += ", por excepción a la segregación"
    return [
        papel,
        persona.nombre if persona else "",
        org.nombre_cargo(m.cargo),
        calidad,
        _respaldo(m),
        imprimir_fecha(m.fecha),
    ]


def _fila_visacion(m: Movimiento) -> list[str]:
    """El organismo no firma aquí: consta su oficio, que el expediente guarda."""
    oficio = next((e for e in m.evidencia if e.clase == "oficio"), None)
    if oficio is None:
        return ["Visación técnica", "", "Organismo externo", "", _respaldo(m), imprimir_fecha(m.fecha)]
    fecha = imprimir_fecha(oficio.fecha or m.fecha)
    return ["Visación técnica", "", "Organismo externo", "", f"Oficio N° {oficio.numero}", fecha]


def _respaldo(m: Movimiento) -> str:
    """Cómo consta la firma: el acto administrativo, el PDF firmado, o el movimiento n.º de la ficha."""
    resolucion = next((e for e in m.evidencia if e.clase == "resolucion"), None)
    if resolucion:
        return f"Resolución Exenta N° {resolucion.numero}{_del(resolucion)}"
    if any(e.clase == "pdf_firmado" for e in m.evidencia):
        return "PDF firmado, en el expediente"
    propia = m.firma and m.correo == m.registra
    return f"{'Firma electrónica simple' if propia else 'Registrado'} en el sistema, movimiento N° {m.n}"


def _del(e: Evidencia) -> str:
    return f" del {imprimir_fecha(e.fecha)}" if e.fecha else ""


def _cambios(ficha: Ficha, v: Version, org: Organizacion) -> list[list[str]]:
    """Una fila por versión emitida hasta esta: versión, fecha, sección, descripción, motivo, aprobó."""
    filas: list[list[str]] = []
    for otra in situacion(ficha).versiones:
        if otra.emision is None and otra != v:
            continue
        aprobo = next((m for m in reversed(otra.firmas) if m.acto == "aprobar"), None)
        cambio = _descripcion(ficha, otra)
        filas.append(
            [
                otra.version,
                imprimir_fecha(_puesta(otra)) if otra.emision else "",
                cambio[0],
                cambio[1],
                otra.motivo or ("" if otra.importada else "Primera versión"),
                _aprobo(otra, aprobo, org),
            ]
        )
        if otra == v:
            break
    return filas


def _aprobo(v: Version, aprobo: Movimiento | None, org: Organizacion) -> str:
    if v.importada and v.emision:
        return afuera(v.emision).aprobo
    return org.nombre_cargo(aprobo.cargo) if aprobo else ""


def _descripcion(ficha: Ficha, v: Version) -> tuple[str, str]:
    """Secciones y descripción que su envío declaró; sin ellas, el documento entero."""
    if v.importada:
        return "Todas", APROBADO_FUERA
    envio = _envio(ficha, v)
    extra = envio.extra if envio else {}
    return str(extra.get("secciones") or "Todas"), str(
        extra.get("descripcion") or v.motivo or "Emisión inicial"
    )
