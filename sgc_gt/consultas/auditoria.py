"""`auditar`: cada cláusula de una edición de la norma con su evidencia, en vivo y a una fecha."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sgc_gt.config.lectura import leer_yaml
from sgc_gt.config.normas import del_programa
from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.consultas.menciones import de_palabras, menciones
from sgc_gt.consultas.registros import registros
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos, rutas
from sgc_gt.dominio.auditoria import Auditoria, ClausulaAuditada, Respuesta
from sgc_gt.dominio.externos import externos_de
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.normas import CON_DATOS, Clausula, Norma, elegir
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import NoEncontrado
from sgc_gt.reglas.evidencias.catalogo import CATALOGO
from sgc_gt.reglas.evidencias.direccion import TIPO
from sgc_gt.reglas.evidencias.materia import Materia, Mencion, Sesion, Visto

BUSCA = "menciones"
"""La única evidencia que abre los Word: lo que busca se junta antes y se busca de una vez."""


def norma_de(vista: Vista, pedida: str = "") -> Norma:
    """La edición pedida, o la que el servicio declara; NoEncontrado, con las que hay, si no está."""
    nombre = pedida or vista.servicio.norma
    norma = elegir(del_programa(), nombre)
    if norma is None:
        raise NoEncontrado(
            f"no hay una edición de la norma que se llame «{nombre}»",
            lugar="--norma",
            esperado=" o ".join(n.edicion for n in del_programa()) + ", o la ruta de un archivo con otra",
            hacer="corrija el nombre; cómo agregar una edición está en docs/uso/normas.md",
        )
    return norma


def auditar(vista: Vista, norma: Norma, fecha: date) -> Auditoria:
    """Todas las cláusulas, cada una con las evidencias que pide, como estaban en la fecha."""
    return auditar_en(materia_de(vista, fecha, norma), norma)._replace(ancla=ancla_de(vista))


def auditar_en(materia: Materia, norma: Norma) -> Auditoria:
    """Como `auditar`, sobre una materia ya reunida para esa edición."""
    ya: dict[tuple[str, tuple[str, ...]], Respuesta] = {}
    clausulas = tuple(_auditada(c, materia, ya) for c in norma.clausulas)
    return Auditoria(norma, materia.servicio.nombre, materia.fecha, clausulas)


def _auditada(
    clausula: Clausula, materia: Materia, ya: dict[tuple[str, tuple[str, ...]], Respuesta]
) -> ClausulaAuditada:
    """La cláusula con sus respuestas; una evidencia que varias piden se calcula una vez."""
    respuestas = []
    for nombre in clausula.evidencias:
        clave = (nombre, clausula.datos if nombre in CON_DATOS else ())
        if clave not in ya:
            ya[clave] = CATALOGO[nombre](materia, clausula.datos)._replace(evidencia=nombre)
        respuestas.append(ya[clave])
    return ClausulaAuditada(clausula, tuple(respuestas))


def materia_de(vista: Vista, fecha: date, norma: Norma) -> Materia:
    """Lo que las evidencias de esa edición miran: el servicio entero a la fecha."""
    palabras = {p for c in norma.clausulas if BUSCA in c.evidencias for p in c.datos}
    fichas = [rectificada(f) for f in vista.fichas()]
    vistos = [_visto(f, fecha) for f in fichas]
    documentos = tuple(v for v in vistos if v.ficha.clase != "registro" and v.situacion.versiones)
    instancias = tuple(v for v in vistos if v.ficha.clase == "registro" and v.situacion.versiones)
    sesiones = tuple(_sesiones(vista, instancias))
    sistema = tuple(m for m in rectificada(vista.sistema).actos if m.fecha <= fecha)
    materia = Materia(
        servicio=vista.servicio,
        fecha=fecha,
        documentos=documentos,
        registros=instancias,
        externos=tuple(externos_de(vista.sistema, fecha).values()),
        pedidos=registros(vista, str(fecha.year), fecha, fichas),
        sesiones=sesiones,
        archivos=frozenset(vista.todas("documentos")),
        sistema=sistema,
    )
    return materia._replace(menciones=_menciones(vista, materia, palabras))


def _visto(ficha: Ficha, fecha: date) -> Visto:
    return Visto(ficha, situacion(ficha, fecha), all(m.fecha <= fecha for m in ficha.actos))


def _sesiones(vista: Vista, instancias: Iterable[Visto]) -> Iterator[Sesion]:
    """Las sesiones cerradas, por su fecha, con los datos de su acta."""
    cerradas = [
        (d, v)
        for d in instancias
        if d.ficha.tipo == TIPO and (v := d.situacion.vigente) and v.estado in actos.CONSERVADOS
    ]
    lugares = {d.codigo: f"{d.carpeta}/{rutas.datos_de(v.archivo)}" for d, v in cerradas}
    datos = vista.leer_varios(lugares.values())
    for d, v in sorted(cerradas, key=lambda par: (par[1].vigente_desde or date.min, par[0].codigo)):
        lugar = lugares[d.codigo]
        valor = leer_yaml(datos[lugar], lugar)[0] if lugar in datos else None
        yield Sesion(d, v, valor if isinstance(valor, dict) else {})


def _menciones(vista: Vista, m: Materia, palabras: set[str]) -> Mapping[str, tuple[Mencion, ...]]:
    """Lo que dicen los documentos vigentes y las actas de la dirección; nada si la norma no lo pide."""
    if not palabras:
        return {}
    donde: list[tuple[Visto, Version]] = [*m.vigentes(), *((s.visto, s.version) for s in m.sesiones)]
    return menciones(vista, donde, de_palabras(palabras))


def a_dicts(clausulas: Iterable[ClausulaAuditada]) -> list[dict[str, Any]]:
    """Las cláusulas con las claves del contrato."""
    return [
        {
            "clausula": c.clausula.numero,
            "titulo": c.clausula.titulo,
            "pide": c.clausula.pide,
            "estado": c.estado,
            "razon": c.razon,
            "alertas": c.alertas,
            "pruebas": c.pruebas,
            "evidencias": [_de_respuesta(r) for r in c.respuestas],
        }
        for c in clausulas
    ]


def _de_respuesta(r: Respuesta) -> dict[str, Any]:
    return {
        "evidencia": r.evidencia,
        "titulo": r.titulo,
        "estado": r.estado,
        "resumen": r.resumen,
        "orden": r.orden,
        "pruebas": [p._asdict() for p in r.pruebas],
    }


def por_clausula(auditoria: Auditoria, pedida: str) -> tuple[ClausulaAuditada, ...]:
    """Las cláusulas pedidas, con sus letras; NoEncontrado, con las que hay, si la edición no la trae."""
    if not pedida:
        return auditoria.clausulas
    numeros = {c.numero for c in auditoria.norma.bajo(pedida)}
    halladas = tuple(c for c in auditoria.clausulas if c.clausula.numero in numeros)
    if not halladas:
        raise NoEncontrado(
            f"{auditoria.norma.edicion} no trae una cláusula «{pedida}» que se mire aquí",
            lugar="--clausula",
            esperado=", ".join(c.clausula.numero for c in auditoria.clausulas),
            hacer="escriba una de ellas, o el comienzo de varias: 4.2.3",
        )
    return halladas
