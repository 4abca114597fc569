"""`historial --parrafo` y `--anotado`: desde cuándo un documento dice algo."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from typing import Any

from sgc_gt.cli import opciones as o
from sgc_gt.cli.historial_salida import CSV, HTML, Salida
from sgc_gt.cli.sesion import Sesion
from sgc_gt.dominio.fechas import imprimir_fecha, leer_fecha
from sgc_gt.errores import UsoIncorrecto

# Leer Word, compararlo y armar una página se importa al preguntar: listar movimientos no lo paga.
# ruff: noqa: PLC0415

ANCHO_COMODO = 100
"""Más allá, un párrafo se lee peor aunque la consola sea más ancha."""
AJENOS = ("persona", "de", "acto", "por_registro", "desde", "hasta")
"""Los filtros de movimientos, que no valen al preguntar por lo que dice un documento."""


def preguntar(sesion: Sesion, codigos: tuple[str, ...], salida: Salida, pedido: Mapping[str, Any]) -> None:
    """Responde desde cuándo el documento dice lo pedido, en la forma pedida."""
    from sgc_gt.consultas.desde_cuando import desde_cuando
    from sgc_gt.consultas.desde_cuando_a_dict import a_dict

    codigo, texto = _exigir_pregunta(codigos, salida, pedido)
    ctx, sabido_al = sesion.consulta, pedido["sabido_al"]
    vista, hoy = o.como_se_sabia(ctx, ctx.vista(), sabido_al, None)
    version = pedido["version"] or "vigente"
    r = desde_cuando(vista, codigo, texto, seccion=pedido["seccion"], version=version, hoy=hoy)
    if sabido_al:
        dia = imprimir_fecha(leer_fecha(sabido_al, "--sabido-al"))
        r = r._replace(avisos=(*r.avisos, f"según lo que estaba anotado al terminar el {dia}"))
    org = vista.organizacion
    if salida.en_pantalla and sesion.json:
        sesion.responder(a_dict(r, org.nombre_cargo), "")
        return
    from sgc_gt.cli import desde_cuando_texto as palabras

    ancho = min(shutil.get_terminal_size().columns, ANCHO_COMODO) if sys.stdout.isatty() else ANCHO_COMODO
    en_texto = palabras.respuesta(r, org, ancho) if texto else palabras.anotado(r, org, ancho)
    if salida.en_pantalla:
        sesion.responder(None, en_texto)
        return
    contenido = en_texto.encode()
    if salida.formato == HTML:
        from sgc_gt.cli.historial_html import pagina_anotada

        contenido = pagina_anotada(vista, r, texto).encode()
    nombre = f"desde_cuando_{codigo.replace('/', '_')}_{r.preguntada.version}"
    archivo = salida.dejar(sesion, nombre, contenido)
    sesion.responder({**a_dict(r, org.nombre_cargo), "archivo": archivo}, f"Desde cuándo lo dice: {archivo}")


def _exigir_pregunta(codigos: tuple[str, ...], salida: Salida, pedido: Mapping[str, Any]) -> tuple[str, str]:
    """El código y el texto (vacío: todo); UsoIncorrecto si la pregunta no se entiende."""
    ejemplo = 'por ejemplo: sgc-gt historial PR-GT-01 --parrafo "se responde en diez días"'
    texto = pedido["parrafo"]
    if len(codigos) != 1:
        raise UsoIncorrecto(
            "se pregunta por lo que dice un solo documento", esperado="un código", hacer=ejemplo
        )
    if texto is not None and not any(c.isalnum() for c in texto):
        raise UsoIncorrecto("falta lo que el documento dice", lugar="--parrafo", hacer=ejemplo)
    if texto is not None and pedido["anotado"]:
        raise UsoIncorrecto(
            "--parrafo pregunta por un texto y --anotado muestra el documento entero: van por separado",
            lugar="--anotado",
            hacer="quite uno de los dos",
        )
    if texto is None and not (pedido["anotado"] or pedido["seccion"]):
        raise UsoIncorrecto(
            "la versión acompaña a una pregunta", lugar="--version", hacer=f"agregue --anotado; o {ejemplo}"
        )
    if sobran := [f"--{c.replace('_', '-')}" for c in AJENOS if pedido[c]]:
        raise UsoIncorrecto(
            "los filtros son de movimientos, y aquí se pregunta por lo que dice un documento",
            lugar=", ".join(sobran),
            hacer="haga las dos consultas por separado",
        )
    if salida.formato == CSV:
        raise UsoIncorrecto(
            "esto no se entrega como planilla",
            lugar="--formato",
            esperado="texto o html",
            hacer="para una planilla, pida los movimientos: sgc-gt historial COD -o F.csv",
        )
    return codigos[0], texto or ""
