"""El historial de un código en palabras, con los archivos que respaldan cada movimiento."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sgc_gt.consultas.expediente_valores import (
    ALTERADO,
    FALTA,
    INCLUIDO,
    NO_CABE,
    RETIRADO,
    Archivo,
    Observado,
    Respaldo,
    Suceso,
)
from sgc_gt.consultas.firmas import NO_VALE, SIN_FIRMA, Firma, firma_de
from sgc_gt.consultas.historial_detalle import detalle, evidencia
from sgc_gt.contexto import Vista
from sgc_gt.dominio import distribucion, pdf_firmado, rutas, vida
from sgc_gt.dominio.actos import DEL_DOCUMENTO
from sgc_gt.dominio.cruce_palabras import cruce
from sgc_gt.dominio.etiquetas import ACTOS, OBSERVACIONES, ORIGENES
from sgc_gt.dominio.fechas import imprimir_instante
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.filas import con_calidad
from sgc_gt.dominio.organizacion import SISTEMA, Organizacion
from sgc_gt.dominio.rectificacion import Rectificacion
from sgc_gt.errores import IntegridadRota, NoEncontrado
from sgc_gt.repositorio.contenidos import Contenido
from sgc_gt.repositorio.valores import Commit

Filas = Sequence[Mapping[str, Any]]
"""Las filas de `historial`: de ellas, y de nada más, salen los hechos que la página muestra."""


def sucesos(vista: Vista, ficha: Ficha, filas: Filas, limite: int) -> tuple[Suceso, ...]:
    """Un suceso por fila. `limite`: cuántos bytes de adjuntos van dentro, empezando por los más recientes."""
    carpeta = f"{rutas.carpeta(ficha)}/{rutas.EVIDENCIAS}"
    archivos = _leidos(vista, [e for f in reversed(filas) for e in f["evidencia"]], carpeta, limite)
    for lugar, razon in _retirados(vista, ficha, carpeta):
        if lugar in archivos:
            archivos[lugar] = archivos[lugar]._replace(situacion=RETIRADO, contenido=b"", razon=razon)
    firmas = _firmas(vista, ficha, filas)
    return tuple(_suceso(vista.organizacion, f, archivos, carpeta, firmas[f["n"]]) for f in filas)


def _retirados(vista: Vista, ficha: Ficha, carpeta: str) -> Iterator[tuple[str, str]]:
    """Los archivos de los que se dispuso, aunque se mire una fecha anterior: hoy ya no están."""
    entera = vista.buscar(ficha.codigo) or ficha
    for nombre, m in vida.retirados(entera).items():
        yield f"{carpeta}/{nombre}", vida.por_que_no_esta(entera, m)


def _firmas(vista: Vista, ficha: Ficha, filas: Filas) -> dict[int, Firma]:
    """La firma de cada movimiento, comprobada con las claves que la configuración anterior a él daba."""
    commits = {c.oid: c for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))}
    return {f["n"]: _firma(vista, commits[f["commit"]], ficha.actos[f["n"] - 1]) for f in filas}


def _firma(vista: Vista, commit: Commit, m: Movimiento) -> Firma:
    if commit.firma is None and not m.firma:
        return Firma(SIN_FIRMA)
    return firma_de(commit, m, Vista(vista.repo, commit.padre or commit.oid).servicio)


def _leidos(vista: Vista, evidencias: Filas, carpeta: str, limite: int) -> dict[str, Archivo]:
    """Lugar → archivo, con sus bytes si están, son los registrados y todavía caben."""
    leidos: dict[str, Archivo] = {}
    libre = limite
    for e in evidencias:
        lugar = f"{carpeta}/{e.get('archivo', '')}"
        if not e.get("sha256") or lugar in leidos:
            continue
        archivo = leido(vista, Contenido(lugar, e.get("tamano", 0), e["sha256"]), libre)
        libre -= len(archivo.contenido)
        leidos[lugar] = archivo
    return leidos


def leido(vista: Vista, contenido: Contenido, libre: int) -> Archivo:
    """El archivo de la carpeta del servicio que la historia solo describe; sin sus bytes si no caben."""
    archivo = Archivo(
        contenido.ruta.rpartition("/")[2], contenido.ruta, contenido.tamano, contenido.sha256, NO_CABE
    )
    if contenido.tamano > libre:
        return archivo._replace(situacion=vista.repo.revisar_contenido(contenido) or NO_CABE)
    try:
        return archivo._replace(situacion=INCLUIDO, contenido=vista.repo.contenido(contenido))
    except NoEncontrado:
        return archivo._replace(situacion=FALTA)
    except IntegridadRota:
        return archivo._replace(situacion=ALTERADO)


def _suceso(
    org: Organizacion, f: Mapping[str, Any], archivos: Mapping[str, Archivo], carpeta: str, firma: Firma
) -> Suceso:
    automatico = f["cargo"] == SISTEMA
    fecha = date.fromisoformat(f["fecha"])
    persona = org.persona(f["correo"])
    return Suceso(
        n=f["n"],
        acto=f["acto"],
        movimiento=ACTOS[f["acto"]],
        version=f["version"],
        fecha=fecha,
        quien="El sistema" if automatico else con_calidad(org.nombre_cargo(f["cargo"]), f["calidad"]),
        nombre=persona.nombre if persona and not automatico else "",
        correo="" if automatico else f["correo"],
        base=f["base_calidad"],
        origen="automático" if automatico else ORIGENES[f["origen"]],
        anota="" if automatico or f["registra"] == f["correo"] else _anota(org, f["registra"], fecha),
        registrado=imprimir_instante(datetime.fromisoformat(f["registrado"])),
        atraso="" if automatico else dias_despues(f["atraso_dias"]),
        motivo=f["motivo"],
        firma=_dicha(firma),
        firma_vale=firma.estado != NO_VALE,
        huella=f["huella"],
        sha256=f["sha256"],
        commit=f["commit"],
        vigente_desde=date.fromisoformat(f["vigente_desde"]) if f["vigente_desde"] else None,
        sin_efecto=f["sin_efecto"],
        respaldos=tuple(
            Respaldo(evidencia(dict(e)), e["clase"], archivos.get(f"{carpeta}/{e.get('archivo', '')}"))
            for e in f["evidencia"]
        ),
        observaciones=tuple(_observaciones(f)),
        notas=(*_cambios(org, f), *_notas(f["extra"])),
        automatico=automatico,
    )


def _dicha(firma: Firma) -> str:
    """La firma en palabras, con la clave que la hizo; nada si no va firmado."""
    if firma.estado == SIN_FIRMA:
        return ""
    return f"{firma.etiqueta}; clave {firma.huella}" if firma.huella else firma.etiqueta


def _anota(org: Organizacion, correo: str, fecha: date) -> str:
    cargos = org.cargos_de(correo, fecha)
    return f"{org.nombre_cargo(cargos[0])} ({correo})" if cargos else correo


def dias_despues(dias: int) -> str:
    """Cuánto después de ocurrido se anotó."""
    if dias == 0:
        return "el mismo día"
    return "un día después" if dias == 1 else f"{dias} días después"


def _observaciones(f: Mapping[str, Any]) -> Iterator[Observado]:
    """Lo que el movimiento observó, con lo que después se respondió si se sigue."""
    seguidas = f["seguimiento"]
    for k, o in enumerate(f["observaciones"]):
        s = seguidas[k] if k < len(seguidas) else {}
        yield Observado(
            s.get("id", f"{f['n']}.{k + 1}"),
            o.get("seccion", ""),
            o["texto"],
            OBSERVACIONES.get(s.get("estado", ""), ""),
            s.get("respuesta", ""),
        )


_DICHOS = {
    "excepcion": "excepción a la segregación: {}",
    "guardado_por": "según Word lo guardó «{}»",
    "propietario": "el archivo es de «{}»",
    "secciones": "cambia: {}",
    "descripcion": "{}",
    "ubicacion": "está en: {}",
    "archivo_original": "archivo original: {}",
    "codigo_anterior": "código que traía: {}",
}
"""Lo propio de un movimiento que vale la pena leer, y cómo se dice."""


_CON_DETALLE = frozenset({*DEL_DOCUMENTO, "rectificar", *distribucion.ACTOS})
"""Los movimientos de los que se dice en palabras qué anotaron."""


def _cambios(org: Organizacion, f: Mapping[str, Any]) -> Iterable[str]:
    """Lo que cambió en el documento mismo, con lo que decía antes."""
    propios = [detalle(org, dict(f))] if f["acto"] in _CON_DETALLE else []
    rectificado = (Rectificacion(**{**r, "fecha": date.fromisoformat(r["fecha"])}) for r in f["rectificado"])
    return [*propios, *(f"se rectificó (movimiento {r.n}) {r.en_palabras}" for r in rectificado)]


def _notas(extra: Mapping[str, Any]) -> Iterable[str]:
    for clave, oracion in _DICHOS.items():
        if extra.get(clave):
            yield oracion.format(extra[clave])
    yield from (f"se reparó: {o}" for o in extra.get("reparado", ()))
    yield from vida.en_oraciones(extra)
    yield from cruce(extra)
    yield from pdf_firmado.oraciones(extra)
