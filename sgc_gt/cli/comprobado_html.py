"""El informe del chequeo de forma como una página: un solo archivo, legible sin red y sin ratón."""

from __future__ import annotations

from sgc_gt.cli.comprobado import Informe, encabezado, resumen
from sgc_gt.cli.comprobado_juntas import de_a_una
from sgc_gt.dominio.etiquetas import FUENTES, GRAVEDADES
from sgc_gt.paginas.armar import armar


def pagina(informe: Informe) -> str:
    """La página entera, con sus estilos adentro."""
    return armar(
        "comprobado",
        informe=informe,
        resumen=resumen(informe),
        grupos=informe.por_responsable(),
        limpios=sorted(encabezado(r) for r in informe.revisados if not r.alertas and not r.base),
        cuentas=[(g, nombre, informe.por_gravedad(g)) for g, nombre in GRAVEDADES.items()],
        encabezado=encabezado,
        de_a_una=de_a_una,
        gravedades=GRAVEDADES,
        fuentes=FUENTES,
    )
