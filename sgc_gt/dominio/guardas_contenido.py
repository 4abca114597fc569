"""Guardas de contenido: sobre qué bytes se actúa, qué textos se anotan y qué puede decir cada acto."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.caso import Caso, en_palabras, negar, version_del_movimiento
from sgc_gt.dominio.etiquetas import ACTOS as ETIQUETAS
from sgc_gt.dominio.rutas import nombre_archivo
from sgc_gt.dominio.textos import LARGO_TEXTO, prohibidos, textos_en


def textos(caso: Caso) -> None:
    """Todo lo escrito por personas se puede guardar, mostrar e imprimir."""
    p = caso.pedido
    escritos = (p.motivo, p.identidad, p.extra, p.observaciones, p.evidencia)
    malos = prohibidos("".join(textos_en(escritos)))
    if malos:
        raise negar(
            caso,
            f"el texto trae caracteres que no se pueden guardar ni imprimir ({malos})",
            "letras, números, signos y espacios",
            "escriba el texto de nuevo, sin pegarlo desde otro programa",
        )
    largos = [t for t in textos_en((p.motivo, p.identidad, p.extra)) if len(t) > LARGO_TEXTO]
    if largos:
        raise negar(
            caso,
            f"un texto tiene {len(largos[0])} caracteres («{largos[0][:40]}…»)",
            f"a lo más {LARGO_TEXTO}",
            "resúmalo; lo extenso va en el documento o en un adjunto",
        )


def anotado(caso: Caso) -> None:
    """Lo que un acto anota aparte tiene la forma que otros actos y consultas esperan leer."""
    malas = [
        clave
        for clave, sirve in _FORMAS.items()
        if clave in caso.pedido.extra and not sirve(caso.pedido.extra[clave])
    ]
    malas += ["decia"] if any(e.decia for e in caso.pedido.evidencia) else []  # solo lo pone la lectura
    if malas:
        raise negar(caso, f"lo anotado en «{malas[0]}» no se entiende", hacer="repita la orden")


def _es_texto(valor: object) -> bool:
    return isinstance(valor, str)


def _son_textos(valor: object) -> bool:
    return isinstance(valor, list | tuple) and all(map(_es_texto, valor))


def _es_fecha(valor: object) -> bool:
    try:
        return isinstance(valor, str) and bool(date.fromisoformat(valor))
    except ValueError:
        return False


def _es_familia(valor: object) -> bool:
    """Celdas de encabezado: zona, lado y camino, y si se saben su rótulo y su valor."""
    celdas = valor.get("celdas", ()) if isinstance(valor, Mapping) else None
    return isinstance(celdas, list | tuple) and all(_son_textos(c) and len(c) in (3, 4, 5) for c in celdas)


_FORMAS: Mapping[str, Callable[[object], bool]] = {
    "carpeta": _es_texto,
    "guardado_por": _es_texto,
    "propietario": _es_texto,
    "productos": _son_textos,
    "reparado": _son_textos,
    "retira": _son_textos,
    "hasta": _es_fecha,
    "fecha_aprobacion": _es_fecha,
    "familia": _es_familia,
    "propuesta": _es_texto,
    "sin_propuesta": _es_texto,
    "convertida": lambda valor: valor is True,
}


def identidad(caso: Caso) -> None:
    """Título, cargos y área cambian solo por los actos que los fijan; el área, nunca después de crear."""
    p = caso.pedido
    if p.identidad and p.acto not in tabla.FIJAN_IDENTIDAD:
        raise negar(
            caso,
            f"«{ETIQUETAS[p.acto]}» no cambia la identidad del documento ({', '.join(sorted(p.identidad))})",
            hacer="el título y los cargos se fijan al crear el documento o al abrir una nueva versión",
        )
    if p.acto == "recodificar":  # su guarda mira que el área sea la del código nuevo
        return
    if caso.ficha and p.identidad.get("area", caso.ficha.identidad.get("area")) != caso.ficha.identidad.get(
        "area"
    ):
        raise negar(
            caso,
            "el área de un documento no cambia: es parte de su código y de su carpeta",
            str(caso.ficha.identidad.get("area")),
            "cree otro documento en el área nueva y deje este sin efecto",
        )


def archivo(caso: Caso) -> None:
    """El archivo se llama como el documento y su versión: así se reconoce en la carpeta."""
    p = caso.pedido
    if not p.archivo or p.acto not in (*tabla.ESCRIBEN_BORRADOR, *tabla.PONEN_EN_VIGENCIA):
        return
    codigos = caso.ficha.codigos if caso.ficha else (p.codigo,)  # un borrador sigue con el de su apertura
    nombres = [nombre_archivo(codigo, version_del_movimiento(caso), "") for codigo in codigos]
    nombre = nombres[-1]
    sirve = "|".join(re.escape(n) for n in nombres)
    if not re.fullmatch(rf"({sirve})\.[a-z0-9]{{1,8}}", p.archivo, re.ASCII):
        raise negar(
            caso,
            f"«{p.archivo}» no es el nombre del archivo de este documento",
            f"{nombre}.docx, o la extensión que corresponda",
            "entréguelo con ese nombre",
        )


def hay_borrador(caso: Caso) -> None:
    """Se envía un borrador con contenido y código de verificación."""
    if caso.version is None or not caso.version.huella or not caso.pedido.huella:
        raise negar(
            caso,
            "el borrador todavía no tiene contenido",
            hacer="genere (sgc-gt generar) o entregue (sgc-gt entregar) el borrador primero",
        )


def lo_enviado(caso: Caso) -> None:
    """Se revisa, aprueba, remite, visa y emite exactamente lo que se envió."""
    v, p = caso.version, caso.pedido
    if v is None:
        return
    otros_bytes = p.acto != "emitir" and p.sha256 and p.sha256 != v.sha256
    if p.huella != v.huella or otros_bytes:
        raise negar(
            caso,
            f"el archivo no es el que se envió: {en_palabras(v)} tiene otro código de verificación",
            v.huella,
            "restituya el archivo enviado, o devuelva el borrador y envíelo otra vez",
        )
