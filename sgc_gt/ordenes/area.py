"""El área de lo que se crea, cuando nadie la dice: la de su serie o la del sistema de su tipo."""

from __future__ import annotations

from sgc_gt.dominio.servicio import Servicio, Tipo

PAQUETE_COMUN = "sgc"
"""El que no es de un sistema: sus documentos pueden ser de cualquier área; sus registros, no."""


def area_dicha(servicio: Servicio, tipo: Tipo, serie: str = "") -> str:
    """La del código de su serie (`serie`, si se pidió otra que la del tipo) o, si no la dice, la que se llama
    como su paquete. «» si ninguna es un área del servicio: hay que preguntarla.
    """
    partes = servicio.mascara.leer(serie or tipo.serie)
    de_un_sistema = tipo.paquete != PAQUETE_COMUN or tipo.clase == "registro"
    candidatas = (partes.area if partes else "", tipo.paquete.upper() if de_un_sistema else "")
    return next((a for a in candidatas if a in servicio.areas), "")
