"""`verificar --codigo`: de qué documento es el código de un papel, y si ese papel rige todavía.

No repite la historia: busca los dígitos en las fichas y lee solo las que los tienen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.codigo_impreso import LARGO, escribir_codigo
from sgc_gt.dominio.etiquetas import APROBADO_FUERA, ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha, leer_ficha
from sgc_gt.dominio.filas import con_calidad, impreso_antes
from sgc_gt.dominio.importado import afuera
from sgc_gt.dominio.impresion import codigo_corto
from sgc_gt.dominio.parecido import diferencia
from sgc_gt.dominio.situacion import Version, situacion

_HUELLA = re.compile(rf'"huella": "1:([0-9a-f]{{{LARGO}}})'.encode())


class Documento(NamedTuple):
    """Una versión a la que corresponde un papel, y lo que es hoy."""

    codigo: str
    titulo: str
    version: str
    estado: str
    verificacion: str  # el código entero, como se imprime
    emitida: date | None
    aprobo: str
    vigente_desde: date | None
    hasta: date | None
    causa: str
    rige: str  # la versión de ese código que rige hoy; vacía si ninguna
    intermedio: bool = False  # el texto de un borrador que no llegó a emitirse así
    codigo_impreso: str = ""  # el que el papel dice, si el documento se recodificó después

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato, con fechas como texto."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in self._asdict().items()}


class Parecido(NamedTuple):
    """Un código que existe y casi es el tecleado; `difiere` dice en qué: «en un dígito»."""

    verificacion: str
    difiere: str


def documentos_con(vista: Vista, digitos: str, hoy: date) -> list[Documento]:
    """Las versiones cuyo código de verificación empieza por esos dígitos (de `dominio.codigo_impreso`)."""
    busca = f'"huella": "1:{digitos.lower()}'.encode()
    hallados = [
        documento
        for ruta, datos in vista.leer_varios(vista.oids_fichas()).items()
        if busca in datos
        for documento in _en_la_ficha(vista, leer_ficha(datos, ruta), digitos, hoy)
    ]
    return sorted(hallados, key=lambda d: (d.intermedio, d.codigo, d.version))


def parecidos(vista: Vista, digitos: str) -> list[Parecido]:
    """Los códigos de aquí que difieren de esos dígitos en uno o dos: quizás se copiaron mal."""
    fichas = vista.leer_varios(vista.oids_fichas()).values()
    huellas = {h.decode().upper() for datos in fichas for h in _HUELLA.findall(datos)}
    hallados = ((h, diferencia(digitos, h[: len(digitos)])) for h in sorted(huellas))
    return [Parecido(escribir_codigo(h), poco) for h, poco in hallados if poco]


def _en_la_ficha(vista: Vista, ficha: Ficha, digitos: str, hoy: date) -> Iterator[Documento]:
    versiones = situacion(ficha, hoy).versiones
    suyas = [v for v in versiones if _empieza(v.huella, digitos)]
    yield from (documento(vista, ficha, v, hoy) for v in suyas)
    if suyas:
        return
    # Ninguna versión quedó con ese texto: es de un borrador que después cambió.
    for m in ficha.actos:
        v = next((x for x in reversed(versiones) if x.version == m.version), None)
        if v is not None and _empieza(m.huella, digitos):
            hallado = documento(vista, ficha, v, hoy)
            yield hallado._replace(intermedio=True, verificacion=codigo_corto(m.huella))
            return


def _empieza(huella: str, digitos: str) -> bool:
    return huella.partition(":")[2].upper().startswith(digitos)


def documento(vista: Vista, ficha: Ficha, v: Version, hoy: date) -> Documento:
    """Lo que esa versión es hoy, para quien tiene un papel en la mano."""
    rige = situacion(ficha, hoy).vigente
    return Documento(
        ficha.codigo,
        v.titulo,
        v.version,
        v.estado,
        codigo_corto(v.huella),
        v.emision.fecha if v.emision and not v.importada else None,
        _aprobo(vista, v),
        v.vigente_desde,
        v.hasta,
        v.causa,
        rige.version if rige else "",
        codigo_impreso=impreso_antes(ficha, v),
    )


def _aprobo(vista: Vista, v: Version) -> str:
    """Quién la aprobó: el cargo y su calidad, o lo que el papel importado decía."""
    if v.importada and v.emision:
        return afuera(v.emision).aprobo
    m = next((m for m in reversed(v.firmas) if m.acto == "aprobar"), None)
    if m is None:
        return ""
    quien = con_calidad(vista.organizacion.nombre_cargo(m.cargo), m.calidad)
    return f"{quien} (el {imprimir_fecha(m.fecha)})"


def en_palabras(d: Documento) -> str:
    """Lo primero que necesita saber quien tiene el papel: si sirve. Después, de qué es y quién lo aprobó."""
    return "\n".join([f"{_sirve(d)}.", f"  Es {_cual(d)}.", *(f"  {linea}." for linea in _detalle(d))])


def en_breve(d: Documento) -> str:
    """Solo qué documento es y en qué está."""
    return f"  {_cual(d)} ({ESTADOS[d.estado].lower()})."


def _cual(d: Documento) -> str:
    version = f" versión {d.version}" if d.version else ""
    return f"{d.codigo}{version}, «{d.titulo}»"


def _sirve(d: Documento) -> str:
    if d.intermedio:
        return "NO RIGE: es el texto de un borrador que después cambió, y nunca se emitió así"
    if d.estado == tabla.VIGENTE:
        return f"VIGENTE desde el {imprimir_fecha(d.vigente_desde)}"
    if d.estado == tabla.OBSOLETO:
        return f"NO RIGE: obsoleto desde el {imprimir_fecha(d.hasta)} ({d.causa})"
    if d.estado == tabla.EMITIDO:
        return f"AÚN NO RIGE: comienza a regir el {imprimir_fecha(d.vigente_desde)}"
    if d.estado == tabla.ARCHIVADO:
        return "ARCHIVADO: es un registro"
    if d.estado in (*tabla.CONSERVADOS, *tabla.RETIRADOS):
        return f"ES UN REGISTRO, en estado «{ESTADOS[d.estado].lower()}»"
    return f"NO RIGE: está en estado «{ESTADOS[d.estado].lower()}»"


def _detalle(d: Documento) -> Iterator[str]:
    if d.codigo_impreso:
        yield f"El papel dice {d.codigo_impreso}, el código que tenía al emitirse"
    if d.emitida:
        yield f"Emitido el {imprimir_fecha(d.emitida)}"
    elif d.estado in (tabla.VIGENTE, tabla.OBSOLETO):
        yield APROBADO_FUERA
    if d.aprobo:
        yield f"Aprobado por {d.aprobo}"
    if d.rige and d.rige != d.version:
        yield f"Hoy rige la versión {d.rige}: pídala con sgc-gt copia {d.codigo}"
    elif d.estado == tabla.OBSOLETO and not d.rige:
        yield "Hoy no rige ninguna versión de este documento"
    if d.verificacion:
        yield f"Código de verificación {d.verificacion}"
