"""Lo que un revisor escribió en Word, vuelto observaciones por sección.

Cuentan los comentarios, los cambios marcados y lo corregido sin marcar; no lo que ya venía en el archivo que
se envió, lo que el sistema puso, ni lo que el propio revisor dio por resuelto.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from sgc_gt.comparacion.secciones import comparar_secciones
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.actos import EN_CIRCUITO
from sgc_gt.dominio.ficha import Ficha, Observacion
from sgc_gt.dominio.forma import FormaNormal
from sgc_gt.dominio.plazos import Plazo
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.dominio.textos import admisible, dice_algo
from sgc_gt.errores import EntradaInvalida
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.movimiento import Propuesta, Resultado
from sgc_gt.ordenes.pedido import Adjunto, Peticion, evidencias
from sgc_gt.ordenes.respuestas import es_del_sistema
from sgc_gt.word.comentarios import Comentario, leer_comentarios
from sgc_gt.word.rechazo import forma_rechazada
from sgc_gt.word.revisiones import Revision, Revisiones, revisar

LARGO_ANCLA = 300
_OTRA_VIA = "pida que se comente sobre ese archivo, o escriba las observaciones con --texto y --seccion"


class Leido(NamedTuple):
    """Las observaciones que un archivo trae, y lo que hay que decirle a quien lo entregó."""

    observaciones: tuple[Observacion, ...] = ()
    avisos: tuple[str, ...] = ()


class Devolucion(NamedTuple):
    """Lo que resultó de devolver: el acto por documento, los avisos y las copias que quedaron."""

    resultados: list[Resultado]
    avisos: tuple[str, ...] = ()
    copias: Mapping[str, str] = {}  # código → ruta de la copia con las observaciones
    plazo: Plazo | None = None  # el que el oficio da para responder


def leer_devuelto(vista: Vista, ficha: Ficha, archivo: Adjunto, ahora: datetime) -> Leido:
    """Las observaciones del archivo de un revisor.

    EntradaInvalida si no es un Word seguro, si no es de la versión que está en el circuito, o si no trae
    nada que observar. Vacío si el documento no está en el circuito: eso lo rechaza el reglamento.
    """
    v = situacion(ficha, ahora.date()).abierta
    if v is None or v.estado not in EN_CIRCUITO:
        return Leido()
    enviado = vista.leer(rutas.ruta_borrador(ficha, v.archivo)) or b""
    _exigir_de_este(archivo, enviado, ficha, v)
    de_antes, traido = leer_comentarios(enviado), leer_comentarios(archivo.contenido, archivo.nombre)
    cambios, previos = revisar(archivo.contenido, archivo.nombre), revisar(enviado)
    observadas = [
        *_de_comentarios(traido, Counter((c.autor, c.texto) for c in de_antes)),
        *_de_cambios(cambios.cambios, Counter((c.clase, c.texto) for c in previos.cambios)),
        *_sin_marcar(vista, ficha, v, enviado, archivo),
    ]
    if not observadas:
        raise _sin_nada(archivo, traido)
    return Leido(tuple(observadas), tuple(_avisos(cambios, previos)))


def _exigir_de_este(archivo: Adjunto, enviado: bytes, ficha: Ficha, v: Version) -> None:
    """El archivo pasó la puerta y es el que está en el circuito, con lo que el revisor le agregó."""
    if not (archivo.nombre.lower().endswith(".docx") and v.archivo.endswith(".docx")):
        raise EntradaInvalida(
            f"«{archivo.nombre}» no es un documento de Word con comentarios",
            lugar=ficha.codigo,
            esperado="un archivo .docx",
            hacer="escriba las observaciones con --texto y --seccion, y adjunte el archivo con --adjunto",
        )
    taller.recibir(archivo.contenido, archivo.nombre)
    propias, base = taller.propias_de(archivo), taller.propias_de(Adjunto(v.archivo, enviado))
    codigo, version = propias.get("codigo", ""), propias.get("version", v.version)
    if codigo and (codigo, version) != (ficha.codigo, v.version):
        raise EntradaInvalida(
            f"este archivo es de {codigo} versión {version}",
            lugar=archivo.nombre,
            esperado=f"el borrador de {ficha.codigo} versión {v.version}, que está en el circuito",
            hacer="revise el archivo o el código de la orden",
        )
    if base.get("codigo") and not codigo:
        raise EntradaInvalida(
            "el archivo no dice de qué documento es: perdió sus propiedades al guardarse",
            lugar=archivo.nombre,
            esperado=f"el archivo de {ficha.codigo} versión {v.version} que está en el circuito",
            hacer=_OTRA_VIA,
        )


def _de_comentarios(
    traidos: Sequence[Comentario], previos: Counter[tuple[str, str]]
) -> Iterator[Observacion]:
    """Una por comentario; lo que se conversó debajo de él va con él."""
    por_id = {c.id: c for c in traidos}
    nuevos = []
    for c in traidos:
        if previos[c.autor, c.texto] > 0:
            previos[c.autor, c.texto] -= 1
        elif dice_algo(c.texto) and not es_del_sistema(c):
            nuevos.append(c)
    ids = {c.id for c in nuevos}
    for c in nuevos:
        padre = por_id.get(c.respuesta_a)
        if c.resuelto or (padre and (padre.resuelto or padre.id in ids)):
            continue
        seguido = [r.texto for r in nuevos if r.respuesta_a == c.id]
        sobre = f"Sobre «{_linea(padre.texto)}»: " if padre else ""
        yield _observacion("\n".join([sobre + c.texto, *seguido]), c.seccion, c.ancla)


def _linea(texto: str) -> str:
    primera = texto.splitlines()[0] if texto else ""
    return primera if len(primera) <= 60 else primera[:60].rstrip() + "…"


def _de_cambios(traidos: Sequence[Revision], previos: Counter[tuple[str, str]]) -> Iterator[Observacion]:
    for c in traidos:
        if previos[c.clase, c.texto] > 0:
            previos[c.clase, c.texto] -= 1
        else:
            yield _observacion(c.texto, c.seccion, c.ancla)


def _sin_marcar(
    vista: Vista, ficha: Ficha, v: Version, enviado: bytes, archivo: Adjunto
) -> Iterator[Observacion]:
    """Lo que el revisor escribió encima, sin control de cambios: se ve al rechazar todo lo marcado.

    EntradaInvalida si el texto de partida es el de una entrega anterior: comentó una copia vieja.
    """
    antes, despues = forma_rechazada(enviado), forma_rechazada(archivo.contenido, archivo.nombre)
    if antes.bloques == despues.bloques:
        return
    if _salio_de_antes(archivo, enviado, v) or _entregado_antes(vista, ficha, v, despues):
        raise EntradaInvalida(
            "el archivo es de un borrador anterior, no del que está en el circuito",
            lugar=archivo.nombre,
            esperado=f"el borrador de {ficha.codigo} versión {v.version} como se envió la última vez",
            hacer=_OTRA_VIA,
        )
    for seccion in comparar_secciones(antes, despues):
        for cambio in seccion["cambios"]:
            yield _observacion(_propuesta(cambio), seccion["seccion"], cambio["antes"].split("\n")[0])


def _salio_de_antes(archivo: Adjunto, enviado: bytes, v: Version) -> bool:
    """Si el archivo dice haber salido de otro movimiento que el enviado."""
    base = taller.propias_de(Adjunto(v.archivo, enviado)).get("base", "")
    return bool(base) and taller.propias_de(archivo).get("base", "") != base


def _entregado_antes(vista: Vista, ficha: Ficha, v: Version, forma: FormaNormal) -> bool:
    """Si ese mismo texto es el de un borrador que se registró antes en esta versión."""
    commits = [c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))]
    for m in reversed(ficha.actos):
        if m.version != v.version or not m.archivo.endswith(".docx") or m.sha256 == v.sha256:
            continue
        datos = vista.repo.leer(rutas.ruta_borrador(ficha, m.archivo), commits[m.n - 1])
        if datos is not None and forma_rechazada(datos).bloques == forma.bloques:
            return True
    return False


def _propuesta(cambio: Mapping[str, str]) -> str:
    """El cambio en una oración, con solo las palabras distintas y las de alrededor."""
    viejas, nuevas = cambio["antes"].split(), cambio["despues"].split()
    comun = sum(1 for _ in takewhile(lambda par: par[0] == par[1], zip(viejas, nuevas, strict=False)))
    resto = list(zip(reversed(viejas[comun:]), reversed(nuevas[comun:]), strict=False))
    cola = sum(1 for _ in takewhile(lambda par: par[0] == par[1], resto))
    quita, pone = (" ".join(t[comun : len(t) - cola]) for t in (viejas, nuevas))
    previas, siguientes = viejas[:comun][-6:], viejas[len(viejas) - cola :][:6]
    donde = f", después de «{' '.join(previas)}»" if previas else ""
    if siguientes and not previas:
        donde = f", antes de «{' '.join(siguientes)}»"
    if quita and pone:
        return f"Se propone reemplazar «{quita}» por «{pone}»{donde} (corregido sin marcar)"
    accion = f"suprimir «{quita}»" if quita else f"agregar «{pone}»"
    return f"Se propone {accion}{donde} (corregido sin marcar)"


def _observacion(texto: str, seccion: str, ancla: str) -> Observacion:
    return Observacion(admisible(texto), admisible(seccion), admisible(ancla)[:LARGO_ANCLA])


def _sin_nada(archivo: Adjunto, traidos: Sequence[Comentario]) -> EntradaInvalida:
    resueltos = any(c.resuelto and not es_del_sistema(c) for c in traidos)
    return EntradaInvalida(
        "el archivo no trae comentarios por resolver ni cambios"
        if resueltos
        else "el archivo no trae comentarios ni cambios que el enviado no tuviera",
        lugar=archivo.nombre,
        esperado="al menos un comentario o un cambio marcado",
        hacer="revise que sea el archivo que se comentó y que se haya guardado, o escriba las observaciones "
        "con --texto",
    )


def _avisos(ahora: Revisiones, antes: Revisiones) -> Iterator[str]:
    """Lo que el archivo trae y no es una observación."""
    if ahora.encabezados > antes.encabezados:
        yield "Los cambios en encabezados y pies no se recogen: el sistema los escribe."
    if ahora.formato > antes.formato:
        yield f"Cambios de formato que no se recogen como observaciones: {ahora.formato - antes.formato}."


def con_evidencia(propuesta: Propuesta, ficha: Ficha, archivo: Adjunto) -> Propuesta:
    """La propuesta con el archivo del revisor guardado como evidencia, aparte del oficio si lo hay."""
    p = propuesta.pedido
    propio = Adjunto(f"observado-{archivo.nombre}", archivo.contenido)
    evidencia, guardar = evidencias(Peticion(adjuntos=(propio,)), len(ficha.actos) + 1)
    guardados: Mapping[str, bytes] = {**propuesta.evidencias, **guardar}
    return propuesta._replace(pedido=p._replace(evidencia=(*p.evidencia, *evidencia)), evidencias=guardados)
