"""El informe del chequeo de forma como una página: un solo archivo, legible sin red y sin ratón."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sgc_gt.cli.comprobado import Informe, encabezado, resumen
from sgc_gt.dominio.etiquetas import FUENTES, GRAVEDADES
from sgc_gt.dominio.fechas import imprimir_fecha

PLANTILLA = "comprobado.html"


def pagina(informe: Informe) -> str:
    """La página entera, con sus estilos adentro."""
    ambiente = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    limpios = sorted(encabezado(r) for r in informe.revisados if not r.alertas and not r.base)
    return ambiente.get_template(PLANTILLA).render(
        informe=informe,
        fecha=imprimir_fecha(informe.fecha),
        resumen=resumen(informe),
        grupos=informe.por_responsable(),
        limpios=limpios,
        cuentas=[(g, nombre, informe.por_gravedad(g)) for g, nombre in GRAVEDADES.items()],
        encabezado=encabezado,
        gravedades=GRAVEDADES,
        fuentes=FUENTES,
    )
