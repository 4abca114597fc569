"""El procedimiento de control de documentos del servicio, escrito desde las reglas que el sistema aplica.

Las reglas se extraen a un valor (`control_reglas`); de él salen el texto y la huella. Fuente del contenido:
ISO 9001:2008 4.2.3 y 4.2.4, ISO 9001:2015 7.5; dominio §2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sgc_gt.dominio.ficha import json_canonico
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.reglas import control_secciones as seccion
from sgc_gt.reglas.control_anexos import anexos
from sgc_gt.reglas.control_etapas import etapas, intro
from sgc_gt.reglas.control_flujo import flujo
from sgc_gt.reglas.control_reglas import reglas_de

TITULO = "Procedimiento de Elaboración y Control de Documentos"
"""Con este título se reconoce el documento: su código depende de la máscara del servicio."""

ALGORITMO = "1"
_VINIERON_DESPUES = ("firmas_exigidas", "distribucion", "solicitudes")


def datos_del_procedimiento(servicio: Servicio) -> dict[str, Any]:
    """Los datos del tipo `procedimiento` que declaran las reglas del servicio."""
    r = reglas_de(servicio)
    datos: dict[str, Any] = {
        "objetivo": seccion.objetivo(r),
        "alcance": seccion.alcance(r),
        "responsabilidades": seccion.responsabilidades(r),
        "terminologia": seccion.terminologia(r),
        "referencias": seccion.referencias(r),
        "flujo": flujo(r),
        "etapas_intro": intro(),
        "etapas": etapas(r),
        "seguimiento": seccion.seguimiento(r),
        "resultados": seccion.resultados(),
        "registros": seccion.registros(r),
        "anexos": anexos(r),
    }
    return {clave: valor for clave, valor in datos.items() if valor is not None}


def huella_de_reglas(servicio: Servicio) -> str:
    """`1:<64 hex>`: SHA-256 de las reglas que el procedimiento declara, en JSON canónico.

    No depende del orden de las claves ni de las personas. Si ella no cambia, el texto tampoco.
    """
    reglas = _plano(reglas_de(servicio))
    for clave in _VINIERON_DESPUES:
        if not reglas[clave]:  # quien no la usa conserva su huella
            del reglas[clave]
    if reglas["plazo_conocimiento"] == Servicio._field_defaults["plazo_conocimiento"]:
        del reglas["plazo_conocimiento"]
    return f"{ALGORITMO}:{hashlib.sha256(json_canonico(reglas)).hexdigest()}"


def _plano(valor: Any) -> Any:
    """El valor en piezas de JSON, con el nombre de cada campo: agregar uno no corre a los demás."""
    if isinstance(valor, tuple) and hasattr(valor, "_asdict"):
        return {clave: _plano(v) for clave, v in valor._asdict().items()}
    if isinstance(valor, tuple):
        return [_plano(v) for v in valor]
    if isinstance(valor, Mapping):
        return {clave: _plano(v) for clave, v in valor.items()}
    return valor
