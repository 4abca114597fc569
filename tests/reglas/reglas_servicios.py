"""Servicios distintos para las mismas pruebas: cada uno cambia una parte del de partida."""

from collections.abc import Mapping
from typing import Any

import yaml

from sgc_gt import inicial as traido
from sgc_gt.config.carga import cargar
from sgc_gt.config.inicial import inicial
from sgc_gt.dominio.servicio import Servicio

PARTIDA = inicial("Servicio de Ejemplo", "SE", "control@ejemplo.cl", "Control Documental")


def servicio(**cambios: Any) -> Servicio:
    """El servicio de partida con esas claves de la configuración reemplazadas."""
    archivos = {f"plantillas_docx/{n}": d for n, d in traido.plantillas().items() if n.endswith(".yaml")}
    sgc = yaml.safe_dump({**yaml.safe_load(PARTIDA), **cambios}, allow_unicode=True).encode()
    return cargar({**archivos, "sgc.yaml": sgc, "registros/series.yaml": traido.series()})


def paso(acto: str, rol: str, **resto: Any) -> Mapping[str, Any]:
    return {"acto": acto, "rol": rol, **resto}


EMITIR = paso("emitir", "control_documental")
SIN_VISACION = {
    "con_visacion": [
        paso("revisar", "revisa", distinto_de=["elabora"]),
        paso("aprobar", "aprueba", distinto_de=["elabora", "revisar"]),
        EMITIR,
    ]
}
DOS_REVISORES = {
    "normal": [
        paso("revisar", "encargado_gt", distinto_de=["elabora"], fuente="practica"),
        paso(
            "revisar",
            "revisor_juridico",
            cuantos=2,
            distinto_de=["elabora"],
            evidencia=["acta"],
            fuente="norma",
        ),
        paso("aprobar", "aprueba", evidencia=["resolucion"]),
        EMITIR,
    ]
}
SERVICIOS = {
    "de partida": servicio(),
    "máscara SGC-PR-01": servicio(
        codigos={"mascara": "{area}-{tipo}-{nn}", "areas": {"SGC": "Calidad", "GT": "Gestión Territorial"}}
    ),
    "máscara sin área": servicio(codigos={"mascara": "{tipo}-{n}", "areas": {"SGC": "Calidad"}}),
    "sin visación": servicio(circuitos=SIN_VISACION),
    "dos revisiones": servicio(circuitos=DOS_REVISORES),
    "2008 con 15 regiones": servicio(norma="ISO 9001:2008", regiones="todas_2010"),
    "sin gestión territorial": servicio(paquetes=["sgc"], regiones=["13"]),
    "con excepción": servicio(
        excepciones=[{"documento": "PR-SGC-01", "regla": "segregacion", "motivo": "Equipo de dos personas"}]
    ),
    "sin series": servicio()._replace(series={}),
}
