"""Lo que el programa trae para un paquete que el servicio comienza a usar después de nacer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sgc_gt.config.lectura import leer_yaml
from sgc_gt.config.nombres import paquete
from sgc_gt.dominio import rutas
from sgc_gt.dominio.servicio import Servicio


def por_agregar(servicio: Servicio, trae: Mapping[str, bytes]) -> dict[str, bytes]:
    """Los archivos de los paquetes en uso de los que el servicio no tiene ningún tipo: ruta → bytes.

    Un gobierno regional lo dice en `sgc.yaml` cuando su carpeta ya existe, y nadie tiene por qué saber dónde
    guarda el programa sus plantillas (I-30). De un paquete con algún tipo no se agrega nada: lo que falte, se
    quitó.
    """
    con_tipos = {t.paquete for t in servicio.tipos.values()}
    nuevos = set(servicio.paquetes) - con_tipos
    if not nuevos:
        return {}
    tipos = {
        Path(r).stem
        for r, datos in trae.items()
        if Path(r).parent.as_posix() == rutas.PLANTILLAS
        and r.endswith(".yaml")
        and paquete(leer_yaml(datos, r)[0]) in nuevos
    }
    return {
        r: datos
        for r, datos in trae.items()
        if Path(r).stem in (tipos if Path(r).parent.as_posix() == rutas.PLANTILLAS else nuevos)
    }
