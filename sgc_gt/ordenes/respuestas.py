"""Lo que se le contesta a quien elabora, en una copia de su propio archivo: un comentario por hallazgo.

La copia queda junto al borrador con otro nombre (`…con-observaciones.docx`): no es el borrador, no entra a la
historia y se retira cuando el borrador vuelve al circuito. Si quien elabora contesta los comentarios en
ella, o en su archivo, esas respuestas viajan con el envío.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.etiquetas import FUENTES, GRAVEDADES
from sgc_gt.dominio.fechas import leer_instante
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.observaciones import ABIERTA, RESPUESTAS, Observada, observaciones, respuestas_de
from sgc_gt.dominio.situacion import Version
from sgc_gt.dominio.textos import admisible
from sgc_gt.errores import Conflicto, EntradaInvalida
from sgc_gt.ordenes.borrador import Borrador, armar
from sgc_gt.ordenes.movimiento import Resultado
from sgc_gt.repositorio.disco import carpeta_privada, escribir
from sgc_gt.word.comentarios import Comentario, Nota, comentar, leer_comentarios, sin_comentarios
from sgc_gt.word.extraer import forma_normal

CHEQUEO = "Chequeo de forma"
"""El autor de los comentarios que pone el sistema por las alertas."""

SUFIJO = ".con-observaciones"
RESUELTA = "Marcada como resuelta en el documento"
_OBSERVACION = re.compile(r"^Observación (\d+\.\d+)\b")


def con_respuestas(
    docx: bytes,
    alertas: Sequence[Alerta],
    observadas: Sequence[Observada],
    cuando: datetime,
    nombre: Callable[[str], str] = str,
) -> bytes:
    """La copia con un comentario por alerta y por observación; su contenido es el mismo.

    `nombre` dice cómo se llama el cargo que observó, para firmar su comentario.
    """
    notas = [_de_alerta(a) for a in alertas] + [_de_observacion(o, nombre) for o in observadas]
    return comentar(docx, notas, cuando)


def _de_alerta(a: Alerta) -> Nota:
    fuente = f" ({FUENTES.get(a.fuente, a.fuente)})" if a.fuente else ""
    lineas = (
        a.enunciado,
        f"Se vio: {a.evidencia}" if a.evidencia else "",
        f"Se pide: {a.requisito}{fuente}" if a.requisito else "",
        f"Qué hacer: {a.sugerencia}" if a.sugerencia else "",
        f"{GRAVEDADES.get(a.gravedad, a.gravedad)} · {a.regla}",
    )
    return Nota("\n".join(linea for linea in lineas if linea), CHEQUEO, a.seccion, a.ancla)


def _de_observacion(o: Observada, nombre: Callable[[str], str]) -> Nota:
    pie = "Responda este comentario, o márquelo como resuelto: viaja con su próximo envío."
    return Nota(f"Observación {o.id}\n{o.texto}\n{pie}", nombre(o.cargo), o.seccion, o.ancla)


def es_del_sistema(comentario: Comentario) -> bool:
    """Si el comentario lo puso el sistema: por una alerta, o para mostrar una observación ya registrada."""
    return comentario.autor == CHEQUEO or bool(_OBSERVACION.match(comentario.texto))


def pendientes_de(ficha: Ficha, version: str) -> list[Observada]:
    """Las observaciones que quien elabora tiene por responder."""
    return [o for o in observaciones(ficha, version) if o.estado == ABIERTA]


# ---- la copia junto al borrador ----------------------------------------------------------------------------


def ruta_copia(ficha: Ficha, archivo: str) -> str:
    """`documentos/GT/PR-GT-01/borrador/PR-GT-01_v03.con-observaciones.docx`."""
    raiz, punto, extension = rutas.ruta_borrador(ficha, archivo).rpartition(".")
    return f"{raiz}{SUFIJO}{punto}{extension}"


def dejar_copia(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version) -> str:
    """Escribe junto al borrador la copia con las observaciones; su ruta, o vacío si no se pudo."""
    contenido = _borrador(vista, ficha, v)
    pendientes = pendientes_de(ficha, v.version)
    if contenido is None or not pendientes:
        return ""
    cuando = leer_instante(ficha.actos[-1].registrado)
    copia = con_respuestas(contenido, (), pendientes, cuando, vista.organizacion.nombre_cargo)
    ruta = next((r for r in _candidatas(ficha, v.archivo) if not (ctx.raiz / r).exists()), "")
    try:
        escribir(ctx.raiz, ctx.raiz / ruta, copia)
    except OSError:  # el acto ya vale; las observaciones están en el historial
        return ""
    return ruta


def _borrador(vista: Vista, ficha: Ficha, v: Version) -> bytes | None:
    if not v.archivo.endswith(".docx"):
        return None
    return vista.leer(rutas.ruta_borrador(ficha, v.archivo))


def _candidatas(ficha: Ficha, archivo: str) -> Iterable[str]:
    """El nombre de siempre; con número, si ahí quedó una copia en que alguien escribió."""
    ruta = ruta_copia(ficha, archivo)
    yield ruta
    yield from (ruta.replace(SUFIJO, f"{SUFIJO}-{n}") for n in range(2, 100))


def _copias(ctx: Contexto, ficha: Ficha) -> list[Path]:
    carpeta = ctx.raiz / rutas.carpeta(ficha) / "borrador"
    return sorted(c for c in carpeta.glob(f"*{SUFIJO}*.docx") if not c.name.startswith(("~$", ".")))


def retirar_de(ctx: Contexto, resultados: Sequence[Resultado]) -> None:
    """Retira las copias de los documentos de un acto ya registrado."""
    vista = ctx.vista()
    for r in resultados:
        retirar_copias(ctx, vista.ficha(r.codigo))


def retirar_copias(ctx: Contexto, ficha: Ficha) -> None:
    """Retira las copias que ya cumplieron; la que está abierta en otro programa queda hasta el próximo."""
    for copia in [*_copias(ctx, ficha), *_recibidas(ctx, ficha)]:
        with suppress(OSError):
            copia.unlink()


def guardar_recibida(ctx: Contexto, ficha: Ficha, quien: str, contenido: bytes) -> None:
    """Guarda lo que alguien contestó en su carpeta conectada, para que viaje con el próximo envío."""
    escribir(ctx.raiz, _lugar_recibidas(ctx, ficha) / f"{quien}.docx", contenido)


def _lugar_recibidas(ctx: Contexto, ficha: Ficha) -> Path:
    return carpeta_privada(ctx.raiz) / "respuestas" / ficha.codigo.replace("/", "_")


def _recibidas(ctx: Contexto, ficha: Ficha) -> list[Path]:
    """Lo contestado en carpetas conectadas: se lee, y no es de nadie más."""
    return sorted(_lugar_recibidas(ctx, ficha).glob("*.docx"))


# ---- lo que quien elabora contestó -------------------------------------------------------------------------


def leer_respuestas(docx: bytes, nombre: str = "el documento") -> dict[str, str]:
    """id de observación → lo que se contestó en Word: respuestas al comentario, o que se marcó resuelto."""
    comentarios = leer_comentarios(docx, nombre)
    propias = {c.id: hallado[1] for c in comentarios if (hallado := _OBSERVACION.match(c.texto))}
    contestadas: dict[str, list[str]] = {}
    for c in comentarios:
        if c.respuesta_a in propias and c.texto:
            contestadas.setdefault(propias[c.respuesta_a], []).append(c.texto)
    resueltas = {propias[c.id]: RESUELTA for c in comentarios if c.id in propias and c.resuelto}
    return resueltas | {id_: " / ".join(map(admisible, textos)) for id_, textos in contestadas.items()}


def respuestas_en_word(ctx: Contexto, ficha: Ficha, v: Version, contenido: bytes) -> dict[str, str]:
    """Lo contestado en el borrador o en la copia que se le dejó, de las observaciones de esta versión."""
    if not v.archivo.endswith(".docx"):
        return {}
    dichas: dict[str, str] = {}
    for copia in [*_copias(ctx, ficha), *_recibidas(ctx, ficha)]:
        dichas |= leer_respuestas(copia.read_bytes(), copia.name)
    dichas |= leer_respuestas(contenido, v.archivo)
    esperan = {o.id for o in pendientes_de(ficha, v.version)}
    return {id_: texto for id_, texto in dichas.items() if id_ in esperan}


def exigir_copias_sin_editar(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version, contenido: bytes) -> None:
    """Conflicto si alguien escribió en la copia y no en el borrador: no se retira lo que no está en otro."""
    for copia in _copias(ctx, ficha):
        datos = copia.read_bytes()
        if not _dice_lo_mismo(datos, copia.name, [contenido, *_devueltos(vista, ficha, v)]):
            raise Conflicto(
                "la copia con observaciones tiene cambios o comentarios que no están en el borrador",
                lugar=f"{rutas.carpeta(ficha)}/borrador/{copia.name}",
                hacer=f"entréguela como borrador (sgc-gt entregar {ficha.codigo} {copia.name}), "
                "o bórrela si no le sirve",
            )


def _dice_lo_mismo(copia: bytes, nombre: str, borradores: Iterable[bytes]) -> bool:
    try:
        forma = forma_normal(copia, nombre)
    except EntradaInvalida:  # a medio guardar, o ya no es un documento: es de alguien
        return False
    return any(forma == forma_normal(b) and ajenos(copia) <= ajenos(b) for b in borradores)


def ajenos(docx: bytes) -> set[tuple[str, str]]:
    """Los comentarios que nadie más guarda: ni los puso el sistema ni contestan una observación."""
    comentarios = leer_comentarios(docx)
    observadas = {c.id for c in comentarios if _OBSERVACION.match(c.texto)}
    return {
        (c.autor, c.texto) for c in comentarios if not es_del_sistema(c) and c.respuesta_a not in observadas
    }


def _devueltos(vista: Vista, ficha: Ficha, v: Version) -> Iterable[bytes]:
    """El borrador como estaba cuando se devolvió: de él salió la copia."""
    n = max((m.n for m in ficha.actos if m.acto == "devolver" and m.version == v.version), default=0)
    if n:
        commit = [c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))][n - 1]
        devuelto = vista.repo.leer(rutas.ruta_borrador(ficha, v.archivo), commit)
        if devuelto is not None:
            yield devuelto


def con_lo_contestado(
    ctx: Contexto, vista: Vista, ficha: Ficha, v: Version, p: Pedido, contenido: bytes
) -> Pedido:
    """El envío con lo contestado en Word; lo que la orden responde manda. Conflicto si la copia se editó."""
    exigir_copias_sin_editar(ctx, vista, ficha, v, contenido)
    dichas = respuestas_en_word(ctx, ficha, v, contenido) | respuestas_de(p.extra)
    return p._replace(extra={**p.extra, RESPUESTAS: dichas}) if dichas else p


def limpio(b: Borrador, v: Version) -> Borrador:
    """El borrador sin los comentarios del sistema, que no viajan; el mismo si no traía."""
    contenido = sin_respuestas(b.contenido)
    return b if contenido == b.contenido else armar(contenido, b.datos, v, b.archivo)


def sin_respuestas(docx: bytes) -> bytes:
    """El documento sin los comentarios del sistema ni lo que se contestó en ellos; los demás quedan."""
    comentarios = leer_comentarios(docx)
    fuera = {c.id for c in comentarios if es_del_sistema(c)}
    return sin_comentarios(docx, fuera | {c.id for c in comentarios if c.respuesta_a in fuera})
