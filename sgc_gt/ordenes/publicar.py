"""`publicar`: deja una carpeta compartida igual a lo que rige hoy, sin tocar lo que no puso ella.

Aquí está la puerta y el camino corto: si nada cambió desde la última vez, se comprueba que cada archivo
siga siendo el publicado y no se escribe nada. Lo demás lo hace `obra_publica`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.contexto import GENERADOR, Contexto, Vista
from sgc_gt.dominio.publicacion import Registro
from sgc_gt.errores import UsoIncorrecto
from sgc_gt.ordenes.carpeta_publica import Carpeta, exigir_publicable, turno
from sgc_gt.ordenes.publicaciones import Resultado, identidad
from sgc_gt.paginas.resumen import PUNTO_DE_USO, resumen_de_plantillas


def publicar(ctx: Contexto, destino: Path, avisar: Callable[[str], None]) -> Resultado:
    """Publica lo que rige hoy y dice qué hizo. Un rechazo deja la carpeta como estaba."""
    exigir_publicable(ctx.raiz, destino)
    vista = ctx.vista()
    corte = ctx.ahora(vista).date()
    clave = _clave(vista, corte)
    carpeta = Carpeta(ctx.raiz, destino)
    _exigir_nuestra(carpeta, identidad(vista))
    if _al_dia(carpeta, clave):
        return _sin_cambios(vista, carpeta, corte)
    # Aquí, y no arriba: hacer páginas y planillas cuesta bibliotecas que mirar no necesita.
    from sgc_gt.ordenes.obra_publica import Obra  # noqa: PLC0415

    with turno(ctx.raiz):  # mirada otra vez: la publicación que acaba de terminar pudo cambiarla
        return Obra(vista, corte, Carpeta(ctx.raiz, destino), avisar).hacer(clave)


def _exigir_nuestra(carpeta: Carpeta, origen: str) -> None:
    if carpeta.registro.origen not in ("", origen):
        raise UsoIncorrecto(
            f"en esa carpeta publica otro servicio: {carpeta.registro.servicio}",
            lugar=str(carpeta.destino),
            esperado="una carpeta para cada servicio",
            hacer="elija otra carpeta",
        )


def _clave(vista: Vista, corte: date) -> str:
    """De todo aquello de que depende lo publicado: la historia, el día y el programa."""
    partes = [vista.commit, corte.isoformat(), GENERADOR, resumen_de_plantillas(*PUNTO_DE_USO)]
    return hashlib.sha256(json.dumps(partes).encode()).hexdigest()


def _al_dia(carpeta: Carpeta, clave: str) -> bool:
    r = carpeta.registro
    return r.completo and r.clave == clave and carpeta.intacta() and not _puede_mejorar(r)


def _puede_mejorar(registro: Registro) -> bool:
    """Si algo se publicó en Word porque faltaba LibreOffice y ahora está."""
    if not any("/word/" in e.clave for e in registro.archivos.values()):
        return False
    from sgc_gt.word.pdf import pdf_disponible  # noqa: PLC0415  (ídem)

    return pdf_disponible()


def _sin_cambios(vista: Vista, carpeta: Carpeta, corte: date) -> Resultado:
    nuestros = carpeta.registro.archivos
    return Resultado(
        publicados=(),
        retirados=(),
        pendientes=(),
        carpeta=str(carpeta.destino),
        fecha=corte,
        ancla=ancla_de(vista),
        rigen=carpeta.registro.rigen,
        ajenos=tuple(sorted(n for n in carpeta.presentes if n not in nuestros)),
    )
