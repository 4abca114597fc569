"""La marca de una copia: lo que dice atravesado en la página, lo que dice en letra chica y en su nombre.

Una copia se marca por lo que la versión es el día en que se entrega, nunca por lo que era. Lo vigente sale
legible, sin nada encima. Fuente: ISO 9001:2008 4.2.3 g; 2015 7.5.3.2; dominio §2.5.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.impresion import MARCA_BORRADOR, MARCA_COPIA, MARCA_OBSOLETO
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import recortado
from sgc_gt.dominio.vida import obsoleta_hasta

MARCA_POR_REGIR = "AÚN NO RIGE"
MARCA_CONTROLADA = "COPIA CONTROLADA"
MAXIMO_DESTINO = 80
MAXIMO_CAUSA = 140
"""Letras de un motivo que caben en la línea al pie; entero está en el historial."""


class Entrega(NamedTuple):
    """Cómo se entrega una copia: no controlada, o controlada con su número y a quién."""

    no_controlada: bool = False
    numero: int = 0  # 0: no es una copia controlada
    para: str = ""


class Marca(NamedTuple):
    """Lo que lleva una copia: vacía si la versión rige y no se pidió otra cosa."""

    agua: str = ""  # atravesada en cada página
    leyenda: str = ""  # en letra chica al pie de cada página
    nombre: str = ""  # se agrega al nombre del archivo
    controlada: bool = False


def marca_de(v: Version, hoy: date, tipo: Tipo | None, entrega: Entrega, envio: int = 0) -> Marca:
    """La marca de esa versión entregada hoy. `envio`: cuál de sus envíos es, si no es la versión misma."""
    if envio:
        que = f"envío {envio} de la versión {v.version}, {ESTADOS[v.estado].lower()}"
        return Marca(MARCA_BORRADOR, f"{MARCA_BORRADOR}: {que}. No rige.", "BORRADOR")
    if v.estado in tabla.ABIERTOS:
        return Marca(MARCA_BORRADOR, f"{MARCA_BORRADOR}: {_en_que_va(v)}. No rige.", "BORRADOR")
    if v.estado == tabla.DESCARTADO:
        causa = f" Motivo: {_causa(v)}." if v.causa else ""
        return Marca(MARCA_BORRADOR, f"{MARCA_BORRADOR} DESCARTADO: nunca rigió.{causa}", "DESCARTADO")
    if v.estado == tabla.EMITIDO:
        desde = f"{MARCA_POR_REGIR}: comienza a regir el {imprimir_fecha(v.vigente_desde)}."
        return Marca(MARCA_POR_REGIR, desde, "AUN-NO-RIGE")
    if v.estado == tabla.OBSOLETO:
        return Marca(MARCA_OBSOLETO, f"{MARCA_OBSOLETO} {_por_que_se_conserva(v, tipo)}", "OBSOLETO")
    if v.estado in tabla.RETIRADOS:
        estado = ESTADOS[v.estado].upper()
        return Marca(estado, f"{estado}: este registro ya no se conserva.", "YA-NO-SE-CONSERVA")
    return _de_entrega(hoy, entrega)


def _en_que_va(v: Version) -> str:
    return "en elaboración" if v.estado == tabla.BORRADOR else ESTADOS[v.estado].lower()


def _por_que_se_conserva(v: Version, tipo: Tipo | None) -> str:
    """Desde cuándo no rige y por qué, y por qué se guarda: lo que un auditor pregunta de un obsoleto."""
    desde = f"desde el {imprimir_fecha(v.hasta)}" if v.hasta else ""
    texto = f"{desde}: {_causa(v)}." if v.causa else f"{desde}."
    if tipo is None:
        return texto
    hasta = obsoleta_hasta(v, tipo)
    plazo = f" hasta el {imprimir_fecha(hasta)}" if hasta else ""
    return f"{texto} Se conserva{plazo} como {tipo.motivo_conservacion}."


def _causa(v: Version) -> str:
    return recortado(v.causa, MAXIMO_CAUSA).rstrip(".")


def _de_entrega(hoy: date, entrega: Entrega) -> Marca:
    dia = imprimir_fecha(hoy)
    if entrega.numero:
        numero = f"{MARCA_CONTROLADA} N° {entrega.numero}"
        leyenda = f"{numero} · Para: {entrega.para} · {dia}"
        return Marca("", leyenda, f"COPIA-CONTROLADA-{entrega.numero}", controlada=True)
    if entrega.no_controlada:
        leyenda = f"{MARCA_COPIA} obtenida el {dia}. Antes de usarla, compruebe que sigue vigente."
        return Marca(MARCA_COPIA, leyenda, "COPIA-NO-CONTROLADA")
    return Marca()
