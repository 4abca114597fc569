"""Los antecedentes: lo que el servicio declaró al comenzar y ningún documento vigente dice todavía.

`iniciar --servicio` los deja en `registros/antecedentes/`, un archivo por tipo, con las claves de los datos
de ese tipo. Nadie los cambia después: cuando un documento rige, lo que vale es lo que él dice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.antecedentes import Antecedente


def antecedentes(vista: Vista) -> tuple[Antecedente, ...]:
    """Los declarados, por tipo y en su orden; vacío si el servicio no comenzó con ellos."""
    archivos = vista.presentes(rutas.ANTECEDENTES)
    if not archivos:
        return ()
    # Aquí, y no arriba: un servicio sin antecedentes no paga lo que cuesta leer YAML.
    from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415

    hallados = []
    for ruta, datos in sorted(vista.leer_varios(archivos).items()):
        valor = leer_yaml(datos, ruta)[0]
        tipo = ruta.removeprefix(f"{rutas.ANTECEDENTES}/").removesuffix(".yaml")
        for d in valor["declarados"]:
            hallados.append(
                Antecedente(tipo, d.get("codigo", ""), valor["anio"], d["datos"], d.get("region", ""))
            )
    return tuple(hallados)


def declarado(vista: Vista, tipo: str, region: str = "") -> Mapping[str, Any]:
    """Los datos declarados para ese tipo (y región); vacío si no los hay: con ellos parte un formulario."""
    return next((a.datos for a in antecedentes(vista) if a.tipo == tipo and a.region in ("", region)), {})
