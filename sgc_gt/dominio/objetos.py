"""Los objetos de un sistema de gestión territorial, como los nombra `hace_de` de su tipo (`Tipo.hace_de`)."""

from __future__ import annotations

DIAGNOSTICO, PLAN, PROGRAMA = "diagnostico", "plan", "programa"
FICHA, MEDICION = "ficha_indicadores", "medicion_indicadores"
ACUERDO = "acuerdo_gore"
PROPUESTA = "propuesta_modificacion"
IMPLEMENTACION, EVALUACION, SEGUIMIENTO = (
    "informe_implementacion",
    "evaluacion_resultados",
    "programa_seguimiento",
)
DIFUSION, EVIDENCIA_DIFUSION = "plan_difusion", "evidencia_difusion"
REVISION = "revision_direccion"
