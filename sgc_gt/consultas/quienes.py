"""De quién se pregunta: los cargos que un cargo, un rol, una región o un correo nombran."""

from __future__ import annotations

from datetime import date

from sgc_gt.contexto import Vista
from sgc_gt.dominio.regiones import REGIONES, de_norte_a_sur, leer_region, quizas
from sgc_gt.errores import UsoIncorrecto


def cargos_que(vista: Vista, quien: str, fecha: date) -> frozenset[str]:
    """Los cargos que `quien` nombra: un cargo, un rol, una región o un correo; UsoIncorrecto si ninguno."""
    servicio, org = vista.servicio, vista.organizacion
    if "@" in quien:
        correo = quien.lower()
        halladas = {c for c in org.cargos if correo in org.pueden_por(c, fecha)}
    else:
        region = leer_region(quien)
        de_la_region = {c.id for c in org.cargos.values() if region and c.region == region.codigo}
        halladas = {*servicio.con_rol(quien), *de_la_region}
    if not halladas:
        suyas = de_norte_a_sur(c.region for c in org.cargos.values() if c.region)
        con_cargos = [f"{r} {REGIONES[r].nombre}" for r in suyas]
        raise UsoIncorrecto(
            f"«{quien}» no es un cargo ni una región, ni alguien que hoy ejerza un cargo{quizas(quien)}",
            lugar="--de",
            esperado=f"un correo, un cargo ({', '.join(sorted(org.cargos))}) o una región"
            + (f" ({', '.join(con_cargos)})" if con_cargos else ""),
            hacer="elija uno de esos y repita la orden",
        )
    return frozenset(halladas)
