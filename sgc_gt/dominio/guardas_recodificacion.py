"""Guardas de recodificar: un código de la máscara que nadie ha usado, para un documento en calma."""

from __future__ import annotations

from sgc_gt.dominio.caso import Caso, negar
from sgc_gt.dominio.codigos import sirve_de_codigo
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha


def recodificar(caso: Caso) -> None:
    """El código nuevo es del tipo y de un área del servicio, y nunca fue de nadie."""
    p, ficha = caso.pedido, caso.ficha
    nuevo, area = str(p.identidad.get("codigo", "")), str(p.identidad.get("area", ""))
    if ficha is None or set(p.identidad) != {"codigo", "area"}:
        raise negar(caso, "recodificar cambia el código, y con él su área", hacer="repita la orden")
    if p.extra.get("antes") != {"codigo": ficha.codigo, "area": str(ficha.identidad.get("area", ""))}:
        raise negar(caso, "lo que el documento decía antes no es lo anotado", hacer="repita la orden")
    _es_recodificable(caso, ficha)
    _sirve(caso, nuevo, area)
    if nuevo in caso.servicio.series or (caso.mundo is not None and caso.mundo.buscar(nuevo) is not None):
        raise negar(
            caso,
            f"el código {nuevo} ya está usado",
            "un código que nunca se haya usado: no se reutilizan",
            "elija otro número",
        )


def _sirve(caso: Caso, nuevo: str, area: str) -> None:
    mascara, prefijo, areas = caso.servicio.mascara, caso.tipo.prefijo, caso.servicio.areas
    partes = mascara.leer(nuevo)
    propio = partes is not None and partes.tipo == prefijo and partes.area in ("", area)
    if not sirve_de_codigo(nuevo) or not propio or area not in areas:
        raise negar(
            caso,
            f"«{nuevo}» no es un código para un documento de tipo «{caso.tipo.nombre}»",
            f"uno como {mascara.formar(prefijo, min(areas), 1)}, con un área de: {', '.join(areas)}",
            "corrija el código nuevo, o agregue su área en la configuración",
        )


def _es_recodificable(caso: Caso, ficha: Ficha) -> None:
    if "/" in ficha.clave or ficha.codigo in caso.servicio.series:
        raise negar(
            caso,
            "su código es el de una serie de registros, y con él se busca lo archivado",
            "un documento que no sea una serie",
            "deje la serie como está, o cree otra y el documento que la reemplaza",
        )
    espera = caso.situacion.por_regir if caso.situacion else None
    if espera is not None:
        raise negar(
            caso,
            f"la versión {espera.version} comienza a regir el {imprimir_fecha(espera.vigente_desde)}",
            "ninguna versión por regir",
            "espere ese día: se recodifica después",
        )
