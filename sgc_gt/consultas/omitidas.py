"""Las regiones que una versión en trabajo deja fuera: se dice antes de que rija (N-32)."""

from __future__ import annotations

from datetime import date

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import Version
from sgc_gt.reglas.hallazgos.en_trabajo import regiones_omitidas
from sgc_gt.reglas.hallazgos.hechos import Hechos
from sgc_gt.reglas.hallazgos.territorio import POR_REGION


def omitidas(vista: Vista, ficha: Ficha, v: Version, datos: bytes | None, fecha: date) -> list[Alerta]:
    """Las alertas de N-32 en esos datos; ninguna si su tipo no dice nada de cada región."""
    tipo = vista.servicio.tipos.get(ficha.tipo)
    if not datos or tipo is None or not (tipo.en_cada_region or tipo.hace_de in POR_REGION):
        return []
    # Aquí, y no arriba: los demás tipos no pagan lo que cuesta leer YAML.
    from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415

    valor = leer_yaml(datos, rutas.datos_de(v.archivo))[0]
    hechos = Hechos(vista.servicio, vista.organizacion, fecha)
    return regiones_omitidas(hechos, ficha, v, valor) if isinstance(valor, dict) else []
