"""A quién nombra una palabra escrita en la orden: un cargo, un rol, una región o «todas»."""

from __future__ import annotations

from sgc_gt.dominio import distribucion as d
from sgc_gt.dominio.parecidos import quiso_decir
from sgc_gt.dominio.regiones import leer_region, quizas
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import UsoIncorrecto


def destinatario(servicio: Servicio, dicha: str, opcion: str) -> str:
    """La palabra como queda anotada: una región, por su código. UsoIncorrecto si no nombra a nadie."""
    palabra = dicha.strip()
    if palabra.casefold() == d.TODAS:
        palabra = d.TODAS
    elif not servicio.con_rol(palabra):
        region = leer_region(palabra)
        palabra = region.codigo if region else palabra
    if not d.resolver(servicio, (palabra,)):
        conocidos = (*servicio.roles, *servicio.cargos)
        raise UsoIncorrecto(
            f"«{dicha}» no nombra a ningún cargo{quizas(dicha)}",
            lugar=opcion,
            esperado=quiso_decir(palabra, conocidos)
            or f"un cargo o un rol ({', '.join(conocidos)}), una región o «todas»",
            hacer="use un cargo, un rol o una región de la configuración",
        )
    return palabra
