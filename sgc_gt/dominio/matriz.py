"""La matriz: de cada requisito, el objeto y el documento que lo responden, cómo se aprobó y qué falta.

Funciones puras sobre lo ya leído (`consultas.matriz`). Un requisito se responde cuando un tipo de su objeto
lo nombra en sus secciones o en sus datos, hay un documento o registro de ese tipo en el período, y la parte
que lo nombra no está en blanco.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.estandarizacion import CUMPLIDO, FilaEstandarizacion, en_palabras
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.regiones import nombre_de
from sgc_gt.dominio.requisitos import (
    APROBACION,
    CONTENIDO,
    ES_GORE,
    REGISTRO,
    VISACION,
    Catalogo,
    Objeto,
    Requisito,
)
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.dominio.tabla import FECHA, VERSION, Columna

EN_EL_ARCHIVO = "en el archivo"
"""Dónde se responde lo que llegó sin datos: lo lee una persona."""


class Escrito(NamedTuple):
    """Una versión en vigencia o un registro archivado, con lo que la matriz mira de él."""

    codigo: str
    tipo: str  # el de su objeto, aunque se haya archivado como llegó
    version: str = ""
    desde: date | None = None
    periodo: str = ""
    region: str = ""
    aprobacion: date | None = None
    aprueba: str = ""  # cargo
    visacion: date | None = None
    oficio: str = ""
    registro: str = ""  # su entrada en el listado de registros
    de_fuera: bool = False
    con_datos: bool = True
    blancos: Mapping[str, tuple[str, ...]] = {}  # requisito → lo que está en blanco


class Abierto(NamedTuple):
    """Una versión que todavía no rige."""

    codigo: str
    tipo: str
    version: str
    estado: str


class Materia(NamedTuple):
    """Todo lo que la matriz mira, en una fecha y un período."""

    servicio: Servicio
    periodo: str
    escritos: tuple[Escrito, ...]  # del más reciente al más antiguo
    abiertos: tuple[Abierto, ...] = ()
    estandarizacion: tuple[FilaEstandarizacion, ...] = ()
    declarados: frozenset[str] = frozenset()  # tipos de que solo se conoce lo declarado al comenzar
    pedidos: Mapping[str, tuple[str, ...]] = {}  # serie → procedimientos que la piden
    nombran: Mapping[str, frozenset[str]] = {}  # tipo → los requisitos que dice responder

    def series_de(self, o: Objeto) -> tuple[str, ...]:
        """Las series del listado en que el objeto deja registro."""
        suyas = [t.serie for t in self.tipos_de(o) if t.serie] + ([o.serie] if o.serie else [])
        return tuple(dict.fromkeys(s for s in suyas if s in self.servicio.series))

    def tipos_de(self, o: Objeto) -> tuple[Tipo, ...]:
        """Los tipos del objeto que el servicio tiene."""
        tipos = self.servicio.tipos
        return tuple(tipos[t] for t in o.tipos if t in tipos)

    def de(self, tipo: str, o: Objeto) -> list[Escrito]:
        """Los de un tipo que cuentan para el objeto: los del período, si se pide cada año."""
        return [e for e in self.escritos if e.tipo == tipo and (not o.anual or e.periodo == self.periodo)]


class FilaMatriz(NamedTuple):
    """Un requisito y quién lo responde. `falta` vacío: está completo, o no se aplica."""

    sistema: str
    etapa: str
    requisito: str
    titulo: str
    objeto: str
    nombre: str
    codigo: str = ""
    version: str = ""
    aprobacion: date | None = None
    aprueba: str = ""
    visacion: date | None = None
    oficio: str = ""
    registro: str = ""
    lugar: str = ""
    otros: tuple[str, ...] = ()
    falta: str = ""
    aplica: bool = True

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato, con fechas como texto."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in self._asdict().items()}


class FilaObjeto(NamedTuple):
    """Un objeto y su lugar entre los registros: I-03."""

    sistema: str
    etapa: str
    objeto: str
    nombre: str
    clase: str
    tipos: tuple[str, ...]
    series: tuple[str, ...]
    lo_pide: tuple[str, ...]  # procedimientos vigentes cuya sección de registros nombra sus series
    hay: tuple[str, ...]  # códigos del período
    falta: str = ""


def matriz(m: Materia) -> tuple[FilaMatriz, ...]:
    """Una fila por requisito de los sistemas en uso, en el orden de sus catálogos."""
    return tuple(fila for c in m.servicio.catalogos for fila in _del_catalogo(m, c))


def _del_catalogo(m: Materia, c: Catalogo) -> Iterator[FilaMatriz]:
    propias = {r.id: _con_los_demas(m, c, r) for r in c.requisitos if not r.con}
    for r in (*c.requisitos, *_de_objetos(m, c)):
        if r.id not in propias and not r.con:
            propias[r.id] = _fila(m, c, r)
        yield propias[r.id] if r.id in propias else _con_otros(c, r, propias)


def _con_los_demas(m: Materia, c: Catalogo, r: Requisito) -> FilaMatriz:
    """La fila de su objeto, y lo que falta en los otros de que se pide lo mismo."""
    fila = _fila(m, c, r)
    otras = [_fila(m, c, r._replace(objeto=clave)) for clave in r.tambien]
    faltas = [fila.falta, *(f"{f.nombre}: {f.falta}" for f in otras if f.falta)]
    codigos = dict.fromkeys(f.codigo for f in otras if f.codigo)
    return fila._replace(otros=(*fila.otros, *codigos), falta="; ".join(filter(None, faltas)))


def _de_objetos(m: Materia, c: Catalogo) -> Iterator[Requisito]:
    """Los objetos que ningún requisito que se aplique nombra (deberes y decisiones): se pide que existan."""
    nombrados = {clave for r in c.requisitos if _se_aplica(m, r) for clave in (r.objeto, *r.tambien)}
    for o in c.objetos:
        if o.id not in nombrados:
            dicho = any(_nombra(m, t.id, o.id) for t in m.tipos_de(o))
            yield Requisito(o.id, o.nombre, o.id, pide=(CONTENIDO,) if dicho else (REGISTRO,))


def _se_aplica(m: Materia, r: Requisito) -> bool:
    return r.si != ES_GORE or m.servicio.es_gore


def _nombra(m: Materia, tipo: str, requisito: str) -> bool:
    """Si el tipo dice responder el requisito, o alguna de sus partes (IMP-5 se responde con IMP-5.a)."""
    return _toca(m.nombran[tipo], requisito)


def _blancos(e: Escrito, requisito: str) -> list[str]:
    """Lo que está en blanco del requisito o de sus partes."""
    return list(dict.fromkeys(b for r, dichos in e.blancos.items() if _toca((r,), requisito) for b in dichos))


def _vacia(c: Catalogo, r: Requisito) -> FilaMatriz:
    o = c.objeto(r.objeto)
    return FilaMatriz(c.sistema, r.etapa or o.etapa, r.id, r.titulo, o.id, o.nombre)


def _con_otros(c: Catalogo, r: Requisito, propias: Mapping[str, FilaMatriz]) -> FilaMatriz:
    """Lo responden otros requisitos: le falta lo que a ellos."""
    otras = [propias[x] for x in r.con if x in propias]
    callados = [f.requisito for f in otras if f.falta]
    falta = f"sin responder: {', '.join(callados)}" if callados else ""
    primera = next((f for f in otras if f.codigo), None)
    fila = _vacia(c, r)._replace(lugar=", ".join(r.con), falta=falta)
    if primera is None:
        return fila
    campos = ("codigo", "version", "aprobacion", "aprueba", "visacion", "oficio", "registro")
    return fila._replace(**{campo: getattr(primera, campo) for campo in campos})


def _fila(m: Materia, c: Catalogo, r: Requisito) -> FilaMatriz:
    o, fila = c.objeto(r.objeto), _vacia(c, r)
    if not _se_aplica(m, r):
        return fila._replace(aplica=False, lugar="no se aplica: el servicio no es un gobierno regional")
    if o.estandarizacion:
        return _de_estandarizacion(m, r, fila)
    candidatos = _candidatos(m, o, r)
    if not candidatos:
        return _sin_nada(m, o, fila)
    mejor = min(candidatos, key=lambda e: len(_faltas(m, r, e)))
    faltas = [*_faltas(m, r, mejor), *_regiones(m, o, candidatos)]
    return fila._replace(
        codigo=mejor.codigo,
        version=mejor.version,
        aprobacion=mejor.aprobacion,
        aprueba=mejor.aprueba,
        visacion=mejor.visacion,
        oficio=mejor.oficio,
        registro=mejor.registro,
        lugar=_lugar(m, r, mejor),
        otros=tuple(dict.fromkeys(e.codigo for e in candidatos if e.codigo != mejor.codigo)),
        falta="; ".join(faltas),
    )


def _candidatos(m: Materia, o: Objeto, r: Requisito) -> list[Escrito]:
    """Los que pueden responder: los de cada tipo que nombra el requisito o, si ninguno, los de todos."""
    nombran = [t.id for t in m.tipos_de(o) if _nombra(m, t.id, r.id)] if CONTENIDO in r.pide else []
    return [e for t in nombran or _de_donde(o) for e in m.de(t, o)]


def _de_donde(o: Objeto) -> tuple[str, ...]:
    """Los tipos que lo escriben y, si se archiva como llega, su serie."""
    return (*o.tipos, o.serie) if o.serie else o.tipos


def _faltas(m: Materia, r: Requisito, e: Escrito) -> list[str]:
    """Lo que a ese documento le falta para responder el requisito."""
    faltas = []
    if CONTENIDO in r.pide:
        tipo = m.servicio.tipos.get(e.tipo)
        if tipo and not _nombra(m, tipo.id, r.id):
            faltas.append(f"el tipo «{tipo.nombre}» no dice dónde se responde")
        if blancos := _blancos(e, r.id):
            faltas.append(f"en blanco: {', '.join(f'«{b}»' for b in blancos)}")
    if APROBACION in r.pide and e.aprobacion is None:
        faltas.append("sin aprobación que conste")
    if VISACION in r.pide and e.visacion is None:
        faltas.append("sin visación técnica")
    if REGISTRO in r.pide and not e.registro:
        faltas.append("no está en el listado de registros")
    return faltas


def _regiones(m: Materia, o: Objeto, candidatos: Iterable[Escrito]) -> Iterator[str]:
    """Las regiones en uso de que no hay ninguno, si se pide uno por región."""
    dichas = {e.region for e in candidatos}
    faltan = [nombre_de(c) for c in m.servicio.regiones if c not in dichas]
    if o.por_region and "" not in dichas and "todas" not in dichas and faltan:
        yield f"sin {', '.join(faltan)}"


def _lugar(m: Materia, r: Requisito, e: Escrito) -> str:
    """Dónde se responde: la sección que lo nombra, o el archivo si llegó sin datos."""
    if CONTENIDO not in r.pide:
        return ""
    if not e.con_datos:
        return EN_EL_ARCHIVO
    tipo = m.servicio.tipos.get(e.tipo)
    return (
        next((s.titulo for s in tipo.secciones if _toca(s.requisitos, r.id)), "en sus datos") if tipo else ""
    )


def _toca(requisitos: Iterable[str], requisito: str) -> bool:
    return any(r == requisito or r.startswith(f"{requisito}.") for r in requisitos)


def _sin_nada(m: Materia, o: Objeto, fila: FilaMatriz) -> FilaMatriz:
    """No hay quien lo responda: por qué, en palabras."""
    tipos = m.tipos_de(o)
    if o.eventual and tipos:
        return fila._replace(aplica=False, lugar="no hizo falta en el período")
    abierto = next((a for a in m.abiertos if a.tipo in _de_donde(o)), None)
    previo = next((e for e in m.escritos if e.tipo in _de_donde(o)), None)
    if o.tipos and not tipos:
        falta = f"el servicio no tiene un tipo que lo escriba («{o.tipos[0]}»)"
    elif abierto:
        que = f"{abierto.codigo} versión {abierto.version}" if abierto.version else abierto.codigo
        falta = f"{que} está en «{ESTADOS[abierto.estado]}» y todavía no rige"
        fila = fila._replace(codigo=abierto.codigo)
    elif previo:
        que = f"{previo.codigo} versión {previo.version}" if previo.version else previo.codigo
        falta = f"lo último es {que}, de {previo.periodo}: falta lo de {m.periodo}"
        fila = fila._replace(codigo=previo.codigo)
    else:
        nombre = tipos[0].nombre if tipos else o.nombre
        falta = f"no hay «{nombre}»" + (f" de {m.periodo}" if o.anual else "")
    if m.declarados & set(o.tipos):
        falta += " (declarado al comenzar, sin documento vigente)"
    return fila._replace(falta=falta)


def _de_estandarizacion(m: Materia, r: Requisito, fila: FilaMatriz) -> FilaMatriz:
    """Los procedimientos que la estandarización enlaza al requisito."""
    suyas = [f for f in m.estandarizacion if f.requisito == r.id]
    if not suyas:
        return fila._replace(aplica=bool(m.estandarizacion), lugar="ningún producto lo pide hoy")
    cumplidas = [f for f in suyas if f.estado == CUMPLIDO]
    pendientes = [f"{f.producto}: {en_palabras(f)}" for f in suyas if f.estado != CUMPLIDO]
    primera = (cumplidas or suyas)[0]
    escrito = next((e for e in m.escritos if e.codigo == primera.documento), Escrito("", ""))
    return fila._replace(
        codigo=primera.documento,
        version=primera.version if primera.estado == CUMPLIDO else "",
        aprobacion=escrito.aprobacion,
        aprueba=escrito.aprueba,
        lugar=", ".join(dict.fromkeys(f.producto for f in suyas)),
        otros=tuple(dict.fromkeys(f.documento for f in suyas if f.documento not in ("", primera.documento))),
        falta="; ".join(pendientes),
    )


def objetos(m: Materia) -> tuple[FilaObjeto, ...]:
    """Los objetos de los sistemas en uso, y cuáles no tienen lugar entre los registros."""
    return tuple(_objeto(m, c, o) for c in m.servicio.catalogos for o in c.objetos)


def _objeto(m: Materia, c: Catalogo, o: Objeto) -> FilaObjeto:
    series = m.series_de(o)
    lo_pide = tuple(dict.fromkeys(p for s in series for p in m.pedidos.get(s, ())))
    hay = tuple(dict.fromkeys(e.codigo for t in _de_donde(o) for e in m.de(t, o)))
    if o.estandarizacion:
        suyos = {r.id for r in c.requisitos if r.objeto == o.id}
        enlazados = [f for f in m.estandarizacion if f.requisito in suyos and f.estado == CUMPLIDO]
        hay = tuple(dict.fromkeys(f.documento for f in enlazados))
    tipos = m.tipos_de(o)
    if not tipos and not series:
        falta = "el servicio no tiene un tipo que lo escriba"
    elif not series and not o.estandarizacion:
        falta = "no está en el listado de registros"
    elif series and not lo_pide:
        falta = "ningún procedimiento vigente lo pide en su sección de registros"
    else:
        falta = ""
    return FilaObjeto(
        c.sistema, o.etapa, o.id, o.nombre, o.clase, tuple(t.id for t in tipos), series, lo_pide, hay, falta
    )


COLUMNAS = (
    Columna("requisito", "Requisito", ancho=9),
    Columna("titulo", "Qué pide", ancho=34),
    Columna("objeto", "Objeto", ancho=8),
    Columna("codigo", "Código", ancho=16),
    Columna("version", "Versión", VERSION, 8),
    Columna("aprobacion", "Aprobación", FECHA, 11),
    Columna("visacion", "Visación", FECHA, 11),
    Columna("registro", "Registro", ancho=16),
    Columna("falta", "Falta", ancho=36),
)
COLUMNAS_DE_ARCHIVO = (
    Columna("requisito", "Requisito", ancho=9),
    Columna("titulo", "Qué pide", ancho=28),
    Columna("objeto", "Objeto", ancho=7),
    Columna("nombre", "Nombre del objeto", ancho=20),
    Columna("codigo", "Código", ancho=13),
    Columna("version", "Versión", VERSION, 7),
    Columna("aprobacion", "Aprobación", FECHA, 11),
    Columna("aprueba", "Aprobó", ancho=14),
    Columna("visacion", "Visación", FECHA, 11),
    Columna("oficio", "Oficio", ancho=9),
    Columna("registro", "Registro", ancho=13),
    Columna("lugar", "Dónde se responde", ancho=20),
    Columna("otros", "También en", ancho=13),
    Columna("falta", "Falta", ancho=26),
)
"""Para llevar: lo mismo, con quién aprobó, el oficio y dónde se responde. Se imprime a lo ancho."""
COLUMNAS_DE_OBJETOS = (
    Columna("objeto", "Objeto", ancho=8),
    Columna("nombre", "Nombre", ancho=34),
    Columna("etapa", "Etapa", ancho=8),
    Columna("clase", "Clase", ancho=10),
    Columna("series", "Serie de registros", ancho=16),
    Columna("lo_pide", "Lo pide", ancho=16),
    Columna("hay", "En el período", ancho=24),
    Columna("falta", "Falta", ancho=36),
)
