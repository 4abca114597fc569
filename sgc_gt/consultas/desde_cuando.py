"""«¿Desde cuándo dice esto?»: la versión, el motivo y quién aprobó lo que un documento dice hoy.

Se miran las versiones que se pusieron en vigencia, en orden, hasta la que se pregunta; un borrador solo si es
la que se pregunta. Lo que se descartó o se corrigió antes de aprobarse no fue nunca lo que el documento dijo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sgc_gt.comparacion.decir import CLASES
from sgc_gt.comparacion.origen import Rastro, Sucesion, buscar, mas_parecida, texto_en
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.consultas.historial import identificadores
from sgc_gt.consultas.versiones import elegir
from sgc_gt.contexto import Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.actos import VIGENTE
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.forma import FormaNormal, texto_de
from sgc_gt.dominio.importado import afuera
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.dominio.textos import cita, comparable
from sgc_gt.errores import EntradaInvalida, IntegridadRota, NoEncontrado
from sgc_gt.repositorio.objetos import oid_de_blob

CLASES_DICHAS = {**CLASES, "fila": "fila de tabla", "celda": "celda de tabla"}


class Decision(NamedTuple):
    """Una versión y cómo llegó a decir lo que dice: por qué, quién la aprobó, desde cuándo rige."""

    version: str
    estado: str
    motivo: str
    aprobaciones: tuple[Movimiento, ...]
    """Vacía si no se ha aprobado, o si se aprobó fuera del sistema."""
    fuera: tuple[str, date | None] = ("", None)
    """De una versión importada: qué cargo la aprobó y cuándo, según el documento."""
    emision: Movimiento | None = None
    vigente_desde: date | None = None
    hasta: date | None = None
    commits: Mapping[int, str] = {}
    """Número de movimiento → identificador en la historia."""


class Respuesta(NamedTuple):
    """Lo que se contesta de un documento: de cada lugar, su rastro; y las versiones que se miraron."""

    codigo: str
    titulo: str
    decisiones: tuple[Decision, ...]
    """De la primera a la que se pregunta: los hitos de un rastro las nombran por su lugar aquí."""
    rastros: tuple[Rastro, ...]
    texto: str = ""
    """Lo que se buscó; vacío si se pidió todo."""
    avisos: tuple[str, ...] = ()

    @property
    def preguntada(self) -> Decision:
        """La versión por la que se preguntó."""
        return self.decisiones[-1]


class _Pregunta(NamedTuple):
    """Las versiones de un documento, ya leídas."""

    ficha: Ficha
    decisiones: tuple[Decision, ...]
    sucesion: Sucesion
    avisos: tuple[str, ...]

    def respuesta(self, rastros: Sequence[Rastro], texto: str) -> Respuesta:
        titulo = str(self.ficha.identidad.get("titulo", ""))
        return Respuesta(self.ficha.codigo, titulo, self.decisiones, tuple(rastros), texto, self.avisos)


def desde_cuando(
    vista: Vista, codigo: str, texto: str, *, seccion: str = "", version: str = VIGENTE, hoy: date
) -> Respuesta:
    """Dónde una versión dice el texto y desde cuándo. Sin texto, todo lo que dice la sección.

    NoEncontrado, con lo más parecido o con la última versión que lo decía, si no lo dice; EntradaInvalida si
    el documento no es de Word.
    """
    pregunta = _pregunta(vista, codigo, version, hoy)
    sucesion = pregunta.sucesion
    unidades = buscar(sucesion.formas[-1], texto) if texto else sucesion.unidades
    if seccion:
        propias = _de_la_seccion(sucesion, codigo, seccion)
        unidades = tuple(u for u in unidades if u.bloque in propias)
    if not unidades:
        raise _no_lo_dice(pregunta, texto, seccion)
    return pregunta.respuesta([sucesion.rastro(u) for u in unidades], texto)


def anotado(vista: Vista, codigo: str, *, version: str = VIGENTE, hoy: date) -> Respuesta:
    """El documento entero: cada párrafo y cada fila, con la versión desde la que dice lo que dice."""
    return desde_cuando(vista, codigo, "", version=version, hoy=hoy)


# ---- las versiones ----------------------------------------------------------------------------------------


def _pregunta(vista: Vista, codigo: str, version: str, hoy: date) -> _Pregunta:
    ficha = vista.ficha(codigo)
    elegida = _elegida(ficha, version, hoy)
    todas = situacion(ficha, hoy).versiones
    previas = [v for v in todas[: todas.index(elegida)] if v.emision]
    commits = {n: oid for (_, n), oid in identificadores(vista, [ficha]).items()}
    versiones = [*previas, elegida]
    with FormasLeidas(vista.repo.raiz).recordando() as lecturas:
        formas = [_forma(vista, lecturas, ficha, v, commits) for v in versiones]
    desde = max((n + 1 for n, forma in enumerate(formas) if forma is None), default=0)
    legibles = [forma for forma in formas[desde:] if forma is not None]
    if not legibles:
        raise EntradaInvalida(
            "no es un documento de Word, y solo en esos se puede seguir lo que dicen",
            lugar=f"{codigo} versión {elegida.version}, {elegida.archivo}",
            esperado="un documento .docx",
            hacer=f"vea sus movimientos con: sgc-gt historial {codigo}",
        )
    avisos: tuple[str, ...] = ()
    if desde:
        avisos = (
            f"antes de la versión {versiones[desde].version} el archivo no es de Word: lo que viene de ahí "
            "puede ser más antiguo",
        )
    decisiones = tuple(_decision(v, commits) for v in versiones[desde:])
    return _Pregunta(ficha, decisiones, Sucesion(legibles), avisos)


def _elegida(ficha: Ficha, version: str, hoy: date) -> Version:
    """La versión por la que se pregunta; NoEncontrado si no la hay."""
    if "/" in ficha.codigo:
        raise NoEncontrado(
            "un registro no tiene versiones: dice lo mismo desde que se archivó",
            lugar=ficha.codigo,
            hacer=f"vea cuándo y quién: sgc-gt historial {ficha.codigo}",
        )
    if version == VIGENTE and situacion(ficha, hoy).vigente is None:
        raise NoEncontrado(
            "el documento no tiene versión vigente",
            lugar=ficha.codigo,
            hacer="diga por cuál pregunta: --version borrador, o el número de una que rigió",
        )
    return elegir(ficha, version, hoy)


def _forma(
    vista: Vista, lecturas: FormasLeidas, ficha: Ficha, v: Version, commits: Mapping[int, str]
) -> FormaNormal | None:
    """Lo que dice una versión; None si su archivo no es de Word o no se puede leer sin peligro."""
    if not v.archivo.lower().endswith(".docx"):
        return None
    carpeta = rutas.carpeta(ficha)
    if v.emision:
        lugares = [f"{carpeta}/{v.archivo}", f"{carpeta}/por_regir/{v.archivo}"]
        hallados = vista.repo.leer_varios(lugares, commits.get(v.emision.n))
    else:
        hallados = dict(vista.leer_varios([rutas.ruta_borrador(ficha, v.archivo)]))
    if not hallados:
        raise IntegridadRota(
            f"el archivo {v.archivo} no está en la historia",
            lugar=ficha.codigo,
            hacer="ejecute: sgc-gt verificar",
        )
    contenido = next(iter(hallados.values()))
    lectura = lecturas.leer(oid_de_blob(contenido), contenido, v.archivo)
    return None if lectura.hechos.inseguro else lectura.forma


def _decision(v: Version, commits: Mapping[int, str]) -> Decision:
    fuera = afuera(v.emision) if v.emision and v.importada else None
    return Decision(
        v.version,
        v.estado,
        v.motivo,
        tuple(m for m in v.firmas if m.acto == "aprobar"),
        (fuera.aprobo, fuera.fecha) if fuera else ("", None),
        v.emision,
        v.vigente_desde,
        v.hasta,
        commits,
    )


# ---- dónde ------------------------------------------------------------------------------------------------


def _de_la_seccion(sucesion: Sucesion, codigo: str, dicha: str) -> frozenset[int]:
    """Los bloques de las secciones de ese número (y de las que contiene) o nombre; NoEncontrado si no hay."""
    nombres = sucesion.secciones()
    clave = comparable(dicha).rstrip(".")
    propios = frozenset(n for n, nombre in enumerate(nombres) if _es(comparable(nombre), clave))
    if not propios:
        hay = list(dict.fromkeys(nombres))
        raise NoEncontrado(
            f"no hay una sección «{dicha}»", lugar=codigo, esperado="una de: " + "; ".join(hay)
        )
    return propios


def _es(nombre: str, clave: str) -> bool:
    numero, _, titulo = nombre.partition(" ")
    return (
        numero == clave or numero.startswith(f"{clave}.") or (len(clave) > 2 and clave in (titulo or nombre))
    )


def _no_lo_dice(pregunta: _Pregunta, texto: str, seccion: str) -> NoEncontrado:
    """El rechazo que ayuda: la última versión que sí lo decía, o lo más parecido que dice la preguntada."""
    sucesion, decisiones = pregunta.sucesion, pregunta.decisiones
    codigo = pregunta.ficha.codigo
    donde = f" en la sección {seccion}" if seccion else ""
    mensaje = f"la versión {decisiones[-1].version} no dice {cita(texto)}{donde}"
    for n in range(len(decisiones) - 2, -1, -1):
        if buscar(sucesion.formas[n], texto):
            dijo, dejo = decisiones[n].version, decisiones[n + 1].version
            return NoEncontrado(
                f"{mensaje}: lo decía la versión {dijo} y dejó de decirlo en la {dejo}",
                lugar=codigo,
                hacer=f"pregunte por esa versión con --version {dijo}, o vea el cambio con: "
                f"sgc-gt comparar {codigo} {dijo} {dejo}",
            )
    if _en_el_margen(sucesion.formas[-1], texto):
        return NoEncontrado(
            f"{mensaje} en su cuerpo, sino en su encabezado o pie, que no se siguen",
            lugar=codigo,
            hacer=f"compare dos versiones, que sí los mira: sgc-gt comparar {codigo} V1 V2",
        )
    cerca = mas_parecida(sucesion, texto)
    if cerca is None:
        return NoEncontrado(mensaje, lugar=codigo, hacer="copie unas palabras seguidas del documento")
    dicho = cita(texto_en(sucesion.formas[-1], cerca), 160)
    return NoEncontrado(
        mensaje,
        lugar=codigo,
        esperado=f"lo más parecido está en «{sucesion.secciones()[cerca.bloque]}»: {dicho}",
        hacer="copie unas palabras seguidas del documento, sin las que dude",
    )


def _en_el_margen(forma: FormaNormal, texto: str) -> bool:
    return any(comparable(texto) in comparable(texto_de(e.bloques)) for e in forma.encabezados)
