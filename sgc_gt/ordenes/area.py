"""El área de lo que se crea, cuando nadie la dice: la de su serie o la del sistema de su tipo."""

from __future__ import annotations

from sgc_gt.dominio.servicio import Servicio, Tipo

PAQUETE_COMUN = "sgc"
"""El que no es de un sistema: sus documentos pueden ser de cualquier área; sus registros, no."""


def area_dicha(servicio: Servicio, tipo: Tipo, serie: str = "") -> str:
    """La que se llama como el paquete de su sistema o, si no hay, la del código de su serie.

    `serie`: la que se pidió, si no es la de su tipo. Lo que no es de un sistema mira primero su serie.

    «» si ninguna es un área del servicio: hay que preguntarla.
    """
    partes = servicio.mascara.leer(serie or tipo.serie)
    de_la_serie, del_paquete = partes.area if partes else "", tipo.paquete.upper()
    if tipo.paquete != PAQUETE_COMUN:
        candidatas = (del_paquete, de_la_serie)
    else:
        candidatas = (de_la_serie, del_paquete if tipo.clase == "registro" else "")
    return next((a for a in candidatas if a in servicio.areas), "")
